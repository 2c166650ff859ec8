"""What the arms of a claim are called where their short descriptions do not tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from nnspec.basics.description import Description
from nnspec.recipes.experiment import Experiment

_KERAS_DEFAULTS = {"kernel_initializer": "glorot_uniform"}


def described(arms: Mapping[str, Experiment]) -> dict[str, str]:
    """Return a description of every arm; those that read the same get what they differ in behind it."""
    found = {}
    for name, arm in arms.items():
        alike = [other for other in arms.values() if str(other) == str(arm) and other != arm]
        # an arm may differ from each of the others in something else; what is said twice is said once
        differing = dict.fromkeys(text for other in alike for text in _differing(arm, other))
        found[name] = ", ".join([str(arm), *differing])
    return found


def _differing(one: Any, other: Any) -> Iterator[str]:
    """Yield the fields of one description, and of what it consists of, in which another has other values."""
    if type(one) is not type(other):
        yield _text(one)
        return
    fields, those = one.told_fields(), other.told_fields()
    for name in dict.fromkeys([*fields, *those]):
        mine, theirs = fields.get(name), those.get(name)
        if mine == theirs:
            continue
        if name == "layers" and len(mine) == len(theirs):
            for layer, beside in zip(mine, theirs, strict=True):
                yield from _differing(layer, beside)
        elif name in ("data", "loss", "optimizer"):
            yield from _differing(mine, theirs)
        else:
            yield f"{name}={_text(mine, _KERAS_DEFAULTS.get(name, 'None'))}"


def _text(value: Any, default: str = "None") -> str:
    if value is None:
        return default
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple) and len(value) > 1:  # a number for each epoch
        return f"{_text(value[0])} … {_text(value[-1])}"
    if not isinstance(value, Description) or not is_dataclass(value):
        return str(value)
    given = value.told_fields().items()
    name = str(getattr(value, "name", type(value).__name__))
    told = [f"{key}={_text(inner)}" for key, inner in given if key != "name" and inner not in (None, 0)]
    return f"{name}({', '.join(told)})" if told else name
