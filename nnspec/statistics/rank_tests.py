"""Two samples compared by their ranks: tests, a ratio, a shift and a median with intervals.

Nothing is assumed about the distribution, nothing is resampled, and equal input gives equal output.
"""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number
from nnspec.statistics.order_statistics import CONFIDENCE, quantile
from nnspec.statistics.order_statistics import Estimate as Estimate


def p_larger(values: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Return the p-value of the one-sided Mann–Whitney test that `values` (n,) exceed `others` (m,).

    Exact for at most eight values on a side without ties, else the normal approximation with corrections
    for ties and continuity. Source: Mann & Whitney, "On a test of whether one of two random variables is
    stochastically larger than the other", Annals of Mathematical Statistics, 1947; `scipy.stats`.
    """
    from scipy.stats import mannwhitneyu

    p = float(mannwhitneyu(values, others, alternative="greater").pvalue)
    # with ties in small samples the approximation would go below what any arrangement can give
    return min(1.0, max(p, smallest_p(len(values), len(others))))


def p_other(values: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Return the p-value of the two-sample Kolmogorov–Smirnov test: `values` (n,), `others` (m,), any change.

    It sees shifts, spreads and a part of the seeds that goes elsewhere, which a test of location such as
    Mann–Whitney's does not; its p-value is exact, which small levels need, and with ties too large
    rather than too small. Infinite values are ordered as they are. Source: Hodges, "The significance
    probability of the Smirnov two-sample test", Arkiv för Matematik, 1958; `scipy.stats`.
    """
    from scipy.stats import ks_2samp

    _, ranks = np.unique(np.concatenate([values, others]), return_inverse=True)
    with warnings.catch_warnings():
        # a sum that rounds to 1 + 2e-16 is no probability to scipy, which then approximates it, by 1 again
        warnings.filterwarnings("ignore", "ks_2samp: Exact calculation unsuccessful", RuntimeWarning)
        found = ks_2samp(ranks[: len(values)], ranks[len(values) :], method="exact")
    return min(1.0, float(found.pvalue))


def smallest_p(values: int, others: int) -> float:
    """Return the p-value of `p_larger` when all n `values` exceed all m `others`: 1 / C(n + m, n)."""
    return 1 / math.comb(values + others, values)


def enough_rounds(p: float) -> int:
    """Return how many values each of two samples needs so that `smallest_p` is at most `p`, above 0."""
    return next(each for each in itertools.count(1) if smallest_p(each, each) <= p)


def quotient(values: NDArray[np.float64], others: NDArray[np.float64]) -> Estimate:
    """Return by what factor positive `values` (n,) are larger than positive `others` (m,), with its interval.

    The factor is the median of all n · m quotients, and the interval holds every factor that the
    two-sided rank test at 5 % does not reject: `shift` on logarithms.
    """
    found = shift(np.log(values), np.log(others))
    return Estimate(math.exp(found.value), math.exp(found.low), math.exp(found.high), found.confidence)


def shift(values: NDArray[np.float64], others: NDArray[np.float64]) -> Estimate:
    """Return by how much `values` (n,) are larger than `others` (m,), with its interval.

    The shift is the median of all n · m differences, and the interval holds every shift that the
    two-sided rank test at 5 % does not reject, so that interval and test cannot contradict each other by
    method. Source: Hodges & Lehmann, "Estimates of location based on rank tests", Annals of Mathematical
    Statistics, 1963; the cut uses the normal approximation with continuity correction.
    """
    n, m = len(values), len(others)
    differences = np.sort(np.subtract.outer(values, others), axis=None)
    spread = math.sqrt(n * m * (n + m + 1) / 12)
    cut = math.floor(n * m / 2 - 0.5 + NormalDist().inv_cdf((1 - CONFIDENCE) / 2) * spread)
    confidence = CONFIDENCE
    if cut < 0:
        cut, confidence = 0, 1 - 2 * smallest_p(n, m)
    ends = float(differences[cut]), float(differences[-1 - cut])
    return Estimate(float(np.median(differences)), *ends, confidence)


def median(values: NDArray[np.float64]) -> Estimate:
    """Return the median of `values` (n,) with the interval between two of them that the sign test gives.

    Source: `nnspec.statistics.order_statistics`.
    """
    return quantile(values)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values that may each be compared with the level of the whole family, in the same order.

    Whatever the tests have to do with one another, rejecting where the result is at most `level` errs
    anywhere with a probability of at most `level` (Holm, "A simple sequentially rejective multiple test
    procedure", Scandinavian Journal of Statistics, 1979).

    Raises
    ------
    InvalidValue
        If one is not in [0, 1].
    """
    if isinstance(p_values, str) or not isinstance(p_values, Sequence | np.ndarray):
        raise InvalidValue("p_values", p_values, "a list of p-values")
    checked = [real_number(f"p_values[{place}]", p, 0.0, 1.0) for place, p in enumerate(p_values)]
    adjusted, largest = [0.0] * len(checked), 0.0
    for before, place in enumerate(sorted(range(len(checked)), key=checked.__getitem__)):
        largest = max(largest, min(1.0, (len(checked) - before) * checked[place]))
        adjusted[place] = largest
    return adjusted
