"""One verification session: budget, error rate and store behind every claim that is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nnspec.basics.errors import one_of
from nnspec.claims.budget import AT_A_TIME, FEWER, MOST, Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Judgement
from nnspec.claims.judging import judge
from nnspec.claims.reading import can_decide, fewest_seeds
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import Key, key_of
from nnspec.recipes.recipe import Recipe
from nnspec.session.outcomes import ENGINE, Outcomes
from nnspec.session.plan import Plan, arms, checked_level
from nnspec.store.store import Store
from nnspec.training import ENGINES, Runs, concatenate, train
from nnspec.workers.pool import Workers

Progress = Callable[[Experiment, float, int], None]
CLAIMS_AHEAD = 4  # how many claims are begun, counting the one that is judged


class Judged(NamedTuple):
    """A judgement, the plan behind it, and how many seeds were newly trained for it."""

    judgement: Judgement
    plan: Plan
    trained: int


@dataclass
class Session:
    """Judges claims with the same budget and error rate, training each recipe once.

    `error_rate` is that of one verdict. `progress` is called with a recipe, the seeds done and the
    seeds wanted. `order` lists the claims in the order in which they will be judged, so that those
    to come are trained ahead, `claims_ahead` of them with the one that is judged. `trained` counts the
    seeds that this session trained itself. `learned` is called with a claim of experiments that no engine
    trains and the seconds of a core that all its seeds would take, once one outcome has been measured.
    """

    budget: Budget
    error_rate: float
    store: Store
    engine: str = "stacked"
    progress: Progress = lambda recipe, done, wanted: None
    workers: Workers = field(default_factory=lambda: Workers())  # looked up late: tests may replace it
    order: list[Claim] = field(default_factory=list)
    claims_ahead: int = CLAIMS_AHEAD
    trained: int = 0
    learned: Callable[[Claim, float], None] = lambda claim, seconds: None
    _kept: dict[tuple[Key, tuple[int, ...], str], Runs] = field(default_factory=dict)
    _levels: dict[Key, int] = field(default_factory=dict)  # of cost
    _plans: dict[int, Plan] = field(default_factory=dict)  # by the id() of a claim, which its plan keeps

    def __post_init__(self) -> None:
        self._outcomes = Outcomes(self.store, self.budget.seeds[: AT_A_TIME[0]])

    def why_not(self, claim: Claim) -> str:
        """Return why a small budget's seeds for a claim need not be trained, empty where they may decide it.

        Seeds that were asked for by number, and those of larger budgets, are trained whatever they can tell.

        Raises
        ------
        InvalidValue
            If data, layers and loss of an arm do not fit one another.
        """
        seeds = len(self._plan(claim).seeds)
        if not self.budget.is_small or can_decide(claim.reading, claim.share, seeds, self.error_rate):
            return ""
        return FEWER.format(seeds=seeds)

    def judge(self, claim: Claim) -> Judged:
        """Return the judgement of a claim within the budget, and what it took.

        Raises
        ------
        InvalidValue
            If data, layers and loss of an arm do not fit one another.
        """
        plan, before = self._plan(claim), self.trained
        self.begin(claim)
        found = judge(claim, self.runs, plan.seeds, self.error_rate, plan.at_a_time)
        return Judged(found, plan, self.trained - before)

    def close(self) -> None:
        """End the worker processes."""
        self.workers.close()

    def begin(self, claim: Claim) -> None:
        """Begin the first blocks of this claim and of the next ones, which will be needed in any case."""
        place = next((i for i, planned in enumerate(self.order) if planned is claim), None)
        for coming in [claim] if place is None else self.order[place : place + self.claims_ahead]:
            try:
                plan = self._plan(coming)
                skipped = self.why_not(coming)
            except Exception:  # noqa: S112  # whatever its data do wrong is told when it is that claim's turn
                continue
            if not skipped:
                self.ahead(arms(coming), plan.seeds[: plan.at_a_time])

    def ahead(self, recipes: Iterable[Experiment], seeds: Sequence[int]) -> None:
        """Begin to train the recipes that neither memory nor store has from these seeds."""
        for recipe in recipes:
            if not isinstance(recipe, Recipe) and not self._outcomes.are_spread(recipe):
                continue
            for block in self._blocks(recipe, seeds):
                kept = (key_of(recipe), tuple(block), self.engine) in self._kept
                if not kept and not self.store.has(recipe, block, _kept_under(recipe, self.engine)):
                    self.workers.ahead(recipe, block, self.engine)

    def runs(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        """Return the runs of these seeds, from memory, from the store or by training them.

        `engine` is another one than the session's.
        """
        blocks = self._blocks(recipe, seeds)
        return concatenate([self._block(recipe, block, engine or self.engine) for block in blocks])

    def runs_within_budget(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        """Return the runs of these seeds, or of the first of them, as many as a verdict may use.

        Raises
        ------
        InvalidValue
            If there is no such engine.
        """
        if engine:
            one_of("engine", engine, ENGINES)
        return self.runs(recipe, seeds[: self.budget.told[self._level(recipe)]], engine)

    def _plan(self, claim: Claim) -> Plan:
        """Return the plan of a claim, made once."""
        if id(claim) not in self._plans:
            level = max(map(self._level, arms(claim)))
            fewest = fewest_seeds(claim.reading, claim.share, self.error_rate, AT_A_TIME[level], MOST)
            seeds = self.budget.seeds_for(level, claim.reading, fewest)
            plan = Plan(claim, level, seeds, AT_A_TIME[level])
            self._plans[id(claim)] = plan
            own = [one for one in arms(claim) if not isinstance(one, Recipe)]
            if own:
                self.learned(claim, sum(map(self._outcomes.new_seconds, own)) * len(plan.seeds))
        return self._plans[id(claim)]

    def _level(self, recipe: Experiment) -> int:
        """Return the level of cost of a recipe, which is checked once."""
        name = key_of(recipe)
        if name not in self._levels:
            level = checked_level(recipe)
            self._levels[name] = level if isinstance(recipe, Recipe) else self._outcomes.level(recipe)
        return self._levels[name]

    def _blocks(self, recipe: Experiment, seeds: Sequence[int]) -> list[Sequence[int]]:
        size = AT_A_TIME[self._level(recipe)]
        return [seeds[start : start + size] for start in range(0, len(seeds), size)]

    def _block(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> Runs:
        key = key_of(recipe), tuple(seeds), engine
        if key not in self._kept:
            self._kept[key] = self._found_or_trained(recipe, seeds, engine)
        return self._kept[key]

    def _found_or_trained(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> Runs:
        here = not isinstance(recipe, Recipe) and not self._outcomes.are_spread(recipe)
        if here and self._outcomes.first(recipe).seeds.tolist() == list(seeds):
            self.trained += len(seeds) * self._outcomes.is_new(recipe)
            return self._outcomes.first(recipe)

        def trained() -> Runs:
            self.progress(recipe, 0.0, len(seeds))
            work = train if here else self.workers.train
            runs = work(recipe, seeds, engine, lambda done: self.progress(recipe, done, len(seeds)))
            self.trained += len(seeds)
            return runs if isinstance(recipe, Recipe) else self._outcomes.check(runs, recipe)

        if here and not self._outcomes.are_kept(recipe):
            return trained()
        return self.store.runs(recipe, seeds, _kept_under(recipe, engine), trained)[0]


def _kept_under(recipe: Experiment, engine: str) -> str:
    """Return under which engine the store keeps runs."""
    return engine if isinstance(recipe, Recipe) else ENGINE
