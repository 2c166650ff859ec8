"""Wide networks with the seeds along the first axis: a matrix product of its own for every seed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.stacked.layout import Layout, floats


class SeedsFirst(Layout):
    """Hidden values are (seeds, batch, features), kernels (seeds, units, inputs), biases (seeds, units).

    Kernels are stored transposed: with 784 inputs and 4 units a product takes a quarter of the time
    that it takes the other way round, with 128 units the same.
    """

    seeds_axis, kernel_axes, batch_seeds_features = 0, (1, 2), (1, 0, 2)

    def variable_shapes(self) -> list[tuple[int, ...]]:
        """Return the shapes of the variables, one for every weight."""
        return [(self.seeds, *shape[::-1]) for shape in self.shapes]

    def to_variables(self, weights: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return weights (seeds, …) as the variables hold them."""
        return [np.swapaxes(w, 1, -1) for w in weights]

    def from_variables(self, values: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return what the variables hold as weights (seeds, …)."""
        return [np.ascontiguousarray(np.swapaxes(v, 1, -1)) for v in values]

    def batch_inputs(self, x: Any, batch: Any, present: Any) -> Any:
        """Return the examples of a batch (batch, seeds), (seeds, batch, features)."""
        tf, _ = tensorflow()
        return floats(tf.gather(x, tf.transpose(batch)))

    def shared_inputs(self, x: Any) -> Any:
        """Return examples that all seeds see, (examples, features)."""
        return floats(x)

    def dense(self, inputs: Any, kernel: Any, bias: Any) -> Any:
        """Return inputs · kernel + bias for every seed; inputs (examples, features) are the same for all."""
        tf, _ = tensorflow()
        if len(inputs.shape) == 3:
            return tf.matmul(inputs, kernel, transpose_b=True) + bias[:, None]
        seeds, units, features = kernel.shape
        every = tf.matmul(inputs, tf.reshape(kernel, (seeds * units, features)), transpose_b=True)
        return tf.transpose(tf.reshape(every, (-1, seeds, units)), (1, 0, 2)) + bias[:, None]
