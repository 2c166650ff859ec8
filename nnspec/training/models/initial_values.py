"""What the variables of a model start from: noted while it is built, drawn anew for each seed."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.training.initial_weights import initializer_seed
from nnspec.training.models.draws import Stream, drawing, replaced

_SEED_STATE = "seed_generator_state"  # what Keras calls the variable of a layer that draws random numbers


class _Start:
    """The initializer of one variable, the `occurrence`-th of its shape."""

    def __init__(self, variable: Any, initializer: Any, occurrence: int) -> None:
        self.variable, self._initializer, self._occurrence = variable, initializer, occurrence
        self.shape = tuple(variable.shape)
        self.is_seed = variable.name == _SEED_STATE
        self.fixed: NDArray[Any] | None = None  # what all seeds start from
        self.of_keras = str(getattr(initializer, "__module__", "")).partition(".")[0] == "keras"

    def stream(self, seed: int) -> Stream:
        return Stream([initializer_seed(seed, self.shape, self._occurrence)])

    def drawn(self, seed: int) -> NDArray[Any]:
        """Return what a seed starts from."""
        if self.fixed is not None:
            return self.fixed
        if self.is_seed:
            words = initializer_seed(seed, (0, self._occurrence), 0)
            return np.asarray([words, 0], np.uint32)
        stream = self.stream(seed)
        with drawing(stream):
            value = self._initializer(self.shape, dtype=self.variable.dtype)
        array: NDArray[Any] = _numpy(value)
        if not stream.used:
            self.fixed = array
        return array


class InitialValues:
    """Notes the initializers of all variables that are made while it is `noting`."""

    def __init__(self) -> None:
        self._starts: dict[int, _Start] = {}
        self._shapes: dict[tuple[Any, ...], int] = {}  # how many variables of each there are

    @contextlib.contextmanager
    def noting(self) -> Iterator[None]:
        """Note every variable that Keras makes; its first value is that of seed 0."""
        cls: Any = importlib.import_module("keras.src.backend").Variable
        original, shapes = cls._initialize_with_initializer, self._shapes

        def initialize(variable: Any, initializer: Any) -> None:
            kind = (variable.name == _SEED_STATE, *variable.shape)
            start = _Start(variable, initializer, shapes.get(kind, 0))
            shapes[kind] = shapes.get(kind, 0) + 1
            self._starts[id(variable)] = start
            with drawing(start.stream(0)):
                original(variable, initializer)

        with replaced(cls, _initialize_with_initializer=initialize):
            yield

    def settle(self, variables: Sequence[Any]) -> list[Any]:
        """Let variables start from what they hold where the author has put something else there.

        Those are returned.
        """
        put = []
        for variable in variables:
            held = _numpy(variable.value)
            start = self._starts.get(id(variable))
            if start is None:
                start = self._starts[id(variable)] = _Start(variable, None, 0)
                start.fixed = None if start.is_seed else held
            elif start.is_seed or np.array_equal(start.drawn(0), held, equal_nan=True):
                continue
            else:
                start.fixed, start.of_keras = held, False
            put.append(variable)
        return put

    def given(self, variables: list[Any]) -> list[NDArray[Any]]:
        """Return what these variables start from where it is the author's, not of Keras's initializers."""
        starts = [self._starts[id(variable)] for variable in variables]
        return [one.fixed for one in starts if one.fixed is not None and not one.of_keras]

    def of(self, variable: Any, seed: int) -> NDArray[Any]:
        """Return what a variable starts from in the run of a seed."""
        return self._starts[id(variable)].drawn(seed)


def _numpy(value: Any) -> NDArray[Any]:
    backend = importlib.import_module("keras.src.backend")
    return np.array(backend.convert_to_numpy(value))
