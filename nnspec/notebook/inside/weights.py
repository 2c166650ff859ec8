"""What the weights of models held when they were made, now, and at the ends of fits, told by checksums."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_MAKING = ("_initialize", "_initialize_with_initializer")  # the methods by which Keras gives a first value


class Made:
    """Knows of every variable of Keras the value that it was made with."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[weakref.ref[Any], str]] = {}

    def note(self, variables: Any) -> None:
        """Note what every variable of a class is made with, from now on."""
        for name in _MAKING:
            setattr(variables, name, self._noting(getattr(variables, name)))

    def is_as_made(self, variable: Any, checksum: str) -> bool:
        """Return whether a variable that now has a checksum is as it was made; no where that is not known."""
        reference, first = self._first.get(id(variable), (None, ""))
        return reference is not None and reference() is variable and first == checksum

    def _noting(self, original: Any) -> Any:
        @functools.wraps(original)
        def method(variable: Any, *arguments: Any, **named: Any) -> None:
            original(variable, *arguments, **named)
            with contextlib.suppress(Exception):  # within a graph there is no value
                self._first[id(variable)] = weakref.ref(variable), checksum_of(variable)

        return method


@dataclass(frozen=True)
class Held:
    """What the weights of a model hold, in the order of `learned`, and what its layers were adapted to."""

    variables: tuple[Any, ...]
    checksums: tuple[str, ...]
    adapted: tuple[str, ...]


@dataclass(frozen=True)
class End:
    """What the weights of a model held at the end of a fit; `variables` are the id() of each."""

    variables: tuple[int, ...]
    checksums: tuple[str, ...]
    adapted: tuple[str, ...]

    def is_still(self, held: Held) -> bool:
        """Return whether a model still holds what it held then."""
        return (self.checksums, self.adapted) == (held.checksums, held.adapted)

    def place_of(self, variable: Any, checksum: str) -> int | None:
        """Return at which place stands what a variable holds, its own place first; None where it does not."""
        places = [at for at, one in enumerate(self.checksums) if one == checksum]
        own = [at for at in places if self.variables[at] == id(variable)]
        return next(iter(own or places), None)


def learned(model: Any) -> list[Any]:
    """Return the weights of a model, but for what layers of normalization were adapted to.

    That is in their configuration, from which a model is made anew without such weights.
    """
    layers = [
        one for one in model._flatten_layers(include_self=False) if type(one).__name__ == "Normalization"
    ]
    adapted = {id(variable) for layer in layers for variable in layer.weights}
    return [variable for variable in model.weights if id(variable) not in adapted]


def held_by(model: Any) -> Held:
    """Return what the weights of a model hold, those that it has so far."""
    variables, all_weights = tuple(learned(model)), model.weights
    own = set(map(id, variables))
    adapted = tuple(checksum_of(one) for one in all_weights if id(one) not in own)
    return Held(variables, tuple(map(checksum_of, variables)), adapted)


def end_of(held: Held) -> End:
    """Return what is kept of weights at the end of a fit."""
    return End(tuple(map(id, held.variables)), held.checksums, held.adapted)


def places_in(held: Held, end: End, moved: Sequence[Any]) -> dict[int, int]:
    """Return by the id() of a variable the place of its value among the weights at the end of a fit.

    `moved` are those that cannot be as they were made. What stands beside one of them in its layer came along
    with it, also where it holds what it was made with: the bias of a unit that never learned.
    """
    found: dict[int, int] = {}
    layers: dict[str, int] = {}  # how much further its weights stand in the earlier model
    at = {id(one): place for place, one in enumerate(held.variables)}
    for variable in moved:
        here = at[id(variable)]
        there = end.place_of(variable, held.checksums[here])
        if there is not None:
            found[id(variable)] = there
            layers[_layer_of(variable)] = there - here
    for here, (variable, checksum) in enumerate(zip(held.variables, held.checksums, strict=True)):
        there = here + layers.get(_layer_of(variable), len(end.checksums))
        if id(variable) not in found and 0 <= there < len(end.checksums) and end.checksums[there] == checksum:
            found[id(variable)] = there
    return found


def checksum_of(variable: Any) -> str:
    """Return a checksum of the shape and the value of a variable."""
    value = np.ascontiguousarray(np.asarray(variable._value))
    return hashlib.sha256(f"{value.shape} {value.dtype} ".encode() + value.tobytes()).hexdigest()


def _layer_of(variable: Any) -> str:
    return str(variable.path).rpartition("/")[0]
