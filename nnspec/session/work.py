"""How much work a seed is, before anything is trained: counted, and so the same on every machine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.training.cost import operations, seconds_of_function
from nnspec.training.shapes import kernel_shapes
from nnspec.training.stacked.sparse_inputs import is_sparse

# Seconds of a core: of a seed, of a batch, of a value of the inputs, of a value of a layer, of a
# multiplication in a matrix product. Fitted to 97 recipes of the five documents, trained many seeds at
# once: nine of ten take between 0.4 and 4 times as long.
_SEED, _BATCH, _INPUT, _UNIT, _PRODUCT = 2e-4, 2e-7, 1.7e-9, 4e-9, 2e-11
_SPARSE = 0.2  # of that, where inputs are ones here and there among zeros


def seconds_of(recipe: Trainable, examples: Sequence[int] | None = None) -> float:
    """Return the seconds of a core that one seed takes, about, where many are trained at once.

    `examples` is the shape of the training inputs, taken from the data where it is not given. The
    model of a `KerasRecipe` is not known before it is built: its seconds are estimated from what is known of
    the data and of `fit` (`nnspec.training.cost`).
    """
    if isinstance(recipe, KerasRecipe):
        return seconds_of_function(recipe, examples)
    return _of_layers(cast(Recipe, recipe), examples)


def _of_layers(recipe: Recipe, examples: Sequence[int] | None) -> float:
    shape = recipe.data.arrays().x_train.shape if examples is None else examples
    batches = math.ceil(shape[0] / recipe.batch_size)
    units = shape[0] * sum(units for _, units in kernel_shapes(recipe, shape))
    an_epoch = _BATCH * batches + _INPUT * math.prod(shape) + _UNIT * units
    whole = _SEED + recipe.epochs * an_epoch + _PRODUCT * operations(recipe, shape)
    # whether inputs are sparse is known once they are there
    return _SPARSE * whole if examples is None and is_sparse(recipe) else whole


def rounded(seconds: float) -> float:
    """Return the nearest power of ten, a millisecond at least: machines that differ a little agree on it."""
    return 10.0 ** round(math.log10(max(seconds, 1e-3)))
