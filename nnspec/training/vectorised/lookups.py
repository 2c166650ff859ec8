"""The gradient at every place where a batch looks up a row of an `Embedding`.

A zero is added to what each lookup returns; the gradient of that zero is what came back to the place.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from typing import Any

from nnspec.machine.jax_setup import jax_keras
from nnspec.training.engine import NotTrained
from nnspec.training.vectorised.slices import Slices

_current: list[Lookups] = []


class Lookups:
    """The lookups of one pass forward, in their order: their rows, and the zeros that were added."""

    def __init__(self, tables: list[Any], zeros: list[Any] | None = None) -> None:
        self._tables = {id(variable): place for place, variable in enumerate(tables)}
        self._zeros = zeros
        self.begin()

    def begin(self) -> None:
        """Forget what was noted, because the pass is traced once more."""
        self.shapes: list[tuple[int, ...]] = []
        self.places: list[int] = []
        self.indices: list[Any] = []

    def takes(self, table: Any) -> bool:
        """Return whether the gradient of a variable is wanted row by row."""
        return id(table) in self._tables

    def noted(self, table: Any, indices: Any, found: Any) -> Any:
        """Note a lookup and return what it found, plus a zero."""
        number = len(self.shapes)
        self.shapes.append(found.shape)
        self.places.append(self._tables[id(table)])
        self.indices.append(indices)
        return found if self._zeros is None else found + self._zeros[number]

    @contextlib.contextmanager
    def noting(self) -> Iterator[None]:
        """Note all lookups meanwhile."""
        _current.append(self)
        try:
            yield
        finally:
            _current.pop()


def slices(table_shape: tuple[int, ...], indices: list[Any], gradients: list[Any]) -> Slices:
    """Return the gradient of a table from those at all places where it was looked up."""
    jax, _ = jax_keras()
    jnp = jax.numpy
    rows = jnp.concatenate([one.reshape(-1) for one in indices])
    values = jnp.concatenate([one.reshape(-1, *table_shape[1:]) for one in gradients])
    return Slices(jnp.where(rows < 0, rows + table_shape[0], rows), values, table_shape)


def tables(model: Any) -> list[Any]:
    """Return the variables of a model whose gradient is wanted row by row.

    A penalty on the rows gives each of them a gradient, on TensorFlow too.

    Raises
    ------
    NotTrained
        If an embedding looks its rows up in a way of its own.
    """
    _, keras = jax_keras()
    found = []
    for layer in model._flatten_layers():
        if not isinstance(layer, keras.layers.Embedding):
            continue
        if type(layer).call is not keras.layers.Embedding.call or layer.lora_enabled:
            raise NotTrained(f"the layer {type(layer).__name__} looks up rows in a way of its own")
        if layer.embeddings_regularizer is None and layer.trainable:
            found += [one for one in layer.trainable_variables if one.name == "embeddings"]
    return found


def install() -> None:
    """Let embeddings in this process note their lookups where somebody wants to know."""
    jax, keras = jax_keras()
    core: Any = importlib.import_module("keras.src.backend.jax.core")
    numpy: Any = importlib.import_module("keras.src.backend.jax.numpy")
    original, take = keras.layers.Embedding.call, numpy.take
    table_of: Any = keras.layers.Embedding.embeddings.fget
    inside: list[Any] = []

    def call(self: Any, inputs: Any) -> Any:
        wanted, table = _current[-1] if _current else None, getattr(self, "_embeddings", None)
        if wanted is not None and table is not None and wanted.takes(table):
            indices = jax.numpy.asarray(inputs)
            if indices.dtype not in ("int32", "int64"):
                indices = core.cast(indices, "int32")
            rows = jax.numpy.take(jax.lax.stop_gradient(table.value), indices, axis=0)
            return core.cast(wanted.noted(table, indices, rows), self.compute_dtype)
        inside.append(self)
        try:
            return original(self, inputs)
        finally:
            inside.pop()

    def embeddings(self: Any) -> Any:
        if _current and _current[-1].takes(getattr(self, "_embeddings", None)) and self not in inside:
            raise NotTrained("the rows of an Embedding are used by something else, too")
        return table_of(self)

    def taken(x: Any, indices: Any, axis: Any = None) -> Any:
        if _current and not inside and axis == 0 and isinstance(x, keras.Variable) and x.trainable:
            raise NotTrained("rows of a trainable variable are looked up by a layer of the author's")
        return take(x, indices, axis)

    assign = keras.Variable.assign

    def assigned(self: Any, value: Any) -> Any:
        if _current and self.trainable:  # in a pass forward, where Keras on JAX would forget it
            raise NotTrained("a layer sets a trainable variable while it is called")
        return assign(self, value)

    keras.Variable.assign = assigned
    keras.layers.Embedding.call = call
    keras.layers.Embedding.embeddings = property(embeddings)
    numpy.take = taken
