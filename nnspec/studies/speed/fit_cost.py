"""What training costs by `model.fit`, estimated from stored benchmarks in which it was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.statistics.rank_tests import median
from nnspec.studies.speed.run import WORK, Benchmark


@dataclass(frozen=True)
class FitCost:
    """Seconds that `model.fit` takes for one epoch, one batch and one multiplication.

    `rows` is how many measured trainings they come from, `factor` (1 or more) by how much the worst of them
    is off.
    """

    seconds: Mapping[str, float]
    rows: int
    factor: float

    def of(self, work: Mapping[str, float]) -> float:
        """Return the seconds that this work would take."""
        return sum(self.seconds[kind] * float(work[kind]) for kind in WORK)


def fit_cost(benchmarks: Iterable[Benchmark]) -> FitCost | None:
    """Return the cost that fits the measured trainings best, None where fewer than three are known.

    Non-negative least squares on relative errors (Lawson and Hanson, "Solving Least Squares Problems",
    1974; `scipy.optimize.nnls`).

    Raises
    ------
    InvalidValue
        If a measured training did no work that takes time.
    """
    measured = [
        (b.their_work, median(b.their_seconds).value)
        for b in benchmarks
        if b.their_work is not None and b.their_seconds is not None
    ]
    if len(measured) < len(WORK):
        return None
    from scipy.optimize import nnls

    amounts = np.array([[work[kind] for kind in WORK] for work, _ in measured])
    seconds = np.array([second for _, second in measured])
    scale = amounts.max(axis=0, initial=0)
    scale[scale == 0] = 1
    costs, _ = nnls(amounts / scale / seconds[:, None], np.ones(len(seconds)))
    estimated = amounts / scale @ costs
    if not (estimated > 0).all():
        raise InvalidValue("their_work", amounts.tolist(), "work that takes time")
    off = np.abs(np.log(estimated / seconds)).max()
    seconds_each = {kind: float(cost) for kind, cost in zip(WORK, costs / scale, strict=True)}
    return FitCost(seconds_each, len(measured), float(np.exp(off)))
