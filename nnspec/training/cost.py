"""What a training costs, before anything is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.training.shapes import kernel_shapes

# Where a seed takes about a tenth of a second on one core, and where a second. Of what the documents
# train, the first divides long trainings on points in the plane (2e8 and more) from short ones, the second
# images and reviews (6e9 and more) from the rest.
MEDIUM, HIGH = 1e8, 4e9


def operations(experiment: Experiment, examples: Sequence[int] | None = None) -> float:
    """Return the multiplications that one seed takes in matrix products, about: a pass forward and two back.

    `examples` is the shape of the training inputs, taken from the data where it is not given.
    Experiments that no engine trains count as none.
    """
    if not isinstance(experiment, Recipe):
        return 0.0
    shape = experiment.data.arrays().x_train.shape if examples is None else examples
    entries = sum(math.prod(kernel) for kernel in kernel_shapes(experiment, shape))
    return 3.0 * experiment.epochs * shape[0] * entries


def structure(recipe: Recipe) -> Recipe:
    """Return the recipe without the numbers that a compiled program takes when it runs."""
    optimizer = recipe.optimizer.with_learning_rate(None)
    return recipe.with_(epochs=1, learning_rates=None, optimizer=optimizer)


def cost_level(experiment: Experiment, examples: Sequence[int] | None = None) -> int:
    """Return 0 for what takes next to nothing, 1 for a medium and 2 for a high cost of one seed."""
    needed = operations(experiment, examples)
    return int(needed >= MEDIUM) + int(needed >= HIGH)
