"""The plan of a claim: what its arms cost, and so by which seeds it is judged, and how many at first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nnspec.basics.duration import rough
from nnspec.claims.budget import AS_LONG, AT_A_TIME, DEARER, DECIDED_BY, FEWER, MORE, NEEDED, Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.reading import can_decide, fewest_seeds
from nnspec.data.repeatable import check_repeatable
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import data_of, key_of
from nnspec.recipes.trainable import Trainable
from nnspec.session.work import seconds_of
from nnspec.training import check_data
from nnspec.training.cost import cost_level
from nnspec.workers.block import importable


class Plan(NamedTuple):
    """How a claim is judged whose arms have been checked.

    `cost` is how many seconds of a core a seed of all arms is expected to take, `seeds` those that a verdict
    may use, added `at_a_time` at first; figures are placed among the first `placed` of them at least.
    """

    claim: Claim
    cost: float
    seeds: tuple[int, ...]
    at_a_time: int
    placed: int
    most: int = 0  # seeds, where a time limits them and not the plan


def plan(claim: Claim, budget: Budget, cost: float, level: int, error_rate: float) -> Plan:
    """Return the plan of a claim within a budget, one seed of which costs so many seconds."""
    at_a_time = AT_A_TIME[level]
    fewest = fewest_seeds(claim.share, error_rate, at_a_time, DECIDED_BY)
    seeds = budget.seeds_for(cost, at_a_time, claim.reading, fewest)
    placed = len(budget.seeds_for(cost, at_a_time, "figure", fewest))
    return Plan(claim, cost, seeds, at_a_time, placed)


def why_too_few(planned: Plan, budget: Budget, error_rate: float) -> str:
    """Return why a small budget's seeds need not be trained, empty where they may decide the claim."""
    claim, seeds = planned.claim, len(planned.seeds)
    if not budget.is_small or can_decide(claim.reading, claim.share, seeds, error_rate):
        return ""
    fewest = fewest_seeds(claim.share, error_rate, planned.at_a_time, DECIDED_BY)
    asked = fewest or planned.at_a_time
    more, time = AS_LONG if fewest else MORE, rough(asked * planned.cost)
    if not seeds:
        return DEARER.format(seeds=asked, time=time, work=budget.work, more=more)
    needed = NEEDED.format(seeds=fewest, time=time)
    return FEWER.format(seeds=seeds, more=f"{needed}; {more}" if fewest else more)


def expected_seeds(seeds: Sequence[int], at_a_time: int, reading: str) -> int:
    """Return how many of these seeds a verdict is likely to take: most take a block or two."""
    return min(len(seeds), 2 * at_a_time) if reading == "general" else len(seeds)


def cost_of(claim: Claim) -> float:
    """Return about how many seconds of a core a seed of all recipes takes, of engines that train them."""
    recipes = {key_of(one): one for one in arms(claim) if isinstance(one, Trainable)}
    return sum(map(seconds_of, recipes.values()))


def arms(claim: Claim) -> list[Experiment]:
    """Return what is trained for a claim and for its counterfactual."""
    return [*claim.recipes.values(), *claim.counterfactual.values()]


def cost_level_of(claim: Claim) -> int:
    """Return the highest level of cost of any arm of the claim or its counterfactual.

    Raises
    ------
    InvalidValue
        If data, layers and loss of an arm do not fit one another.
    """
    return max(map(checked_level, arms(claim)))


def checked_level(recipe: Experiment) -> int:
    """Return the level of cost of a recipe whose data stay the same and fit layers and loss.

    Raises
    ------
    InvalidValue
        If they do not.
    """
    for data in data_of(recipe):
        check_repeatable(data, travels=lambda: importable(recipe) is not None)
    if isinstance(recipe, Trainable):
        check_data(recipe)
    return cost_level(recipe)
