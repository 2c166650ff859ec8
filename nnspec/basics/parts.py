"""The descriptions that a description holds, and what code the author's classes among them are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from nnspec.basics.code import code_hash
from nnspec.basics.description import Description


def parts_of(value: object) -> Iterator[Description]:
    """Yield a description and all descriptions in its fields, and in theirs."""
    if isinstance(value, Description):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)


def code_of(*descriptions: Description) -> str:
    """Return the hash of what the author's classes in descriptions do; empty where there are none."""
    return code_of_parts(part for one in descriptions for part in parts_of(one))


def code_of_parts(parts: Iterable[Description]) -> str:
    """Return the hash of what the author's classes of these do, and the functions that they hold."""
    parts = list(parts)
    held = "".join(part.held_code() for part in parts)
    code = code_hash(dict.fromkeys(map(type, parts)))
    return hashlib.sha256(f"{code} {held}".encode()).hexdigest() if held else code
