"""The functions of an author that a recipe holds: what they have to be, and what they are called."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Sequence
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.recipes.arguments import parameters_of

Callbacks = Callable[[], Sequence[Any]]


def name_of(function: Callable[..., Any]) -> str:
    """Return the module and the name of a function."""
    return f"{function.__module__}.{function.__qualname__}"


def callbacks_function(value: Any) -> Callbacks | None:
    """Return a function that returns callbacks, or None; errors as in `author_function`."""
    if value is None:
        return None
    expected = "a function that returns a list of Keras callbacks"
    found: Callbacks = author_function("callbacks", value, expected)
    return found


def author_function(name: str, value: Any, expected: str) -> Any:
    """Return a function of the author's that is called when something is trained.

    Raises
    ------
    InvalidValue
        If it is none, or one of callbacks that needs arguments.
    """
    if not isinstance(value, types.FunctionType):
        raise InvalidValue(name, value, expected, _remedy(name, value))
    if inspect.iscoroutinefunction(value) or inspect.isgeneratorfunction(value):
        raise InvalidValue(name, value, "a function without async and yield", "return the model")
    required = [
        one for one, parameter in parameters_of(value).items() if parameter.default is inspect.Parameter.empty
    ]
    if name == "callbacks" and required:
        raise InvalidValue(name, value, "a function that needs no arguments", f"give {required[0]} a default")
    return value


def _remedy(name: str, value: Any) -> str:
    """Return what to do where something else is given than a function."""
    if callable(getattr(value, "fit", None)):
        return "name the function, do not call it"
    if isinstance(value, functools.partial):
        called = getattr(value.func, "__name__", "function")
        if name == "function" and not value.args:
            given = ", ".join(f"{key!r}: {one!r}" for key, one in value.keywords.items())
            return f"give {called}, and arguments={{{given}}}"
        return f"write a function that calls {called} with these"
    return "write a function that calls it" if callable(value) else ""
