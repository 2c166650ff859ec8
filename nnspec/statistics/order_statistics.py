"""Intervals of quantiles between order statistics, which hold for every distribution.

How many of n values lie below the true quantile is binomial, whatever the values are, so two of the sorted
values enclose it with a probability that their ranks alone give. The number of values has to be fixed
beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, whole_number

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure with an interval, and the confidence (0 … 1) that the interval has.

    The confidence is less than 0.95 only where so few values cannot give it; the interval is then the
    whole range.
    """

    value: float
    low: float
    high: float
    confidence: float = CONFIDENCE


def ranks(number: int, probability: float) -> tuple[int, int, float]:
    """Return which of `number` sorted values enclose a quantile, from 1, and with which confidence at least.

    Beyond either of them the quantile lies with a probability of at most 2.5 %. Where the
    first or the last value cannot give that it is taken all the same, and the confidence is what is left.
    Source: Conover, "Practical nonparametric statistics", 3.2.

    Raises
    ------
    InvalidValue
        If there is no value, or the probability is not strictly between 0 and 1.
    """
    from scipy.stats import binom  # takes half a second to import

    number = whole_number("number", number)
    if not 0 < real_number("probability", probability) < 1:
        raise InvalidValue("probability", probability, "a probability strictly between 0 and 1")
    tail, below = (1 - CONFIDENCE) / 2, binom(number, probability)  # how many values lie below the quantile
    low, high = max(1, int(below.ppf(tail))), min(number, int(below.isf(tail)) + 1)
    outside = [float(below.cdf(low - 1)), float(below.sf(high - 1))]
    reached = CONFIDENCE if max(outside) <= tail else max(0.0, 1 - sum(outside))
    return low, high, min(CONFIDENCE, reached)


def quantile(values: NDArray[np.floating], probability: float = 0.5) -> Estimate:
    """Return a quantile of `values` (n,) with the interval between two of them, by default the median.

    Raises
    ------
    InvalidValue
        As `ranks`, or if a value is NaN.
    """
    ordered = np.sort(np.asarray(values, np.float64))
    if np.isnan(ordered).any():
        raise InvalidValue("values", values, "numbers; infinity is one, NaN is none")
    low, high, reached = ranks(len(ordered), probability)
    # between two infinities there is nothing to interpolate
    ends = [float(np.quantile(ordered, probability, method=side)) for side in ("lower", "higher")]
    middle = ends[0] if ends[0] == ends[1] else float(np.quantile(ordered, probability))
    return Estimate(middle, float(ordered[low - 1]), float(ordered[high - 1]), reached)
