"""Repair: the smallest change of a claim's recipe under which it holds, chosen and confirmed on other seeds.

Choosing the best of many changes flatters it: on the seeds that chose it, it does better than it will on
others. So what is chosen is judged once more, from seeds that took no part in the choice, and the error
rate is split over all the confirmations that there may be (Bonferroni).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from scipy import stats

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.judging import Trainer, ask, judge
from nnspec.recipes.changes import UNCHANGED, Change, initializers, learning_rate, neighbourhood
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.script import script_difference
from nnspec.session.plan import arms, cost_level_of, cost_of, plan
from nnspec.statistics.shares import Verdict
from nnspec.studies.repair.record import Confirmation, Counted, Repair, Trial

FIRST_SEED, FIRST_FRESH_SEED = 2**16, 2**17  # beyond the seeds of every budget, and of each other
# seeds that choose, for each level of cost: how many at the first look, and in all
SEEDS = ((64,), (32, 64), (8, 24))
HOPELESS = 0.01  # probability of so few yeses in a share as large as claimed: then the others are not trained
CONFIRMATIONS = 3  # of single changes, and as many of pairs
_AHEAD = 4  # changes that are begun while one is trained

Told = Callable[[Trial | Confirmation], None]
Begin = Callable[[Iterable[Experiment], Sequence[int]], None]
# what a predicate may raise that was written for another number of epochs or units
_UNFIT = (ValueError, LookupError, ArithmeticError)


def changed(claim: Claim, change: Change) -> Claim:
    """Return the claim with every arm and its counterfactual changed alike, without documented figures.

    Raises
    ------
    InvalidValue
        If an arm cannot be changed so, nothing would change, or the arms differ in what would change.
    """
    if not change.steps:
        return replace(claim, documented={})
    found = initializers(arm for arm in arms(claim) if isinstance(arm, Recipe))
    if any(step.factor is None for step in change.steps) and len(found) > 1:
        # swapped in every arm, it would turn a claim about initialization into its opposite
        raise InvalidValue("initialization", "several", "the same one in every hidden layer and arm")
    recipes, counterfactual = _applied(change, claim.recipes), _applied(change, claim.counterfactual)
    for step in change.steps:
        if _applied(Change((step,)), claim.recipes) == dict(claim.recipes):
            raise InvalidValue("change", str(step), "one that changes something in the recipe")
    return replace(claim, recipes=recipes, counterfactual=counterfactual, documented={})


def repair(
    claim: Claim,
    train: Trainer,
    error_rate: float,
    budget: Budget,
    told: Told = lambda _: None,
    begin: Begin = lambda _, __: None,
) -> Repair:
    """Return what was found in the neighbourhood of a claim's recipes.

    A change counts where the claim holds and its counterfactual, changed alike, is refuted. Single changes
    come first, and pairs only where no single one is confirmed; those of epochs and learning rate are tried
    in any case, for the map. A change that the first of the seeds that choose leave hardly any hope is not
    tried on the others. `budget` has the fresh seeds of a confirmation, `error_rate` is that of the
    whole search. `told` hears of everything as it is found, and `begin` of what will be trained soon.

    Raises
    ------
    InvalidValue
        If the claim trains no recipe.
    """
    main = next((one for one in claim.recipes.values() if isinstance(one, Recipe)), None)
    if main is None:
        received = ", ".join(type(one).__name__ for one in claim.recipes.values())
        raise InvalidValue(f"claim {claim.key!r}: recipe", received, "a Recipe, which has epochs to change")
    search = _Search(claim, train, error_rate, budget, told, begin)
    changes = neighbourhood()
    singles = [one for one in changes if len(one.steps) == 1]
    pairs = [one for one in changes if len(one.steps) > 1]
    search.try_out([UNCHANGED, *singles, *(one for one in pairs if one.on_the_map)])
    found = search.confirm(singles)
    if found is None:
        search.try_out([one for one in pairs if not one.on_the_map])
        found = search.confirm(pairs)
    return Repair(
        claim.key,
        claim.source.document.key,
        claim.share,
        error_rate,
        2 * CONFIRMATIONS,
        main.epochs,
        learning_rate(main),
        tuple(search.trials.values()),
        tuple(search.confirmations),
        search.before(found),
        "" if found is None else script_difference(claim.recipes, changed(claim, found.change).recipes),
    )


class _Search:
    """What has been tried and confirmed so far."""

    def __init__(
        self, claim: Claim, train: Trainer, error_rate: float, budget: Budget, told: Told, begin: Begin
    ) -> None:
        self.trials: dict[Change, Trial] = {}
        self.confirmations: list[Confirmation] = []
        self._claim, self._train, self._told, self._begin = claim, train, told, begin
        self._error_rate, self._budget = error_rate / (2 * CONFIRMATIONS), budget
        looks = itertools.pairwise((0, *SEEDS[cost_level_of(claim)]))
        self._blocks = [range(FIRST_SEED + start, FIRST_SEED + end) for start, end in looks]

    def try_out(self, changes: Sequence[Change]) -> None:
        """Count what the seeds that choose say of each change."""
        claims: dict[Change, Claim | InvalidValue] = {}
        for change in changes:
            try:
                claims[change] = changed(self._claim, change)
            except InvalidValue as error:
                claims[change] = error
        fit = [one for one in claims.values() if isinstance(one, Claim)]
        for change, claim in claims.items():
            if isinstance(claim, Claim):
                place = fit.index(claim)
                coming = [arm for one in fit[place : place + _AHEAD] for arm in one.recipes.values()]
                self._begin(coming, self._blocks[0])
                trial = self._tried(change, claim)
            else:
                trial = Trial(change, None, str(claim))
            self.trials[change] = trial
            self._told(trial)

    def _tried(self, change: Change, claim: Claim) -> Trial:
        try:
            return Trial(change, self._counted(claim, to_the_end=change == UNCHANGED))
        except _UNFIT as error:
            if change == UNCHANGED:  # then the fault is the claim's, not the change's
                raise
            why = " ".join(f"{type(error).__name__}: {error}".split())
            return Trial(change, None, f"the predicate does not take it: {why}")

    def _counted(self, claim: Claim, to_the_end: bool) -> Counted:
        """Count the seeds that choose, where the first leave any hope or all are wanted."""
        successes = seeds = 0
        for block in self._blocks:
            hopeless = seeds and stats.binom.cdf(successes, seeds, claim.share) < HOPELESS
            if hopeless and not to_the_end:
                break
            found = ask(claim, self._train, block, self._error_rate)
            successes, seeds = successes + found.successes, seeds + len(found.answers)
        return Counted(successes, seeds)

    def confirm(self, changes: Sequence[Change]) -> Confirmation | None:
        """Judge those whose share is above the claimed one, the smallest first, until one is confirmed."""
        counts = {change: self.trials[change].counted for change in changes}
        chosen = [one for one, n in counts.items() if n and n.successes > self._claim.share * n.seeds]
        for change in chosen[:CONFIRMATIONS]:
            claim = changed(self._claim, change)
            planned = plan(claim, self._budget, cost_of(claim), cost_level_of(claim), self._error_rate)
            self._begin(arms(claim), planned.seeds[: planned.at_a_time])
            found = judge(claim, self._train, planned.seeds, self._error_rate, planned.at_a_time)
            counted = Counted(found.evidence.successes, len(found.evidence.answers))
            one = Confirmation(change, cast(Verdict, found.evidence.verdict), found.without_cause, counted)
            self.confirmations.append(one)
            self._told(one)
            if one.confirmed:
                return one
        return None

    def before(self, found: Confirmation | None) -> Counted:
        """Return the claim as it stands, on as many of the fresh seeds as its repair took."""
        unchanged = self.trials[UNCHANGED].counted
        if found is None and unchanged is not None:
            return unchanged
        most = found.counted.seeds if found else 0
        seeds = self._budget.seeds[:most]
        evidence = ask(changed(self._claim, UNCHANGED), self._train, seeds, self._error_rate)
        return Counted(evidence.successes, len(evidence.answers))


def _applied(change: Change, arms: Mapping[str, Experiment]) -> dict[str, Experiment]:
    return {name: change.applied(one) if isinstance(one, Recipe) else one for name, one in arms.items()}
