"""Runs for facts, of which no verdict is asked: a few seeds, and none that a small budget cannot pay."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.basics.duration import rough
from nnspec.basics.errors import one_of
from nnspec.claims.budget import AS_LONG, DEARER
from nnspec.recipes.experiment import Experiment
from nnspec.session.session import Session
from nnspec.training import ENGINES, Runs


def runs_for_facts(
    session: Session, recipe: Experiment, seeds: Sequence[int], engine: str = ""
) -> Runs | str:
    """Return the runs of these seeds, or of the first of them, as many as the budget has for what is told.

    Where they would take more than a small budget has for a verdict, and no earlier run has kept them, the
    reason is returned, and nothing is trained.

    Raises
    ------
    InvalidValue
        If there is no such engine.
    """
    if engine:
        one_of("engine", engine, ENGINES)
    budget, cost = session.budget, session.costs.seconds(recipe)
    few = seeds[: budget.seeds_told(cost)]
    dear = budget.is_small and cost * len(few) > (budget.work or 0.0)
    if dear and not session.has(recipe, few, engine):
        return DEARER.format(seeds=len(few), time=rough(cost * len(few)), work=budget.work, more=AS_LONG)
    return session.runs(recipe, few, engine)
