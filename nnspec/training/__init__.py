"""Training: recipes in, runs out. TensorFlow is imported only when something is really trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from nnspec.errors import InvalidValue, one_of, whole_number
from nnspec.recipe import Recipe
from nnspec.training.runs import Runs, concatenate
from nnspec.training.store import Store

__all__ = ["ENGINES", "Runs", "Store", "concatenate", "train"]

ENGINES = ("stacked", "keras")


def train(
    recipe: Recipe,
    seeds: Sequence[int],
    engine: str = "stacked",
    progress: Callable[[float], None] = lambda _: None,
) -> Runs:
    """Train the recipe from every seed and return the runs, in the order of the seeds.

    `seeds` are distinct whole numbers from 0 to 2**32 - 1. `engine` is "stacked" (all seeds at once)
    or "keras" (`model.fit` for one seed after another). What the stacked engine cannot train goes to
    the keras engine, and `provenance` says so and why. `progress` is called with the number of
    seeds done so far, which may be a fraction.

    Raises
    ------
    InvalidValue
        If a seed or the engine is not one of these, or there are no data to validate on.
    """
    one_of("engine", engine, ENGINES)
    checked = check_seeds(seeds)
    part = recipe.validation_data
    if part and not len(recipe.data.arrays().part(part)[0]):
        remedy = "give the data a train_size that leaves some, or leave validation_data out"
        raise InvalidValue("validation_data", part, f"data with a {part} part", remedy)
    from nnspec.training import keras_fit, stacked, stacked_network

    reason = stacked_network.unsupported(recipe) if engine == "stacked" else None
    if engine == "stacked" and reason is None:
        return stacked.train(recipe, checked, progress)
    runs = keras_fit.train(recipe, checked, progress)
    return runs if reason is None else replace(runs, provenance={**runs.provenance, "why keras": reason})


def check_seeds(seeds: Sequence[int]) -> list[int]:
    """Return the seeds as a list of ints; `InvalidValue` if there are none, twice the same or wrong ones."""
    if isinstance(seeds, str) or not len(seeds):
        raise InvalidValue("seeds", seeds, "at least one seed, such as range(256)")
    checked = [whole_number("seed", seed, 0) for seed in seeds]
    if max(checked) >= 2**32:
        raise InvalidValue("seed", max(checked), f"at most {2**32 - 1}")
    if len(np.unique(checked)) != len(checked):
        raise InvalidValue("seeds", seeds, "every seed once")
    return checked
