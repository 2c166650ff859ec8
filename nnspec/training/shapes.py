"""Shapes of the kernels of a recipe, before anything is built."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnspec.recipes.layers import Dense, Flatten
from nnspec.recipes.recipe import Recipe

Shape = tuple[int, int]


def kernel_shapes(recipe: Recipe, examples: Sequence[int] | None = None) -> list[Shape]:
    """Return (inputs, units) of every dense layer, from the shape of the data or of `examples` onwards."""
    shape = tuple(recipe.data.arrays().x_train.shape if examples is None else examples)[1:]
    shapes = []
    for layer in recipe.layers:
        if isinstance(layer, Flatten):
            shape = (int(np.prod(shape)),)
        elif isinstance(layer, Dense):
            shapes.append((int(shape[-1]), layer.units))
            shape = (*shape[:-1], layer.units)
    return shapes
