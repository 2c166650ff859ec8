"""Training as the package offers it: everything that was handed in is looked at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnspec import training
from nnspec.errors import InvalidValue, one_of
from nnspec.experiment import Experiment
from nnspec.fit_check import check_fit
from nnspec.recipe import Recipe
from nnspec.training import Runs


def train(
    recipe: Experiment,
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
        If there is anything else than these, or if data, layers and loss do not fit one another.
    MissingData
        If the data set has to be downloaded first.
    """
    if not isinstance(recipe, Experiment):
        raise InvalidValue("recipe", recipe, "a Recipe or another Experiment")
    if not isinstance(seeds, Sequence | np.ndarray) or np.ndim(seeds) == 0:
        raise InvalidValue("seeds", seeds, "at least one seed, such as range(256)")
    if not callable(progress):
        raise InvalidValue("progress", progress, "a function of the number of seeds done")
    one_of("engine", engine, training.ENGINES)
    seeds = training.check_seeds(seeds)
    if isinstance(recipe, Recipe):
        check_fit(recipe)
    return training.train(recipe, seeds, engine, progress)
