"""Verdicts from yes/no answers of seeds: a confidence sequence for a share, places of figures, Holm.

A confidence sequence covers the true share at *every* number of seeds at once with probability
1 - error_rate, so seeds may be added until a claim is decided without inflating the error (Robbins,
"Statistical methods related to the law of the iterated logarithm", 1970; Howard, Ramdas, McAuliffe &
Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021). This one comes from
the beta-binomial mixture: the likelihood of the answers averaged over a uniform share, divided by
their likelihood under share p, is a martingale that starts at 1 when p is true, and exceeds
1 / error_rate at any time with a probability of at most error_rate (Ville's inequality).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.array_input import real_numbers
from nnspec.errors import InvalidValue, real_number, whole_number
from nnspec.order_statistics import CONFIDENCE, percentile_interval, quantile

Verdict = Literal["holds", "refuted", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("holds", "refuted", "undecided")
_FEWEST = 16  # seeds among which one may speak of groups
_CENTRAL = (2.5, 25.0, 50.0, 75.0, 97.5)


def log_evidence_against(share: float, successes: int, seeds: int) -> float:
    """Return the logarithm of the mixture martingale against a true share, 0 for no seeds."""
    failures = seeds - successes
    mixture = math.lgamma(successes + 1) + math.lgamma(failures + 1) - math.lgamma(seeds + 2)
    return mixture - _times_log(successes, share) - _times_log(failures, 1 - share)


def share_interval(successes: int, seeds: int, error_rate: float) -> tuple[float, float]:
    """Return the shares in [0, 1] that the answers so far do not exclude, as (lowest, highest).

    Valid at every stopping point with probability 1 - error_rate.

    Raises
    ------
    InvalidValue
        If there are more successes than seeds or the error rate is not in (0, 1).
    """
    successes, seeds, error_rate = _checked(successes, seeds, error_rate)
    if seeds == 0:
        return 0.0, 1.0
    observed = successes / seeds
    return _edge(0.0, observed, successes, seeds, error_rate), _edge(
        1.0, observed, successes, seeds, error_rate
    )


def decide(successes: int, seeds: int, claimed_share: float, error_rate: float) -> Verdict:
    """Return whether the claim that at least `claimed_share` of all seeds say yes is decided, and how.

    A wrong verdict, at whatever number of seeds it is given, has a probability of at most
    `error_rate`.

    Raises
    ------
    InvalidValue
        If the claimed share or the error rate is not strictly between 0 and 1.
    """
    check_share(claimed_share)
    successes, seeds, error_rate = _checked(successes, seeds, error_rate)
    if log_evidence_against(claimed_share, successes, seeds) < -math.log(error_rate):
        return "undecided"
    return "holds" if successes > claimed_share * seeds else "refuted"


def check_share(share: float, name: str = "share") -> float:
    """Return the share; no number of seeds can show that *all* seeds, or none, say yes.

    Raises
    ------
    InvalidValue
        If it is no number strictly between 0 and 1.
    """
    number = real_number(name, share, 0.0, 1.0)
    if number in (0.0, 1.0):
        expected = "a share strictly between 0 and 1"
        raise InvalidValue(name, share, expected, "0.99 says 'practically always'")
    return number


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
    """

    documented: float
    percentile: float
    typical: bool
    quantiles: tuple[float, ...]
    percentile_interval: tuple[float, float]
    median_interval: tuple[float, float] | None
    gap: tuple[float, float] | None


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
    quantiles = tuple(float(q) for q in np.percentile(finite, _CENTRAL))
    gap = None if tied else _gap(np.sort(finite), below, quantiles[-1] - quantiles[0])
    middle = quantile(finite)
    return Placed(
        documented,
        100 * (below + tied / 2) / seeds,
        central and gap is None,
        quantiles,
        percentile_interval(below, tied, seeds),
        (middle.low, middle.high) if middle.confidence >= CONFIDENCE else None,
        gap,
    )


def _gap(ordered: NDArray[np.float64], below: int, width: float) -> tuple[float, float] | None:
    """Return the values on either side of a place in `ordered`, if over half of `width` is between."""
    if len(ordered) < _FEWEST or not 0 < below < len(ordered):
        return None
    low, high = float(ordered[below - 1]), float(ordered[below])
    return (low, high) if high - low > width / 2 else None


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


def _edge(outside: float, inside: float, successes: int, seeds: int, error_rate: float) -> float:
    """Bisect for the boundary between an excluded and a compatible share."""
    limit = -math.log(error_rate)
    if log_evidence_against(outside, successes, seeds) < limit:
        return outside
    for _ in range(60):
        middle = (outside + inside) / 2
        if log_evidence_against(middle, successes, seeds) < limit:
            inside = middle
        else:
            outside = middle
    return inside


def _times_log(count: int, share: float) -> float:
    if count == 0:
        return 0.0
    return count * math.log(share) if share > 0 else -math.inf


def _checked(successes: int, seeds: int, error_rate: float) -> tuple[int, int, float]:
    seeds = whole_number("seeds", seeds, 0)
    successes = whole_number("successes", successes, 0)
    if successes > seeds:
        raise InvalidValue("successes", successes, f"at most the number of seeds, {seeds}")
    if not 0 < real_number("error_rate", error_rate) < 1:
        raise InvalidValue("error_rate", error_rate, "a probability strictly between 0 and 1")
    return successes, seeds, float(error_rate)
