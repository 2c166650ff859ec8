"""Fields of descriptions that were named wrongly: what was given, what there is, and what is meant."""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from nnspec.basics.errors import InvalidValue

# what Keras called them before, and many documents still do
_RENAMED = {
    "lr": "learning_rate",
    "nb_epoch": "epochs",
    "output_dim": "units",
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "p": "rate",
}
_ELSEWHERE = {
    "lr": "the optimizer has it: Adam(learning_rate=0.001)",
    "learning_rate": "the optimizer has it: Adam(learning_rate=0.001)",
    "decay": "Keras has no decay any more: give the recipe learning_rates, one for each epoch",
    "validation_split": "give the data a train_size, and the recipe validation_data='test'",
}


def check_field_names(cls: type, given: Mapping[str, Any]) -> None:
    """Check the arguments given by name to a class whose arguments are its fields.

    Raises
    ------
    InvalidValue
        If it has no field of a name; the nearest one is suggested, or what Keras calls it today.
    """
    names = _fields(cls)
    unknown = next((name for name in given if name not in names), None) if names is not None else None
    if names is None or unknown is None:
        return
    fields = ", ".join(names)
    expected = f"a field of {cls.__name__}: {fields}" if names else f"nothing: {cls.__name__} has no fields"
    declared = is_dataclass(cls) or not cls.__annotations__
    remedy = _meant(unknown, names) if declared else "put @dataclass(frozen=True) above the class"
    raise InvalidValue(unknown, given[unknown], expected, remedy)


def _meant(unknown: str, names: tuple[str, ...]) -> str:
    """Return what was probably meant by a name that is none of these fields; empty if nobody knows."""
    if (renamed := _RENAMED.get(unknown)) in names:
        return f"Keras calls it {renamed} today"
    if unknown == "validation_split" and "validation_size" in names:
        return "validation_size is that share; with shuffle=False it is the last part, as Keras takes it"
    if unknown in _ELSEWHERE:
        return _ELSEWHERE[unknown]
    near = difflib.get_close_matches(unknown.lower(), names, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else ""


@functools.lru_cache(maxsize=256)
def _fields(cls: type) -> tuple[str, ...] | None:
    """Return the names that a class takes; None where it takes any, or cannot be called with names at all."""
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]  # type: ignore[misc]
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters):
        return None if cls.__init__ is not object.__init__ else ()  # type: ignore[misc]
    return tuple(p.name for p in parameters)
