"""Frozen dataclasses as plain data, and back again, every value checked against its annotation."""

from __future__ import annotations

import functools
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from nnspec.basics.errors import InvalidValue, NnspecError, real_number, whole_number

T = TypeVar("T")


class MissingField(NnspecError, KeyError):
    """A field that a record on file has to have, by its name."""


def plain(value: Any) -> Any:
    """Return a dataclass, and what is in it, as dicts, lists, texts and numbers, in the order of its fields.

    A class whose older records lack fields names those of an instance by `left_out`.
    """
    if is_dataclass(value):
        left_out = getattr(value, "left_out", ())
        names = (field.name for field in fields(value) if field.name not in left_out)
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def read(cls: type[T], stored: object, label: str = "") -> T:
    """Return the dataclass that `plain` made `stored` of; fields that the class does not know are left out.

    Messages call a value by `label` and the name of its field.

    Raises
    ------
    InvalidValue
        If a value is not of the kind that its annotation says, a number not finite or a count below zero.
    MissingField
        If a field without a default is missing.
    """
    if not isinstance(stored, Mapping):
        raise InvalidValue(label.removesuffix(": ") or cls.__name__, stored, "names with their values")
    known = [field for field in fields(cls) if field.name in stored]  # type: ignore[arg-type]  # a dataclass
    for field in fields(cls):  # type: ignore[arg-type]  # a dataclass
        if field not in known and field.default is MISSING and field.default_factory is MISSING:
            raise MissingField(field.name)
    hints = _hints(cast(type, cls))
    return cls(**{f.name: _read(hints[f.name], stored[f.name], label, f.name) for f in known})


def mapped(change: Callable[[Any], Any], value: T) -> T:
    """Return a value with every text and number in it changed, also in dataclasses, mappings and lists."""
    changed: Any
    if isinstance(value, str | float | int | None):  # most of them, so they come first
        changed = change(value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{f.name: mapped(change, getattr(value, f.name)) for f in fields(value)})
    elif isinstance(value, Mapping):
        changed = {mapped(change, key): mapped(change, item) for key, item in value.items()}
    elif isinstance(value, list | tuple):
        changed = type(value)(mapped(change, item) for item in value)
    else:
        changed = change(value)
    return cast(T, changed)


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _read(hint: Any, value: object, label: str, name: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return None if value is None else _read(inner[0], value, label, name)
    if hint is float:
        # most of a file are such numbers
        is_one = type(value) is float and math.isfinite(value)
        return value if is_one else real_number(label + name, value)
    if hint is int:
        return whole_number(label + name, value, 0)
    if hint in (str, bool):
        if not isinstance(value, hint):
            raise InvalidValue(label + name, value, "a text" if hint is str else "true or false")
        return value
    if origin is Literal:
        if value not in inner:
            raise InvalidValue(label + name, value, "one of " + ", ".join(inner))
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple) or (inner[-1] is not ... and len(value) != len(inner)):
            expected = "a list" if inner[-1] is ... else f"a list of {len(inner)}"
            raise InvalidValue(label + name, value, expected)
        return tuple(_read(inner[0], item, label, "value") for item in value)
    if not isinstance(value, Mapping):
        raise InvalidValue(label + name, value, "names with their values")
    if is_dataclass(hint):
        return read(cast(type, hint), value, label)
    return {
        _read(inner[0], key, label, name): _read(inner[1], item, label, name) for key, item in value.items()
    }
