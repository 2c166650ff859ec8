"""The plan of a claim: what its arms cost, and so by which seeds it is judged, and how many at a time."""

from __future__ import annotations

from typing import NamedTuple

from nnspec.claims.declarations import Claim
from nnspec.data.repeatable import check_repeatable
from nnspec.recipes.check import check_fit
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import data_of
from nnspec.recipes.recipe import Recipe
from nnspec.training.cost import cost_level
from nnspec.workers.block import importable


class Plan(NamedTuple):
    """How a claim is judged whose arms have been checked: its level of cost, and seeds added `at_a_time`."""

    claim: Claim
    level: int
    seeds: tuple[int, ...]
    at_a_time: int


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
    travels = importable(recipe) is not None
    for data in data_of(recipe):
        check_repeatable(data, travels=travels)
    if isinstance(recipe, Recipe):
        check_fit(recipe)
    return cost_level(recipe)
