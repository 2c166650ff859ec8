"""What the layouts of stacked arrays have in common: the examples before a layout puts them in order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow


class Layout:
    """Where the seeds axis stands; `shapes` are those of one seed's weights as in `Model.get_weights()`."""

    compiled = True  # whether XLA compiles what is made of its operations

    def __init__(self, shapes: list[tuple[int, ...]], seeds: int) -> None:
        self.shapes = shapes
        self.seeds = seeds

    @staticmethod
    def examples(x: NDArray[np.generic]) -> Any:
        """Return a part of the data as a tensor, every example one vector (examples, features)."""
        tf, _ = tensorflow()
        return tf.constant(x.reshape(len(x), -1))

    @staticmethod
    def piece(x: Any, start: Any, number: int) -> Any:
        """Return so many of the examples, from one on."""
        tf, _ = tensorflow()
        return tf.slice(x, [start, 0], [number, x.shape[1]])
