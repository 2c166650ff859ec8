"""What training a function's model computes, as an experiment: handed to workers and kept as all are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.cost import Count, seconds_of_count, seconds_of_fit, seconds_of_function
from nnspec.training.engine import NotTrained
from nnspec.training.vectorised import engine


@dataclass(frozen=True)
class Counted(Experiment):
    """Builds the model of a recipe and counts what a seed computes; no seed counts otherwise than another.

    A model that goes to `model.fit` cannot be counted. What is wrong with a function is told where it is
    trained, and so is what fails by the way, such as a process without memory: it is not kept as an outcome.
    """

    recipe: KerasRecipe

    def outcome(self, seed: int) -> Mapping[str, float]:
        """Return the numbers of `Count` by name, and whether it is `counted`."""
        try:
            return {"counted": 1.0, **{k: float(v) for k, v in engine.count(self.recipe)._asdict().items()}}
        except (InvalidValue, NotTrained):
            return {"counted": 0.0, **Count()._asdict()}


def seconds_of_counted(recipe: KerasRecipe, found: Mapping[str, float]) -> float:
    """Return the seconds of a core that a seed takes, from the outcome of its `Counted`."""
    if not found["counted"]:
        return seconds_of_function(recipe) + seconds_of_fit(recipe)
    return seconds_of_count(Count(*(found[name] for name in Count._fields)))
