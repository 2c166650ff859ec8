"""Training that is watched: the runs say what the functions of a recipe have read from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from nnspec.basics.code import begin_anew
from nnspec.data.files import known_files
from nnspec.machine import reads
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import data_of
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs, concatenate
from nnspec.training import train as train_unwatched


def train(
    recipe: Experiment,
    seeds: Sequence[int],
    engine: str = "stacked",
    progress: Callable[[float], None] = lambda _: None,
) -> Runs:
    """Train as `nnspec.train` does, and add to `provenance` what was read, as `nnspec.machine.reads` has it.

    The arrays of the recipe's data count for themselves, by their checksums. Layers that are described read
    nothing.
    """
    if type(recipe) is Recipe:
        return train_unwatched(recipe, seeds, engine, progress)
    for data in data_of(recipe):
        data.arrays()
    unseen = begin_anew(recipe.functions if isinstance(recipe, Trainable) else [type(recipe)])
    with reads.reading(*known_files()) as read:
        for name in unseen:
            read.found(name, "", None)
        runs = train_unwatched(recipe, seeds, engine, progress)
    return _reading(runs, reads.together([read.record(), runs.provenance]))


def together(parts: Sequence[Runs]) -> Runs:
    """Return the runs of all parts, as `concatenate` does, with what was read for any of them.

    Raises
    ------
    InvalidValue
        As `concatenate`.
    Unrepeatable
        If a file was changed in between, so that they are not of one model.
    """
    return _reading(concatenate(parts), reads.together(part.provenance for part in parts))


def _reading(runs: Runs, record: reads.Record) -> Runs:
    return replace(runs, provenance={**runs.provenance, **record}) if record else runs
