"""One verification session: budget, error rate and store behind every claim that is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from nnspec.claims.budget import AT_A_TIME, Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.judging import Judgement, judge
from nnspec.recipes.check import check_fit
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.store.store import Store
from nnspec.training import Runs, concatenate
from nnspec.training.cost import cost_level
from nnspec.workers.pool import Workers


class SeedTrainer(Protocol):
    """Trains blocks of seeds somewhere, and begins those that will be asked for."""

    def train(
        self, recipe: Experiment, seeds: Sequence[int], engine: str, progress: Callable[[float], None]
    ) -> Runs:
        """Return the runs of these seeds."""

    def ahead(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> None:
        """Begin to train what will be asked for later."""

    def close(self) -> None:
        """Give up what is not finished."""


Progress = Callable[[Experiment, float, int], None]
CLAIMS_AHEAD = 4  # how many claims are begun, counting the one that is judged


def cost_level_of(claim: Claim) -> int:
    """Return the highest level of cost of any arm of the claim or its counterfactual.

    Raises
    ------
    InvalidValue
        If data, layers and loss of an arm do not fit one another.
    """
    return max(_cost_level(recipe) for recipe in [*claim.recipes.values(), *claim.counterfactual.values()])


def _cost_level(recipe: Experiment) -> int:
    if isinstance(recipe, Recipe):
        check_fit(recipe)
    return cost_level(recipe)


@dataclass
class Session:
    """Judges claims with the same budget and error rate, training each recipe once.

    `error_rate` is that of one verdict. `progress` is called with a recipe, the seeds done and the
    seeds wanted. `plan` lists the claims in the order in which they will be judged, so that those
    to come are trained ahead, `claims_ahead` of them with the one that is judged. `trained` counts the
    seeds that this session trained itself.
    """

    budget: Budget
    error_rate: float
    store: Store
    engine: str = "stacked"
    progress: Progress = lambda recipe, done, wanted: None
    workers: SeedTrainer = field(
        default_factory=lambda: Workers()
    )  # looked up late, so that tests may replace it
    plan: list[Claim] = field(default_factory=list)
    claims_ahead: int = CLAIMS_AHEAD
    trained: int = 0
    _kept: dict[tuple[str, tuple[int, ...]], Runs] = field(default_factory=dict)

    def judge(self, claim: Claim) -> Judgement:
        """Return the judgement of a claim within the budget."""
        level = cost_level_of(claim)
        self.begin(claim)
        return judge(claim, self.runs, self.budget.seeds_for(level), self.error_rate, AT_A_TIME[level])

    def close(self) -> None:
        """End the worker processes."""
        self.workers.close()

    def begin(self, claim: Claim) -> None:
        """Begin the first blocks of this claim and of the next ones, which will be needed in any case."""
        place = next((i for i, planned in enumerate(self.plan) if planned is claim), None)
        for coming in [claim] if place is None else self.plan[place : place + self.claims_ahead]:
            try:
                level = cost_level_of(coming)
            except Exception:  # noqa: S112  # whatever its data do wrong is told when it is that claim's turn
                continue
            block = self.budget.seeds_for(level)[: AT_A_TIME[level]]
            for recipe in [*coming.recipes.values(), *coming.counterfactual.values()]:
                kept = (recipe.content_hash, tuple(block)) in self._kept
                if isinstance(recipe, Recipe) and not kept and not self.store.has(recipe, block, self.engine):
                    self.workers.ahead(recipe, block, self.engine)

    def runs(self, recipe: Experiment, seeds: Sequence[int]) -> Runs:
        """Return the runs of these seeds, from memory, from the store or by training them."""
        size = AT_A_TIME[_cost_level(recipe)]
        blocks = [seeds[i : i + size] for i in range(0, len(seeds), size)]
        return concatenate([self._block(recipe, block) for block in blocks])

    def runs_within_budget(self, recipe: Experiment, seeds: Sequence[int]) -> Runs:
        """Return the runs of these seeds, or of the first of them, as many as a verdict may use."""
        return self.runs(recipe, seeds[: self.budget.limits[_cost_level(recipe)]])

    def _block(self, recipe: Experiment, seeds: Sequence[int]) -> Runs:
        key = (recipe.content_hash, tuple(seeds))
        if key not in self._kept:
            runs, found = self._found_or_trained(recipe, seeds)
            if not found:
                self.trained += len(seeds)
            self._kept[key] = runs
        return self._kept[key]

    def _found_or_trained(self, recipe: Experiment, seeds: Sequence[int]) -> tuple[Runs, bool]:
        def trained() -> Runs:
            return self._train(recipe, seeds)

        if not isinstance(recipe, Recipe):  # repeated faster than read, by code that no key covers
            return trained(), False
        return self.store.runs(recipe, seeds, self.engine, trained)

    def _train(self, recipe: Experiment, seeds: Sequence[int]) -> Runs:
        self.progress(recipe, 0.0, len(seeds))

        def progress(done: float) -> None:
            self.progress(recipe, done, len(seeds))

        return self.workers.train(recipe, seeds, self.engine, progress)
