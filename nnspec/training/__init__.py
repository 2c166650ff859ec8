"""Training: recipes in, runs out. TensorFlow is imported only when something is really trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.machine.stopwatch import Stopwatch
from nnspec.recipes.check import check_fit
from nnspec.recipes.experiment import Experiment, by_name, many_at_once
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs, concatenate
from nnspec.runs.seeds import check_seeds
from nnspec.training import model_fit
from nnspec.training.engine import Engine, NotTrained
from nnspec.training.models.forward import forward as model_forward
from nnspec.training.models.parts import fit_data
from nnspec.training.stacked.engine import block_size, home, programs
from nnspec.training.stacked.engine import train as train_stacked
from nnspec.training.stacked.stacking import why_not
from nnspec.training.vectorised import engine as of_functions

__all__ = ["ENGINES", "Runs", "check_data", "concatenate", "engine_of", "train"]

ENGINES = {
    "stacked": Engine(train_stacked, why_not, block_size, home, programs),
    "vectorised": Engine(
        of_functions.train,
        of_functions.why_not,
        of_functions.block_size,
        of_functions.home,
        of_functions.programs,
        of_functions.forward,
    ),
    "keras": Engine(model_fit.train, forward=model_forward),
}
_SIBLINGS = {("stacked", KerasRecipe): "vectorised", ("vectorised", Recipe): "stacked"}


def train(
    recipe: Experiment,
    seeds: Sequence[int],
    engine: str = "stacked",
    progress: Callable[[float], None] = lambda _: None,
) -> Runs:
    """Train the recipe from every seed and return the runs, in the order of the seeds.

    `seeds` are distinct whole numbers from 0 to 2**32 - 1. `engine` is "stacked" (all seeds at once; those
    of a `KerasRecipe` are "vectorised") or "keras" (`model.fit` for one seed after another). What an engine
    cannot train goes to the keras engine, and `provenance` says so and why. `progress` is called with the
    number of seeds done so far, which may be a fraction.

    Raises
    ------
    InvalidValue
        If there is anything else than these, if data, layers and loss do not fit one another, or if
        there are no data to validate on.
    MissingData
        If the data set has to be downloaded first.
    """
    if not isinstance(recipe, Experiment):
        raise InvalidValue("recipe", recipe, "a Recipe or another Experiment")
    if not isinstance(seeds, Sequence | np.ndarray) or np.ndim(seeds) == 0:
        raise InvalidValue("seeds", seeds, "at least one seed, such as range(256)")
    if not callable(progress):
        raise InvalidValue("progress", progress, "a function of the number of seeds done")
    one_of("engine", engine, ENGINES)
    checked = check_seeds(seeds)
    if not isinstance(recipe, Trainable):
        return _repeated(recipe, checked, progress)
    check_data(recipe)
    chosen = ENGINES[engine_of(recipe, engine)]
    reason = chosen.why_not(recipe)
    if reason is None:
        try:
            return with_forward(chosen.train(recipe, checked, progress))
        except NotTrained as refusal:
            reason = str(refusal)
    runs = ENGINES["keras"].train(recipe, checked, progress)
    return with_forward(replace(runs, provenance={**runs.provenance, "why keras": reason}))


def engine_of(recipe: Experiment, engine: str) -> str:
    """Return the engine that trains a recipe where this one is asked for.

    All seeds of layers that are described are stacked, those of a function's model vectorised.
    """
    return _SIBLINGS.get((engine, type(recipe)), engine)


def check_data(recipe: Trainable) -> None:
    """Check, as far as it is known before a model is built, that data and recipe fit one another.

    Raises
    ------
    InvalidValue
        If they do not, or if there are no data to validate on.
    MissingData
        If the data set has to be downloaded first.
    """
    if isinstance(recipe, KerasRecipe):
        for one in recipe.fits():
            fit_data(one)
        return
    check_fit(cast(Recipe, recipe))
    part = recipe.validation_data
    if part and not len(recipe.data.arrays().part(part)[0]):
        remedy = "give the data a train_size that leaves some, or leave validation_data out"
        raise InvalidValue("validation_data", part, f"data with a {part} part", remedy)


def with_forward(runs: Runs) -> Runs:
    """Return the runs with the forward pass of the engine that trained them, as `provenance` names it."""
    engine = ENGINES.get(runs.provenance.get("engine", ""))
    return replace(runs, forward=engine.forward) if engine else runs


def _repeated(experiment: Experiment, seeds: list[int], progress: Callable[[float], None]) -> Runs:
    """Run an experiment of its own kind for every seed.

    How many threads add up a product changes its last bits, so there is one, in every process.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        watch = Stopwatch()
        outcomes = list(_outcomes(experiment, seeds, progress))
        seconds = watch.seconds()
    return Runs(
        recipe=cast(Recipe, experiment),  # what the engines train has layers and more, this has not
        seeds=np.asarray(seeds, np.int64),
        history={},
        metrics=by_name(experiment, seeds, outcomes),
        weights=(),
        provenance={"engine": "numpy"},
        seconds=seconds,
    )


def _outcomes(
    experiment: Experiment, seeds: list[int], progress: Callable[[float], None]
) -> Iterator[Mapping[str, float]]:
    """Yield the outcome of every seed, all at once where the experiment can."""
    if many_at_once(experiment):
        yield from experiment.outcomes(seeds)
        progress(len(seeds))
        return
    for number, seed in enumerate(seeds, start=1):
        yield experiment.outcome(seed)
        progress(number)
