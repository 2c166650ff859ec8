"""Gradients of embeddings as TensorFlow has them: a list of rows, in which a row may occur more than once.

TensorFlow hands an optimizer the gradient of an `Embedding` as `IndexedSlices`: the gradient at every place
of the batch, with the number of the row that was looked up there. What an optimizer does with them one by
one, such as squaring, it does before those of the same row are added up: Adam's second moment gets the sum of
the squares and not the square of the sum. `Slices` are such gradients for Keras on JAX.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from nnspec.machine.jax_setup import jax_keras

_EACH = ("absolute", "abs", "negative", "sign", "sqrt", "square")  # functions of each value that give 0 for 0


class Slices:
    """Rows `indices` (places,) of an array of shape `shape`, whose `values` are (places, …)."""

    def __init__(self, indices: Any, values: Any, shape: tuple[int, ...]) -> None:
        self.indices, self.values, self.shape = indices, values, shape
        self.dtype, self.ndim = values.dtype, len(shape)

    def each(self, function: Callable[[Any], Any]) -> Slices:
        """Return a function of every value, rows that occur twice not yet added up."""
        return Slices(self.indices, function(self.values), self.shape)

    def dense(self) -> Any:
        """Return the array, with rows that occur more than once added up."""
        jax, _ = jax_keras()
        return jax.numpy.zeros(self.shape, self.dtype).at[self.indices].add(self.values)

    def __jax_array__(self) -> Any:
        return self.dense()


def install() -> None:
    """Let the operations that optimizers are made of take slices in this process, as on TensorFlow."""
    numpy: Any = importlib.import_module("keras.src.backend.jax.numpy")
    core: Any = importlib.import_module("keras.src.backend.jax.core")
    base: Any = importlib.import_module("keras.src.optimizers.base_optimizer")
    for name in _EACH:
        if hasattr(numpy, name):
            setattr(numpy, name, _of_each(getattr(numpy, name)))
    for name in ("multiply", "divide"):
        setattr(numpy, name, _of_rows(getattr(numpy, name)))
    for name in ("add", "subtract", "maximum", "minimum"):
        setattr(numpy, name, _of_sums(getattr(numpy, name)))
    numpy.clip = _of_each(numpy.clip)  # tf.clip_by_value
    core.cast = _of_each(core.cast)
    clip_by_norm = base.BaseOptimizer._clip_by_norm
    base.BaseOptimizer._clip_by_norm = lambda self, values, axes=None: (
        values.each(lambda each: clip_by_norm(self, each, axes))
        if isinstance(values, Slices)
        else clip_by_norm(self, values, axes)
    )


def _of_each(function: Any) -> Any:
    @functools.wraps(function)
    def taken(x: Any, *arguments: Any, **named: Any) -> Any:
        if isinstance(x, Slices):
            return x.each(lambda values: function(values, *arguments, **named))
        return function(x, *arguments, **named)

    return taken


def _of_rows(function: Any) -> Any:
    """Multiply or divide slices by a number, or by the rows of an array at their places."""

    def rows(slices: Slices, other: Any) -> Any:
        return other if not getattr(other, "shape", ()) else _value(other)[slices.indices]

    @functools.wraps(function)
    def taken(x1: Any, x2: Any) -> Any:
        if isinstance(x1, Slices) and not isinstance(x2, Slices):
            return x1.each(lambda values: function(values, rows(x1, x2)))
        if isinstance(x2, Slices) and not isinstance(x1, Slices) and function.__name__ == "multiply":
            return x2.each(lambda values: function(rows(x2, x1), values))
        return function(_dense(x1), _dense(x2))

    return taken


def _of_sums(function: Any) -> Any:
    @functools.wraps(function)
    def taken(x1: Any, x2: Any) -> Any:
        return function(_dense(x1), _dense(x2))

    return taken


def _dense(x: Any) -> Any:
    return x.dense() if isinstance(x, Slices) else x


def _value(x: Any) -> Any:
    return getattr(x, "value", x)
