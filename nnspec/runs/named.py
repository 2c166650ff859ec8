"""Results by name, and what is said of a name that is not there: what is missing, why, and what there is."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import METRICS, Recipe


class NoSuchResult(InvalidValue, AttributeError):
    """A result that is no attribute of the runs, in the way that Python asks for attributes."""


class Named(dict[str, NDArray[np.float32]]):
    """Arrays by the names of a `kind`, "history" or "metric", of a recipe's runs."""

    def __init__(self, arrays: Mapping[str, Any], kind: str, recipe: Experiment) -> None:
        super().__init__(arrays)
        self._kind, self._recipe = kind, recipe

    def __getitem__(self, name: object) -> NDArray[np.float32]:
        """Return the array; `InvalidValue` instead of `KeyError`, which names nothing but the key."""
        if isinstance(name, str) and name in self:
            return super().__getitem__(name)
        known = ", ".join(sorted(self))
        expected = f"one of {known}" if known else f"nothing, because these runs have no {self._kind}"
        raise InvalidValue(self._kind, name, expected, why_missing(name, self._kind, self, self._recipe))


def why_missing(name: object, kind: str, there: Mapping[str, Any], recipe: Experiment) -> str:
    """Return why runs of a recipe have no such metric or history, and what to do; empty if nobody knows."""
    lower = {known.lower(): known for known in there}
    near = [lower[one] for one in difflib.get_close_matches(str(name).lower(), lower, n=1)]
    if isinstance(recipe, KerasRecipe):
        known = f"its model reports {', '.join(sorted(there)) or 'nothing'}"
        return f"did you mean {near[0]!r}?" if near else f"{known}; name another metric in compile()"
    if not isinstance(recipe, Recipe):
        # a name of Keras is no misspelt one of an experiment's own
        told = f"{recipe} is an experiment of its own, which keeps what outcome() returns and no history"
        return told if kind == "history" else f"did you mean {near[0]!r}?" if near else told
    measured = str(name).removeprefix("val_").removeprefix("test_")
    if measured in METRICS and measured not in recipe.metrics:
        return f"add it to the recipe: metrics={[*recipe.metrics, measured]!r}"
    if measured in ("loss", *METRICS) and measured != name:
        part = str(name).split("_", maxsplit=1)[0]
        if part == "test" and kind == "history":
            return f"runs.metric({name!r}) is evaluated with the final weights"
        if part == "test":
            return "the data have no test part: give them a train_size that leaves some examples"
        if recipe.validation_data is None:
            return "nothing was validated: give the recipe validation_data='test' or 'validation'"
        return f"it is a history: runs.epoch({name!r}, -1)" if kind == "metric" else ""
    return f"did you mean {near[0]!r}?" if near else ""
