"""What a training costs, before anything is trained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast

import numpy as np

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
# Seconds of a core, of a function's model: of a seed, of a batch, of a value of the inputs. Measured with six
# models on one core: two networks on points, 784-128-10, two models of texts, convolutions. These are 0.4 to
# 7 times what they take, too much for 784-128-10 and too little for an LSTM. A value of a list meets a dense
# layer, one of an image or a series perhaps convolutions, a token an embedding and perhaps a layer that goes
# through a text step by step. Nobody knows how large the layers are.
_SEED, _BATCH = 6e-4, 8e-6
_VALUE_OF_LIST, _VALUE, _TOKEN = 1.5e-8, 1e-7, 6e-7
_EVALUATED = 0.5  # of an epoch with as many examples: what the evaluation at the end takes
_LIST = 2  # axes of examples that are lists of numbers
_NO_BYTE = 255  # whole numbers above are numbers of words, those up to here may be pixels


# Seconds of a core, of a model that was built and counted: of a step, of a multiplication in a product, of
# any other value. Measured with six models on one core: three networks on points, 784-128-10, a mean of word
# vectors and an LSTM. These are 0.8 to 1.5 times what they take.
_STEP, _PRODUCT, _RESULT = 2.5e-6, 3e-11, 2e-10
# What `fit` takes beside that, of a seed, an epoch, a batch: it traces, and is called from Python.
_FIT, _FIT_EPOCH, _FIT_BATCH = 1.5, 0.02, 1e-3


class Count(NamedTuple):
    """What a training computes: steps, multiplications in products of matrices and patches, other values."""

    steps: float = 0.0
    multiplications: float = 0.0
    values: float = 0.0

    def plus(self, other: Count, times: float = 1.0) -> Count:
        """Return this and so many times what the other computes; the steps stay this one's."""
        return self._replace(
            multiplications=self.multiplications + times * other.multiplications,
            values=self.values + times * other.values,
        )


def seconds_of_count(count: Count) -> float:
    """Return the seconds of a core that a seed of a counted model is taken to need, on every machine."""
    return _SEED + _STEP * count.steps + _PRODUCT * count.multiplications + _RESULT * count.values


def seconds_of_fit(recipe: Trainable) -> float:
    """Return the seconds of a core that `model.fit` needs for one seed, beside what the model computes."""
    fits = recipe.fits() if isinstance(recipe, KerasRecipe) else [recipe]
    epochs, batches = 0.0, 0.0
    for one in fits:
        number = math.ceil(len(one.data.arrays().x_train) / one.batch_size)
        epochs += one.epochs - getattr(one, "initial_epoch", 0)
        batches += (one.epochs - getattr(one, "initial_epoch", 0)) * number
    return _FIT + _FIT_EPOCH * epochs + _FIT_BATCH * batches


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

    The model is not known before it is built, so what is known without Keras is counted: epochs, examples,
    batches, and what the inputs look like. `examples` is as in `operations`; where it is given, nobody looks
    whether the inputs are tokens.
    """
    fits = [_epochs_and_seconds(one, examples) for one in recipe.fits()]
    evaluated = 1.0
    if examples is None:
        last = recipe.fits()[-1].data.arrays()
        evaluated += len(last.x_test) / len(last.x_train)
    return _SEED + sum(epochs * seconds for epochs, seconds in fits) + _EVALUATED * evaluated * fits[-1][1]


def _epochs_and_seconds(recipe: KerasRecipe, examples: Sequence[int] | None) -> tuple[float, float]:
    """Return how many epochs of all examples a fit has, and the seconds of one."""
    shape = recipe.data.arrays().x_train.shape if examples is None else examples
    value = _VALUE_OF_LIST if len(shape) <= _LIST else _VALUE
    if examples is None and _are_tokens(recipe.data.arrays().x_train):
        value = _TOKEN
    batches = math.ceil(shape[0] / recipe.batch_size)
    share = min(1.0, (recipe.steps_per_epoch or batches) / batches)
    seconds = _BATCH * batches + value * math.prod(shape)
    return share * (recipe.epochs - recipe.initial_epoch), seconds


def _are_tokens(x: Any) -> bool:
    """Return whether inputs look like numbers of words: lists of whole numbers, some beyond a byte."""
    if not isinstance(x, np.ndarray) or x.ndim != _LIST or not x.size or x.max() <= _NO_BYTE or x.min() < 0:
        return False
    return np.issubdtype(x.dtype, np.integer) or bool((x == np.floor(x)).all())


def structure(recipe: Trainable) -> Trainable:
    """Return the recipe without the numbers that a compiled program takes when it runs."""
    if isinstance(recipe, KerasRecipe):
        alike: dict[str, Any] = {"epochs": 1, "initial_epoch": 0, "callbacks": None}
        return recipe.with_(**alike, stages=[replace(stage, **alike) for stage in recipe.stages])
    described = cast(Recipe, recipe)
    optimizer = described.optimizer.with_learning_rate(None)
    return described.with_(epochs=1, learning_rates=None, optimizer=optimizer)


def level_of(seconds: float) -> int:
    """Return the level of cost of a function's model, or of `fit`, a seed of which takes so many seconds."""
    return int(seconds >= _MEDIUM_SECONDS) + int(seconds >= _HIGH_SECONDS)


def cost_level(experiment: Experiment, examples: Sequence[int] | None = None) -> int:
    """Return 0 for what takes next to nothing, 1 for a medium and 2 for a high cost of one seed."""
    if isinstance(experiment, KerasRecipe):
        return level_of(seconds_of_function(experiment, examples))
    needed = operations(experiment, examples)
    return int(needed >= MEDIUM) + int(needed >= HIGH)
