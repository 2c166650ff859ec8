"""Which examples a seed is trained on in each epoch, and in what order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.models.buffered import BufferedShuffles
from nnspec.training.shuffling import Shuffles

_BEYOND = 2**32  # all seeds of runs


class Orders:
    """The numbers of the examples of a seed's next epoch, one epoch after another.

    With `steps_per_epoch` a permutation is used up over several epochs, as `fit` on arrays does it: an epoch
    that reaches its end is over, however few steps it had, and the next one begins another. Each `stage`
    has orders of its own.
    """

    def __init__(self, recipe: KerasRecipe, seed: int, examples: int, stage: int = 0) -> None:
        self._shuffles = _shuffles(recipe, seed + stage * _BEYOND, examples)
        self._examples = examples
        steps = recipe.steps_per_epoch
        self._step = examples if steps is None else steps * recipe.batch_size
        self._left = np.arange(0)

    def next(self) -> NDArray[np.int64]:
        """Return the numbers for the next epoch."""
        if not len(self._left):
            shuffles = self._shuffles
            self._left = shuffles.epochs(1)[0] if shuffles else np.arange(self._examples)
        epoch, self._left = self._left[: self._step], self._left[self._step :]
        return epoch


def _shuffles(recipe: KerasRecipe, seed: int, examples: int) -> Shuffles | BufferedShuffles | None:
    if recipe.shuffle_buffer_size is not None:
        return BufferedShuffles(seed, examples, recipe.shuffle_buffer_size)
    return Shuffles(seed, examples) if recipe.shuffle else None
