"""Runs for facts, of which no verdict is asked: a few seeds, and none that a small budget cannot pay.

A run that has a time has a fifth of it besides for what its facts train.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from nnspec.basics.duration import rough
from nnspec.basics.errors import one_of
from nnspec.claims.budget import AS_LONG, DEARER
from nnspec.machine.process import available_cores
from nnspec.recipes.experiment import Experiment
from nnspec.session.allotment import COMPILING, NO_TIME
from nnspec.session.session import Session
from nnspec.training import ENGINES, Runs

_SHARE = 0.2  # of the time of a run, besides


def runs_for_facts(
    session: Session, recipe: Experiment, seeds: Sequence[int], engine: str = ""
) -> Runs | str:
    """Return the runs of these seeds, or of the first of them, as many as the budget has for what is told.

    Where they would take more than a small budget has for a verdict, or than the time of the run leaves for
    facts, and no earlier run has kept them, the reason is returned, and nothing is trained.

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
    if budget.seconds is None or session.has(recipe, few, engine):
        return session.runs(recipe, few, engine)
    if COMPILING + cost * len(few) / available_cores() > _SHARE * budget.seconds - session.seconds_of_facts:
        return NO_TIME.format(seeds=len(few), time=rough(cost * len(few)))
    started = time.perf_counter()
    try:
        return session.runs(recipe, few, engine)
    finally:
        session.seconds_of_facts += time.perf_counter() - started
