"""The order in which `tf.data` gives examples that it shuffles with a buffer smaller than they are many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STREAM = 0x_B0FFE4  # keeps these shuffles apart from every other use of a run's seed


class BufferedShuffles:
    """Draws one seed's orders, epoch after epoch, as `Dataset.shuffle(buffer_size)` draws its own.

    The buffer is filled with the first examples; the next one is any in it with equal probability, and its
    place goes to the next example that waits (TensorFlow's documentation of `tf.data.Dataset.shuffle`). An
    example comes at most `buffer_size - 1` places early. A buffer that holds all gives any permutation.
    """

    def __init__(self, seed: int, examples: int, buffer_size: int) -> None:
        self._examples, self._size = examples, min(buffer_size, examples)
        words = np.random.SeedSequence([seed, _STREAM])
        self._generator = np.random.Generator(np.random.SFC64(words))

    def epochs(self, number: int) -> NDArray[np.int64]:
        """Return the orders of the next epochs, (number, examples) indices."""
        return np.stack([self._epoch() for _ in range(number)])

    def _epoch(self) -> NDArray[np.int64]:
        waiting = range(self._size, self._examples)
        places = self._generator.integers(self._size, size=len(waiting)).tolist()
        buffer, order = list(range(self._size)), []
        for place, example in zip(places, waiting, strict=True):
            order.append(buffer[place])
            buffer[place] = example
        rest = self._generator.permutation(np.array(buffer, np.int64))
        return np.concatenate([np.array(order, np.int64), rest])
