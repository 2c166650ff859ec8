"""The order in which a seed sees its examples: a fresh uniform permutation in every epoch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STREAM = 0x5_4FF1E  # keeps the shuffles apart from every other use of a run's seed


class Shuffles:
    """Draws one seed's permutations, epoch after epoch, from a generator of its own.

    They depend on the seed and the number of examples alone, so that two arms on data of the same
    length see it in the same order (Fisher and Yates, as `numpy.random.Generator.permuted` does it).
    """

    def __init__(self, seed: int, examples: int) -> None:
        self._examples = np.arange(examples)  # permuting 64-bit integers is the fastest in NumPy
        self._generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, _STREAM])))

    def epochs(self, number: int, out: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Return the orders of the next epochs, (number, examples) indices, in `out` if that is given."""
        rows = np.broadcast_to(self._examples, (number, len(self._examples)))
        return self._generator.permuted(rows, axis=1, out=out)
