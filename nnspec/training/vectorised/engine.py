"""The engine that trains any compiled Keras model from all seeds at once.

Real Keras layers, losses, metrics and optimizers run on JAX, through Keras's stateless functions: `vmap` over
seeds, `scan` over batches, a whole epoch as one compiled program. What counts is `model.fit` on TensorFlow.
Where Keras on JAX is another training than Keras on TensorFlow, it is made the same:

- cross-entropies look for the logits behind a softmax or a sigmoid (`crossentropies`);
- gradients of embeddings are rows, of which some occur twice (`lookups`, `slices`);
- where a function has no derivative, as |x| at zero, it is TensorFlow's (`kinks`), and that of a pool of
  equal values goes to the first of them (`convolutions`);
- of several outputs each one's loss is reported as the mean over batches, whole ones or not (`program`);
- masks of outputs reach the metrics of training, too (`step`);
- initial weights and orders of examples are those of the seed.

What JAX would do otherwise, or once for all seeds, goes to `fit`: whole numbers of 64 bits, floats of 16 and
of 64, random numbers that are not Keras's, accumulated gradients of embeddings, optimizers that begin with
copies of weights, changes between fits that set weights or compile nothing.

Different are the numbers that random layers draw, and sums of float32 that are added up in another order:
in front of a batch normalization a bias has no gradient but round-off, which Adam divides by its own size.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnspec.data import ArrayDataset, Dataset
from nnspec.machine import reads
from nnspec.machine.outside import tell_of, tell_what_trainings_read
from nnspec.recipes.identity import data_of
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs
from nnspec.training.cost import Count, cost_level, structure
from nnspec.training.models.parts import of_each
from nnspec.training.vectorised.beside import beside

# Seeds of a block, by the level of cost. Measured on one core: 16 to 256 seeds of 2-4-4-1 at once took the
# same time each, within a seventh, and 32 leave a second core something to do.
BLOCKS = (32, 32, 4)
# Values of an example from which models are likely to be trained one seed after another on a processor
# (`sizes.in_turn`): images and texts. Large blocks would only keep other cores from having some of the seeds.
_MANY_VALUES = 32


def train(
    recipe: KerasRecipe, seeds: Sequence[int], progress: Callable[[float], None] = lambda _: None
) -> Runs:
    """Train the recipe for every seed, a block of seeds at a time, and return the runs.

    `progress` is called with the number of seeds done, in fractions while a block is trained.

    Raises
    ------
    NotTrained
        If Keras on JAX cannot train the model as Keras on TensorFlow does.
    InvalidValue
        If the function fails or returns no model for the data, or a callback fails.
    """
    checksums = [one.arrays().checksum() for one in data_of(recipe)]
    asked = _travelling(recipe), checksums, [int(seed) for seed in seeds], block_size(recipe)
    found = beside.ask("train", *asked, progress=progress)
    tell_what_trainings_read(reads.of(found.provenance))
    return Runs(recipe=cast(Recipe, recipe), seeds=np.asarray(seeds, np.int64), **vars(found))


def count(recipe: KerasRecipe) -> Count:
    """Return what training a seed computes: the model is built for it, and compiled; errors as in `train`."""
    checksums = [one.arrays().checksum() for one in data_of(recipe)]
    found, record = beside.ask("count", _travelling(recipe), checksums, block_size(recipe))
    tell_of(reads.told(record))
    tell_what_trainings_read(record)
    return Count(*found)


def why_not(recipe: Trainable) -> str | None:
    """Return why this engine does not take a recipe; what is wrong with its model, only training tells."""
    return None if isinstance(recipe, KerasRecipe) else "its layers are described, not made by a function"


def block_size(recipe: Trainable) -> int:
    """Return how many seeds are trained together, at most."""
    level = cost_level(recipe)
    many = isinstance(recipe, KerasRecipe) and _values(recipe.data) >= _MANY_VALUES
    return BLOCKS[-1 if level and many else level]


def home(recipe: Trainable) -> int:
    """Return a number that recipes have in common which share a compiled program."""
    return hash((structure(recipe).content_hash, *map(id, recipe.functions[:1])))


def programs() -> int:
    """Return how many programs the process beside this one has compiled."""
    return beside.programs


def forward(recipe: Any, weights: Sequence[NDArray[np.float32]], x: Any) -> Any:
    """Return the outputs for x (examples, …) with the weights of all seeds, (seeds, examples, outputs).

    Inputs by name are a dict; several outputs are one, by the names that the model gives them.
    """
    asked = _travelling(recipe), list(weights), of_each(np.asarray, x), block_size(recipe)
    return beside.ask("predict", *asked)


def _travelling(recipe: KerasRecipe) -> KerasRecipe:
    """Return the recipe with data that can travel: their arrays where their class is not importable."""
    stages = [replace(one, data=None if one.data is None else _able(one.data)) for one in recipe.stages]
    return recipe.with_(data=_able(recipe.data), stages=stages)


def _values(data: Dataset) -> int:
    """Return how many values an example of the data has."""
    return math.prod(data.arrays().x_train.shape[1:])


def _able(data: Dataset) -> Dataset:
    try:
        pickle.dumps(data)
    except (pickle.PicklingError, AttributeError, TypeError):
        return ArrayDataset.of(data.arrays())
    return data
