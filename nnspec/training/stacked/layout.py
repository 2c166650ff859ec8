"""What the layouts of stacked arrays have in common: the examples before a layout puts them in order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.stacked.dropout_masks import dropout


class Layout:
    """Where the seeds axis stands; `shapes` are those of one seed's weights as in `Model.get_weights()`."""

    one_by_one = False  # whether what an example gives never depends on how many are computed beside it
    compiled = True  # whether XLA compiles what is made of its operations
    seeds_axis: int  # of hidden values
    kernel_axes: tuple[int, int]  # those of a kernel within one seed
    batch_seeds_features: tuple[int, int, int]  # where these axes of hidden values stand; its own inverse

    def __init__(self, shapes: list[tuple[int, ...]], seeds: int) -> None:
        self.shapes = shapes
        self.seeds = seeds

    @staticmethod
    def examples(x: NDArray[np.generic]) -> Any:
        """Return a part of the data as a tensor, every example one vector (examples, features)."""
        tf, _ = tensorflow()
        return tf.constant(x.reshape(len(x), -1))

    def piece(self, x: Any, start: Any, number: int) -> Any:
        """Return so many of the examples, from one on."""
        tf, _ = tensorflow()
        return tf.slice(x, [start, 0], [number, x.shape[1]])

    def dropped(self, inputs: Any, rate: float, counter: Any, keys: Any) -> Any:
        """Return the inputs with a share `rate` of them zeroed and the rest scaled up."""
        return dropout(inputs, rate, counter, keys, self.seeds_axis)

    def features_last(self, values: Any) -> Any:
        """Return hidden values as (batch, seeds, features), and such values as hidden ones."""
        tf, _ = tensorflow()
        return tf.transpose(values, self.batch_seeds_features)


def floats(x: Any) -> Any:
    """Return examples as the float32 numbers that networks compute with."""
    tf, _ = tensorflow()
    return tf.cast(x, tf.float32)
