"""Tiny networks with the seeds along the last axis, where they fill the processor's vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.training.dropout_masks import dropout
from nnspec.training.products import dense
from nnspec.training.tensorflow_setup import tensorflow


class SeedsLast:
    """Hidden values are (batch, features, seeds), kernels (inputs, units, seeds).

    `shapes` are those of one seed's kernels and biases in the order of `Model.get_weights()`.
    All weights of a seed stand in one column of one (parameters, seeds) variable: optimizers work
    element by element, so one array is enough.
    """

    kernel_axes = (0, 1)  # those of a kernel within one seed

    def __init__(self, shapes: list[tuple[int, ...]], seeds: int) -> None:
        self.shapes = shapes
        self.seeds = seeds
        self.sizes = [int(np.prod(shape)) for shape in shapes]

    def variable_shapes(self) -> list[tuple[int, ...]]:
        """Return the shape of the one variable."""
        return [(sum(self.sizes), self.seeds)]

    def to_variables(self, weights: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return weights (seeds, …) as the variable holds them."""
        return [np.concatenate([w.reshape(self.seeds, -1).T for w in weights])]

    def from_variables(self, values: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return what the variable holds as weights (seeds, …)."""
        columns = np.split(values[0], np.cumsum(self.sizes)[:-1])
        return [c.T.reshape(self.seeds, *shape) for c, shape in zip(columns, self.shapes, strict=True)]

    def weights(self, variables: list[Any]) -> list[Any]:
        """Return kernels (inputs, units, seeds) and biases (units, seeds) of all layers."""
        tf, _ = tensorflow()
        parts = tf.split(variables[0], self.sizes)
        return [tf.reshape(p, (*shape, self.seeds)) for p, shape in zip(parts, self.shapes, strict=True)]

    def gradients(self, of_weights: list[Any]) -> list[Any]:
        """Return the gradients of all weights as that of the variable."""
        tf, _ = tensorflow()
        return [tf.concat([tf.reshape(g, (-1, self.seeds)) for g in of_weights], axis=0)]

    def batch_inputs(self, x: Any, batch: Any) -> Any:
        """Return the examples of a batch (batch, seeds), (batch, features, seeds)."""
        tf, _ = tensorflow()
        return tf.transpose(_floats(tf.gather(x, batch)), (0, 2, 1))

    def shared_inputs(self, x: Any) -> Any:
        """Return examples that all seeds see, (examples, features, 1)."""
        return _floats(x)[:, :, None]

    def dense(self, inputs: Any, kernel: Any, bias: Any) -> Any:
        """Return inputs · kernel + bias for every seed."""
        return dense(inputs, kernel, bias)

    def dropped(self, inputs: Any, rate: float, counter: Any, keys: Any) -> Any:
        """Return the inputs with a share `rate` of them zeroed and the rest scaled up."""
        return dropout(inputs, rate, counter, keys, seeds_axis=2)

    def features_last(self, values: Any) -> Any:
        """Return hidden values as (batch, seeds, features)."""
        tf, _ = tensorflow()
        return tf.transpose(values, (0, 2, 1))

    def from_features_last(self, values: Any) -> Any:
        """Return values (batch, seeds, features) as hidden values."""
        return self.features_last(values)


def _floats(x: Any) -> Any:
    tf, _ = tensorflow()
    return tf.cast(x, tf.float32)
