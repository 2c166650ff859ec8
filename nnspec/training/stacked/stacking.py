"""How a recipe is stacked: kernels, layout and block size, looked up once for all that a training asks."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import cast

from nnspec.recipes.identity import Identified
from nnspec.recipes.layers import Dense, Dropout, Flatten
from nnspec.recipes.recipe import Recipe
from nnspec.training.shapes import Shape, kernel_shapes
from nnspec.training.stacked.seeds_first import SeedsFirst
from nnspec.training.stacked.seeds_last import SeedsLast
from nnspec.training.stacked.sparse_inputs import SparseInputs, is_sparse

# Entries of a kernel from which every seed has matrix products of its own: on two cores, 64 seeds, they took
# the same time either way at 100 × 10 and a quarter of it at 64 × 20.
LARGE_KERNEL = 1024
VALUES_AT_ONCE = 10_000_000  # of a batch, all seeds together: a step of training holds several copies of them
Layouts = type[SeedsFirst] | type[SeedsLast]


@dataclass(frozen=True)
class Stacking:
    """The kernels (inputs, units) of a recipe, where its seeds axis stands, and the seeds of a block."""

    kernels: tuple[Shape, ...]
    layout: Layouts
    block_size: int


def stacking(recipe: Recipe) -> Stacking:
    """Return how the recipe is stacked."""
    return _stacking(Identified(recipe))


@functools.lru_cache(maxsize=256)
def _stacking(same: Identified) -> Stacking:
    recipe = cast(Recipe, same.experiment)
    kernels = tuple(kernel_shapes(recipe))
    wide = max(map(math.prod, kernels)) >= LARGE_KERNEL
    layout: Layouts = SeedsLast if not wide else SparseInputs if is_sparse(recipe) else SeedsFirst
    return Stacking(kernels, layout, _block_size(recipe, kernels, layout))


def why_not(recipe: Recipe) -> str | None:
    """Return why the stacked engine cannot train this recipe, or None if it can."""
    if not isinstance(recipe, Recipe):
        return "the stacked engine takes described layers, and no function"
    for layer in recipe.layers:
        if not isinstance(layer, Dense | Dropout | Flatten):
            return f"the stacked engine has no {type(layer).__name__} layer"
    if not isinstance(recipe.layers[-1], Dense):
        return "the stacked engine needs a Dense layer at the end"
    if recipe.data.arrays().x_train.ndim > 2 and not isinstance(recipe.layers[0], Flatten):
        return "the stacked engine needs Flatten in front of examples that are not vectors"
    return None


def _block_size(recipe: Recipe, kernels: tuple[Shape, ...], layout: type) -> int:
    """Return how many seeds are trained together: enough to fill vectors, few enough to stay in cache.

    Measured on two busy cores: 784-128-10 took 1.3 times as long in blocks of four as one by one (two
    is the least that Keras's losses tell from no seeds axis), two moons with fifty units and full
    batches 1.4 times as long in blocks of 32 as of 64, whose loops are long enough for vectors. Bags of
    words took as long in blocks of two, four or eight, within a fifth; the four share the work of an
    evaluation and leave a second core some of eight.
    Where the values of so many seeds would take too much memory there are fewer, two at the least.
    """
    if layout is SparseInputs:
        size = 4
    elif layout is SeedsFirst:
        size = max(2, min(4, 100_000 // sum(map(math.prod, kernels))))
    else:
        size = 64
    inputs = 0 if layout is SparseInputs else kernels[0][0]  # sparse ones take next to nothing
    batch = min(recipe.batch_size, len(recipe.data.arrays().x_train))
    values_per_seed = batch * (inputs + sum(units for _, units in kernels))
    while size > 2 and size * values_per_seed > VALUES_AT_ONCE:
        size = max(2, size // 2)
    return size
