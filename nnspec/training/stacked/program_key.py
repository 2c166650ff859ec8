"""What recipes have in common that one compiled program trains."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, cast

from numpy.typing import NDArray

from nnspec.recipes.recipe import Recipe
from nnspec.training.cost import structure
from nnspec.training.stacked.stacking import stacking


class ProgramOf:
    """A recipe as a key of a cache: equal to another one exactly when one compiled program trains both.

    Their data are of the same shapes and kinds of numbers, and nothing differs but what the program takes
    when it runs.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = cast(Recipe, structure(recipe))
        self._key = program_key(recipe)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProgramOf) and self._key == other._key


def program_key(recipe: Recipe) -> Hashable:
    """Return what tells compiled programs apart: network, loss, optimizer, batches and shapes of the data."""
    same, data, stacked = cast(Recipe, structure(recipe)), recipe.data.arrays(), stacking(recipe)
    parts = ("train", "test", *([recipe.validation_data] if recipe.validation_data else []))
    shapes = tuple(_kind(array) for part in parts for array in data.part(part))
    trained = same.layers, same.loss, same.optimizer, same.batch_size, same.metrics, same.validation_data
    return trained, shapes, stacked.layout, stacked.block_size


def _kind(array: NDArray[Any]) -> tuple[tuple[int, ...], str]:
    return array.shape, array.dtype.str
