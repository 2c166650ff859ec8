"""Random numbers of a seed for Keras's initializers, the same on every backend.

Keras's backends draw other numbers from one seed. While `drawing` is in force the random operations that
initializers are made of take theirs from NumPy, from a stream of the run's seed: the distributions are
Keras's, whatever seed an author gave an initializer, and a seed starts alike whichever engine trains it.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WITHIN = 2.0  # standard deviations at which Keras cuts off a truncated normal distribution


class Stream:
    """Random numbers from seed words; `used` says whether any were drawn."""

    def __init__(self, words: Sequence[int]) -> None:
        self._generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence(list(words))))
        self.used = False

    def normal(self, shape: Sequence[int]) -> NDArray[np.float64]:
        """Return numbers of the standard normal distribution."""
        self.used = True
        return self._generator.standard_normal(tuple(shape))

    def uniform(self, shape: Sequence[int]) -> NDArray[np.float64]:
        """Return numbers from 0 to 1."""
        self.used = True
        return self._generator.random(tuple(shape))

    def truncated(self, shape: Sequence[int]) -> NDArray[np.float64]:
        """Return numbers of the standard normal distribution within two standard deviations."""
        from scipy.special import ndtr, ndtri

        low, high = ndtr(-_WITHIN), ndtr(_WITHIN)
        found: NDArray[np.float64] = ndtri(low + (high - low) * self.uniform(shape))
        return found


@contextlib.contextmanager
def drawing(stream: Stream) -> Iterator[None]:
    """Let the random operations of Keras's initializers take their numbers from a stream."""
    backend = importlib.import_module("keras.src.backend")

    def tensor(values: NDArray[np.float64], dtype: Any) -> Any:
        return backend.convert_to_tensor(values.astype(np.float32), dtype=dtype or backend.floatx())

    def normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
        return tensor(stream.normal(shape) * stddev + mean, dtype)

    def uniform(shape: Any, minval: Any = 0.0, maxval: Any = 1.0, dtype: Any = None, seed: Any = None) -> Any:
        return tensor(stream.uniform(shape) * (maxval - minval) + minval, dtype)

    def truncated_normal(
        shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed: Any = None
    ) -> Any:
        return tensor(stream.truncated(shape) * stddev + mean, dtype)

    with replaced(backend.random, normal=normal, uniform=uniform, truncated_normal=truncated_normal):
        yield


@contextlib.contextmanager
def replaced(where: Any, **functions: Callable[..., Any]) -> Iterator[None]:
    """Put functions in the place of others of a module or class for a while."""
    before = {name: getattr(where, name) for name in functions}
    for name, function in functions.items():
        setattr(where, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(where, name, function)
