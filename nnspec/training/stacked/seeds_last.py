"""Tiny networks with the seeds along the last axis, where they fill the processor's vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.stacked.layout import Layout, floats
from nnspec.training.stacked.products import dense


class SeedsLast(Layout):
    """Hidden values are (batch, features, seeds), kernels (inputs, units, seeds)."""

    one_by_one = True  # no product of matrices, whose round-off depends on their sizes
    seeds_axis, kernel_axes, batch_seeds_features = 2, (0, 1), (0, 2, 1)

    def variable_shapes(self) -> list[tuple[int, ...]]:
        """Return the shapes of the variables, one for every weight."""
        return [(*shape, self.seeds) for shape in self.shapes]

    def to_variables(self, weights: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return weights (seeds, …) as the variables hold them."""
        return [np.moveaxis(w, 0, -1) for w in weights]

    def from_variables(self, values: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return what the variables hold as weights (seeds, …)."""
        return [np.ascontiguousarray(np.moveaxis(v, -1, 0)) for v in values]

    def batch_inputs(self, x: Any, batch: Any, present: Any) -> Any:
        """Return the examples of a batch (batch, seeds), (batch, features, seeds)."""
        tf, _ = tensorflow()
        return tf.transpose(floats(tf.gather(x, batch)), (0, 2, 1))

    def shared_inputs(self, x: Any) -> Any:
        """Return examples that all seeds see, (examples, features, 1)."""
        return floats(x)[:, :, None]

    def dense(self, inputs: Any, kernel: Any, bias: Any) -> Any:
        """Return inputs · kernel + bias for every seed."""
        return dense(inputs, kernel, bias)
