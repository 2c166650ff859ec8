"""The descriptions that a description holds, and what code the author's classes among them are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from nnspec.basics.code import code_hash
from nnspec.basics.description import Description


def parts_of(value: object) -> Iterator[Description]:
    """Yield a description and all descriptions in its fields."""
    if isinstance(value, Description):
        yield value
        if is_dataclass(value):
            for field in fields(value):
                yield from parts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)


def code_of(*descriptions: Description) -> str:
    """Return the hash of what the author's classes in descriptions do; empty where there are none."""
    return code_hash(dict.fromkeys(type(part) for one in descriptions for part in parts_of(one)))
