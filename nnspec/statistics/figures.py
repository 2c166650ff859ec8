"""The place of a printed figure among the runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, real_number
from nnspec.statistics.order_statistics import CONFIDENCE, percentile_interval, quantile

_FEWEST = 16  # seeds among which one may speak of groups
_CENTRAL = (2.5, 25.0, 50.0, 75.0, 97.5)


@dataclass(frozen=True)
class Placed:
    """A documented figure among the values of the seeds.

    `percentile` (0 … 100) is the share of seeds below it, ties counted half. `typical` says whether
    it lies in the central 95 %: at least 2.5 % of the seeds give it or less, and 2.5 % it or more; and not
    in a gap. `gap` are the two seeds' figures on either side of it, where more than half of the central
    95 % lies between them, so that no seed comes near it; None elsewhere.
    `quantiles` are the 2.5, 25, 50, 75 and 97.5 % points of the seeds. `percentile_interval` and
    `median_interval` are 95 % intervals for every distribution, (lowest, highest), each for itself: they
    take no part in the error rate of the verdicts. The latter is None where so few seeds cannot give it.
    Older records know no intervals and no gap.
    """

    documented: float
    percentile: float
    typical: bool
    quantiles: tuple[float, float, float, float, float]
    percentile_interval: tuple[float, float] | None = None
    median_interval: tuple[float, float] | None = None
    gap: tuple[float, float] | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What an older record does not have."""
        return ("percentile_interval", "median_interval", "gap") if self.percentile_interval is None else ()


def place(documented: float, values: ArrayLike) -> Placed:
    """Return where a documented figure lies among the finite values of the seeds.

    Figures are printed with a few digits, so that values that agree with it to six digits are ties.

    Raises
    ------
    InvalidValue
        If the values are not real numbers (seeds,), or none is finite.
    """
    finite = real_numbers("values", values).astype(np.float64)
    if finite.ndim != 1:
        raise InvalidValue("values.shape", finite.shape, "one value per seed, (seeds,)")
    finite = finite[np.isfinite(finite)]
    if not len(finite):
        raise InvalidValue("values", values, "at least one finite value to compare the figure with")
    documented = real_number("documented", documented)
    ties = np.isclose(finite, documented, rtol=1e-6, atol=1e-6)
    below, tied, seeds = int(((finite < documented) & ~ties).sum()), int(ties.sum()), len(finite)
    central = 1000 * (below + tied) >= 25 * seeds and 1000 * (seeds - below) >= 25 * seeds
    low, lower, half, upper, high = (float(q) for q in np.percentile(finite, _CENTRAL))
    gap = None if tied else _gap(np.sort(finite), below, high - low)
    middle = quantile(finite)
    of_median = (middle.low, middle.high) if middle.confidence >= CONFIDENCE else None
    intervals = percentile_interval(below, tied, seeds), of_median
    percentile = 100 * (below + tied / 2) / seeds
    quantiles = low, lower, half, upper, high
    return Placed(documented, percentile, central and gap is None, quantiles, *intervals, gap)


def _gap(ordered: NDArray[np.float64], below: int, width: float) -> tuple[float, float] | None:
    """Return the values on either side of a place in `ordered`, if over half of `width` is between."""
    if len(ordered) < _FEWEST or not 0 < below < len(ordered):
        return None
    low, high = float(ordered[below - 1]), float(ordered[below])
    return (low, high) if high - low > width / 2 else None
