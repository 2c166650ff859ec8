"""Arguments of an author's function: which it takes, and values that are plain data and stay the same."""

from __future__ import annotations

import difflib
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nnspec.basics.errors import InvalidValue

_PLAIN = (bool, int, float, str, type(None))
_BY_NAME = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def parameters_of(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the parameters of a function that can be given by name."""
    found = inspect.signature(function).parameters
    return {name: one for name, one in found.items() if one.kind in _BY_NAME}


def checked_arguments(
    function: Callable[..., Any], given: Mapping[str, Any] | Sequence[tuple[str, Any]]
) -> tuple[tuple[str, Any], ...]:
    """Return arguments by their names, sorted, each a number, a text, None, or a tuple of such values.

    Raises
    ------
    InvalidValue
        If the function has no argument of a name, a value is of another kind, or one without a default is
        missing.
    """
    try:
        arguments = dict(given)
    except (TypeError, ValueError):
        raise InvalidValue("arguments", given, "arguments by name, such as {'dropout': 0.5}") from None
    parameters, name = parameters_of(function), function.__name__
    takes_any = any(p.kind is p.VAR_KEYWORD for p in inspect.signature(function).parameters.values())
    for key, value in arguments.items():
        if key not in parameters and not takes_any:
            near = difflib.get_close_matches(str(key), parameters, n=1)
            remedy = f"did you mean {near[0]}?" if near else ""
            known = ", ".join(parameters) or "none"
            raise InvalidValue(str(key), value, f"an argument of {name}: {known}", remedy)
    missing = [key for key, one in parameters.items() if one.default is one.empty and key not in arguments]
    if missing:
        remedy = f"give {missing[0]} a default, or a value in arguments"
        raise InvalidValue("arguments", arguments, f"a value for {missing[0]} of {name}", remedy)
    return tuple(sorted((key, _frozen(key, value)) for key, value in arguments.items()))


def _frozen(name: str, value: Any) -> Any:
    item = value.item() if getattr(value, "ndim", None) == 0 and hasattr(value, "item") else value
    if isinstance(item, list | tuple):
        return tuple(_frozen(name, one) for one in item)
    if not isinstance(item, _PLAIN) or (isinstance(item, float) and not math.isfinite(item)):
        remedy = "let the function make anything else of them"
        raise InvalidValue(name, value, "a finite number, a text, None, or a list of such values", remedy)
    return item


def plain(value: Any) -> Any:
    """Return a value of an argument as JSON has it, lists for tuples."""
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def shown(value: Any) -> str:
    """Return a value of an argument as it is written."""
    return f"{value:g}" if isinstance(value, float) else repr(plain(value)).replace("'", '"')
