"""Runs of which the accuracies are given by the seed, and claims about them; nothing is trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.claims.declarations import Claim, Document, claim
from nnspec.claims.judging import Judgement, judge
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

ERROR_RATE = 1e-3 / 300
RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=1)
WITHOUT_CAUSE = RECIPE.with_epochs(2)
OTHER_ARM = RECIPE.with_epochs(3)
THIRD_ARM = RECIPE.with_epochs(4)
DOCUMENT = Document("lines", "Lines", ("Straight lines",))
Accuracies = Callable[[NDArray[np.int64]], Any]


class FakeTrainer:
    """Makes runs whose accuracy is a function of the seed; notes what it was asked for."""

    def __init__(self, accuracies: dict[Recipe, Accuracies]) -> None:
        self.accuracies = {WITHOUT_CAUSE: lambda seeds: 0.0 * seeds} | accuracies
        self.asked: list[tuple[Recipe, int, int]] = []

    def __call__(self, recipe: Recipe, seeds: Sequence[int]) -> Runs:
        """Return the runs of these seeds."""
        self.asked.append((recipe, seeds[0], len(seeds)))
        values = np.asarray(self.accuracies[recipe](np.array(seeds)), np.float32)
        metrics = {"accuracy": values, "loss": 1 - values}
        return Runs(recipe, np.array(seeds), {}, metrics, (values[:, None],), {"engine": "fake"})

    def seeds(self, recipe: Recipe) -> int:
        """Return how many seeds of a recipe were asked for."""
        return sum(number for asked, _, number in self.asked if asked == recipe)


def always(seeds: NDArray[np.int64]) -> Any:
    """Return an accuracy of one for every seed."""
    return 0.0 * seeds + 1.0


def every_other(seeds: NDArray[np.int64]) -> Any:
    """Return an accuracy of one for odd seeds, of zero for the others."""
    return (seeds % 2).astype(np.float64)


def mostly(seeds: NDArray[np.int64]) -> Any:
    """Return an accuracy of one for five of eight seeds, of zero for the others."""
    return (seeds % 8 < 5).astype(np.float64)


def drawn(stream: int, mean: float = 0.0) -> Accuracies:
    """Return continuous values around a mean, independent for every seed and stream."""

    def values(seeds: NDArray[np.int64]) -> Any:
        return [mean + np.random.default_rng([stream, int(seed)]).normal() for seed in seeds]

    return values


def accurate(runs: Runs) -> Any:
    """Nearly all is classified."""
    return runs.accuracy >= 0.5


def better(this: Runs, that: Runs) -> Any:
    """Better it is."""
    return this.accuracy > that.accuracy


def declared(predicate: Callable[..., Any] = accurate, /, **changes: Any) -> Claim:
    """Return a claim of one arm with a counterfactual, but for what is changed."""
    proper: dict[str, Any] = {
        "source": DOCUMENT.at("Straight lines"),
        "recipe": RECIPE,
        "counterfactual": WITHOUT_CAUSE,
        "because": "half of them",
    }
    return claim("line-1", **proper | changes)(predicate)


def of_two_arms(predicate: Callable[..., Any] = better, /, **changes: Any) -> Claim:
    """Return a claim about two arms, this and that, without a counterfactual."""
    pair = {"recipe": {"this": RECIPE, "that": OTHER_ARM}, "counterfactual": None}
    return declared(predicate, **pair | changes)


def judged(
    train: FakeTrainer,
    wanted: Claim | None = None,
    seeds: Sequence[int] = range(256),
    error_rate: float = ERROR_RATE,
) -> Judgement:
    """Return how the seeds judge a claim, by default that of one arm."""
    return judge(wanted or declared(), train, seeds, error_rate)
