"""What a training costs, before anything is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from nnspec.recipes.experiment import Experiment
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.training.shapes import kernel_shapes

# Where a seed takes about a tenth of a second on one core, and where a second. Of what the documents
# train, the first divides long trainings on points in the plane (2e8 and more) from short ones, the second
# images and reviews (6e9 and more) from the rest.
MEDIUM, HIGH = 1e8, 4e9
# Where a seed of a function's model takes the same.
_MEDIUM_SECONDS, _HIGH_SECONDS = 0.1, 1.0
# Seconds of a core, of a function's model: of a seed, of a batch, of a value of the inputs. Chosen and not
# measured, on the safe side of dense networks and of a few small convolutions. Large models, and layers that
# go through a text step by step, take longer.
_SEED, _BATCH, _VALUE = 1e-3, 1e-4, 2e-6


def operations(experiment: Experiment, examples: Sequence[int] | None = None) -> float:
    """Return the multiplications that one seed takes in matrix products, about: a pass forward and two back.

    `examples` is the shape of the training inputs, taken from the data where it is not given.
    Experiments without layers that are described count as none.
    """
    if not isinstance(experiment, Recipe):
        return 0.0
    shape = experiment.data.arrays().x_train.shape if examples is None else examples
    entries = sum(math.prod(kernel) for kernel in kernel_shapes(experiment, shape))
    return 3.0 * experiment.epochs * shape[0] * entries


def seconds_of_function(recipe: KerasRecipe, examples: Sequence[int] | None = None) -> float:
    """Return the seconds of a core that one seed of a function's model is taken to need, on every machine.

    The model is not known before it is built, so only what is known without Keras is counted, rather too
    high: epochs, examples, batches and the size of an example. `examples` is as in `operations`.
    """
    shape = recipe.data.arrays().x_train.shape if examples is None else examples
    batches = math.ceil(shape[0] / recipe.batch_size)
    return _SEED + recipe.epochs * (_BATCH * batches + _VALUE * math.prod(shape))


def structure(recipe: Trainable) -> Trainable:
    """Return the recipe without the numbers that a compiled program takes when it runs."""
    if isinstance(recipe, KerasRecipe):
        return recipe.with_(epochs=1, callbacks=None)
    described = cast(Recipe, recipe)
    optimizer = described.optimizer.with_learning_rate(None)
    return described.with_(epochs=1, learning_rates=None, optimizer=optimizer)


def cost_level(experiment: Experiment, examples: Sequence[int] | None = None) -> int:
    """Return 0 for what takes next to nothing, 1 for a medium and 2 for a high cost of one seed."""
    if isinstance(experiment, KerasRecipe):
        seconds = seconds_of_function(experiment, examples)
        return int(seconds >= _MEDIUM_SECONDS) + int(seconds >= _HIGH_SECONDS)
    needed = operations(experiment, examples)
    return int(needed >= MEDIUM) + int(needed >= HIGH)
