"""One verification session: budget, error rate and store behind every claim that is judged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nnspec.claims.budget import AT_A_TIME, Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Judgement
from nnspec.claims.judging import judge
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.trainable import Trainable
from nnspec.session.allotment import Allotment, Told
from nnspec.session.costs import Costs
from nnspec.session.left_to_train import LeftToTrain
from nnspec.session.outcomes import Outcomes
from nnspec.session.plan import Plan, arms, expected_seeds, plan, why_too_few
from nnspec.session.to_come import ClaimsToCome
from nnspec.session.trained import Progress, StillTraining, TrainedRuns
from nnspec.store.store import Store
from nnspec.training import Runs
from nnspec.workers.pool import Workers

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
    to come are trained ahead, `claims_ahead` of them with the one that is judged, and more of them while
    that one is waited for. `learned` is called with a claim of experiments that no engine
    trains and the seconds of a core that all its seeds would take, once one outcome has been measured. What
    a time is shared out to is told to `told`, see `nnspec.session.allotment`. Nothing is begun for claims of
    which `found` says that an earlier run has found all.
    """

    budget: Budget
    error_rate: float
    store: Store
    engine: str = "stacked"
    progress: Progress = lambda recipe, done, wanted: None
    workers: Workers = field(default_factory=lambda: Workers())  # looked up late: tests may replace it
    order: list[Claim] = field(default_factory=list)
    claims_ahead: int = CLAIMS_AHEAD
    told: Told = lambda decided, left, seconds: None
    learned: Callable[[Claim, float], None] = lambda claim, seconds: None
    found: Callable[[Claim], bool] = lambda claim: False
    seconds_of_facts: float = 0.0  # that a run with a time has spent on what its facts train
    _trained_for: dict[int, int] = field(default_factory=dict)  # seeds, by the id() of a claim
    _awaited: dict[int, tuple[Experiment, Sequence[int]]] = field(default_factory=dict)  # of claims to come
    _plans: dict[int, Plan] = field(default_factory=dict)  # by the id() of a claim, which its plan keeps

    def __post_init__(self) -> None:
        seconds = self.budget.seconds
        self._allotment = None if seconds is None else Allotment(seconds, self.told)
        self._outcomes = Outcomes(self.store, self.budget.seeds[: AT_A_TIME[0]])
        self.costs = Costs(self._outcomes, self.store, self.workers, self.engine)
        self._left = LeftToTrain(self.has, self.costs.seconds)
        terms = self.store, self.engine, self._told_progress, self.workers
        self._trained = TrainedRuns(*terms, self._outcomes, self.costs)
        self._to_come = ClaimsToCome(self._judged_ahead, self._waits, self.workers.has_room)

    @property
    def trained(self) -> int:
        """How many seeds this session trained itself."""
        return self._trained.number

    def why_not(self, claim: Claim) -> str:
        """Return why a small budget's seeds for a claim need not be trained, empty where they may decide it.

        Seeds that were asked for by number, and those of larger budgets, are trained whatever they can tell.
        Where the run has a time, all that it allows is trained first.

        Raises
        ------
        InvalidValue
            If data, layers and loss of an arm do not fit one another.
        """
        self._share_out()
        planned = self._plan(claim)
        if not planned.seeds and (reason := self.why_open(claim)):
            return reason
        return why_too_few(planned, self.budget, self.error_rate)

    def judge(self, claim: Claim) -> Judged:
        """Return the judgement of a claim within the budget, and what it took.

        Raises
        ------
        InvalidValue
            If data, layers and loss of an arm do not fit one another.
        """
        self._share_out()
        planned = self._plan(claim)
        self.begin(claim)
        coming = self._coming(claim)[1:]
        with self._counting(claim), self._trained.going_on(lambda: self._to_come.go_on(coming)):
            found = self._judgement(planned, planned.seeds)
        return Judged(found, planned, self._trained_for.pop(id(claim), 0))

    def why_open(self, claim: Claim) -> str:
        """Return why the time of a run did not decide a claim, empty where it did or there is none."""
        return self._allotment.why_open(claim) if self._allotment else ""

    def _told_progress(self, recipe: Experiment, done: float, wanted: int) -> None:
        self.progress(recipe, done, wanted)

    @property
    def stopped(self) -> KeyboardInterrupt | None:
        """What stopped the run while its time was shared out, to be raised when what is judged is told."""
        return self._allotment.stopped if self._allotment else None

    def _share_out(self) -> None:
        """Train within the time of the run, if it has one, and give every claim the seeds that it got."""
        if self._allotment is None or self._allotment.is_done:
            return
        plans = list(self._plans_in_order())  # makes the data, and measures experiments
        terms = self._counted, self._begin_block, self._left.share, self._outcomes.spent
        for planned in self._allotment.share_out(plans, *terms):
            self._plans[id(planned.claim)] = planned

    def _plans_in_order(self) -> Iterator[Plan]:
        for claim in self.order:
            with contextlib.suppress(Exception):  # what its data do wrong is told when it is its turn
                yield self._plan(claim)

    def _counted(self, planned: Plan, seeds: Sequence[int]) -> Judgement:
        """Judge before it is the claim's turn, and remember what was trained for it."""
        meanwhile = self._allotment.stop_when_over if self._allotment else lambda: None
        try:
            with self._counting(planned.claim), self._trained.going_on(meanwhile):
                # the seeds that are still to come may decide it, so these are not too few to go on
                return self._judgement(planned._replace(most=len(planned.seeds)), seeds)
        finally:
            self._left.trained(planned)

    @contextlib.contextmanager
    def _counting(self, claim: Claim) -> Iterator[None]:
        """Count what is trained for a claim, but for what is trained for others meanwhile."""
        name = id(claim)
        before = self.trained - sum(self._trained_for.values())
        try:
            yield
        finally:
            new = self.trained - sum(self._trained_for.values()) - before
            self._trained_for[name] = self._trained_for.get(name, 0) + new

    def _begin_block(self, planned: Plan, seeds: Sequence[int]) -> None:
        self.ahead(arms(planned.claim), seeds)

    def _judgement(self, planned: Plan, seeds: Sequence[int]) -> Judgement:
        claim = planned.claim

        def trained(recipe: Experiment, seeds: Sequence[int]) -> Runs:
            side = claim.recipes if recipe in claim.recipes.values() else claim.counterfactual
            self.ahead(side.values(), seeds)  # all arms of a side are asked for, one after the other
            return self.runs(recipe, seeds)

        terms = self.error_rate, planned.at_a_time, planned.placed, planned.most
        return judge(claim, trained, seeds, *terms)

    def close(self) -> None:
        """End the worker processes."""
        self.workers.close()

    def begin(self, claim: Claim) -> None:
        """Begin the first blocks of this claim and of the next ones, which will be needed in any case."""
        for coming in self._coming(claim)[: self.claims_ahead]:
            try:
                if coming is not claim and self.found(coming):
                    continue
                planned = self._plan(coming)
                skipped = self.why_not(coming)
            except Exception:  # noqa: S112  # what its data do wrong is told when it is its turn
                continue
            if not skipped:
                self.ahead(arms(coming), planned.seeds[: planned.at_a_time])

    def _coming(self, claim: Claim) -> list[Claim]:
        """Return this claim and those that are judged after it."""
        place = next((i for i, planned in enumerate(self.order) if planned is claim), None)
        return [claim] if place is None else self.order[place:]

    def _judged_ahead(self, claim: Claim) -> bool:
        """Return whether a claim that comes later needs nothing more; begin what it needs where it does."""
        if self.found(claim) or self.why_not(claim):
            return True
        planned = self._plan(claim)
        self.ahead(arms(claim), planned.seeds[: planned.at_a_time])
        try:
            with self._counting(claim), self._trained.what_is_there():
                self._judgement(planned, planned.seeds)
        except StillTraining as error:  # which holds all that was judged so far
            self._awaited[id(claim)] = error.recipe, error.seeds
            return False
        return True

    def _waits(self, claim: Claim) -> bool:
        """Return whether what a claim that comes later has begun is still being trained."""
        awaited = self._awaited.get(id(claim))
        return awaited is not None and not self._trained.is_there(*awaited)

    def ahead(self, recipes: Iterable[Experiment], seeds: Sequence[int]) -> None:
        """Begin to train the recipes that neither memory nor store has from these seeds."""
        self._trained.ahead(recipes, seeds)

    def runs(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        """Return the runs of these seeds, from memory, from the store or by training them.

        `engine` is another one than the session's.
        """
        return self._trained.runs(recipe, seeds, engine)

    def has(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> bool:
        """Return whether memory or store has the runs of these seeds, so that nothing need be trained."""
        return self._trained.has(recipe, seeds, engine)

    def _plan(self, claim: Claim) -> Plan:
        """Return the plan of a claim, made once."""
        if id(claim) not in self._plans:
            level, cost = self.costs.of_all(arms(claim))
            planned = plan(claim, self.budget, cost, level, self.error_rate)
            self._plans[id(claim)] = planned
            own = [one for one in arms(claim) if not isinstance(one, Trainable)]
            if own:
                seeds = expected_seeds(planned.seeds, planned.at_a_time, claim.reading)
                self.learned(claim, seeds * sum(map(self._outcomes.new_seconds, own)))
        return self._plans[id(claim)]
