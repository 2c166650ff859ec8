"""What a verdict can tell apart before anything is trained, by exact enumeration.

For a true share the number of yes after n seeds is a Markov chain, so the probability of every verdict
after every block of seeds is a finite sum: nothing is simulated.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, whole_number
from nnspec.statistics.futility import futile_range
from nnspec.statistics.looks import blocks
from nnspec.statistics.shares import check_share, decide, share_interval

CHANCE = 0.9
_MOST_SEEDS = 100_000  # an exact distribution over more seeds takes minutes
_BY_TRANSFORM = 1000  # seeds of a block from which sums by Fourier transforms, exact to 1e-15, are faster
_MOST_ENUMERATED, _COST_OF_FUTILITY = 1024, 0.03
_STEPS = 20  # halvings of an interval of shares: to a millionth


@dataclass(frozen=True)
class Power:
    """How claims with a true share are judged.

    `holds` and `refuted` are probabilities. `seeds` is the number of seeds until the decision that half
    of the runs need at most, None where fewer than half are decided within the budget.
    """

    true_share: float
    holds: float
    refuted: float
    seeds: int | None


@dataclass(frozen=True, eq=False)
class StoppingPoints:
    """At which numbers of seeds a verdict may be given: `seeds` (points,) int64, ascending.

    `holds` and `refuted` (points,) float64 are the probabilities that it is given there and is this one.
    """

    seeds: NDArray[np.int64]
    holds: NDArray[np.float64]
    refuted: NDArray[np.float64]


@dataclass(frozen=True)
class Resolution:
    """How close to the claimed share the truth may lie and still be decided as it should.

    True shares up to `refuted_up_to` are refuted and those from `holds_from` hold, each with a
    probability of at least `chance` within the budget; None where no share is.
    """

    refuted_up_to: float | None
    holds_from: float | None
    chance: float


def power(
    true_share: float, claimed_share: float, error_rate: float, *, most_seeds: int, at_a_time: int
) -> Power:
    """Return the exact probabilities of the verdicts for a true share, 0 to 1.

    Seeds are added as `judge` adds them, `at_a_time` at first; it stops where the rest is futile.

    Raises
    ------
    InvalidValue
        If a share, the error rate or a number of seeds cannot be one.
    """
    if whole_number("most_seeds", most_seeds) > _MOST_SEEDS:
        raise InvalidValue("most_seeds", most_seeds, f"at most {_MOST_SEEDS}")
    sizes = blocks(most_seeds, at_a_time)
    stops = stopping_points(true_share, claimed_share, error_rate, sizes, stops_for_futility=True)
    enough = np.flatnonzero(np.cumsum(stops.holds + stops.refuted) >= 0.5)
    median = int(stops.seeds[enough[0]]) if len(enough) else None
    holds, refuted = float(stops.holds.sum()), float(stops.refuted.sum())
    return Power(float(true_share), min(1.0, holds), min(1.0, refuted), median)


def stopping_points(
    true_share: float,
    claimed_share: float,
    error_rate: float,
    sizes: Sequence[int],
    *,
    stops_for_futility: bool = False,
) -> StoppingPoints:
    """Return the exact probabilities of each verdict after blocks of these sizes, for a true share, 0 to 1.

    Raises
    ------
    InvalidValue
        As `power`.
    """
    true_share = real_number("true_share", true_share, 0.0, 1.0)
    share_interval(0, 0, error_rate)  # checks the error rate
    claimed_share = check_share(claimed_share)
    alive, seeds = np.ones(1), np.cumsum(sizes)
    holds, refuted = np.zeros((2, len(sizes)))
    for point, size in enumerate(sizes):
        alive = _sum(alive, _binomial(size, true_share))
        refuted_to, holds_from = _edges(int(seeds[point]), claimed_share, error_rate)
        refuted[point] = alive[: refuted_to + 1].sum()
        holds[point] = alive[holds_from:].sum()
        alive[: refuted_to + 1] = 0.0
        alive[holds_from:] = 0.0
        if stops_for_futility:
            alive[list(futile_range(int(seeds[point]), claimed_share, error_rate, int(seeds[-1])))] = 0.0
    return StoppingPoints(seeds, holds, refuted)


def resolution(
    claimed_share: float, error_rate: float, *, most_seeds: int, at_a_time: int, chance: float = CHANCE
) -> Resolution:
    """Return how close to the claimed share the truth may lie and still be decided with probability `chance`.

    For more than 1,024 seeds only the last look is counted, and three points of the chance are kept for what
    stopping for futility may cost: the answer errs on the safe side, in no time.

    Raises
    ------
    InvalidValue
        As `power`.
    """
    chance = real_number("chance", chance, 0.0, 1.0)

    def found(true_share: float) -> Power:
        return power(true_share, claimed_share, error_rate, most_seeds=most_seeds, at_a_time=at_a_time)

    if whole_number("most_seeds", most_seeds) > _MOST_ENUMERATED:
        share_interval(0, 0, error_rate)
        return _by_the_last_look(check_share(claimed_share), error_rate, most_seeds, chance)
    # the more seeds say yes, the likelier it is that the claim holds, and the less that it is refuted
    refuted = _edge(lambda share: found(share).refuted >= chance, 0.0, claimed_share)
    holds = _edge(lambda share: found(share).holds >= chance, 1.0, claimed_share)
    return Resolution(refuted, holds, chance)


def _by_the_last_look(claimed_share: float, error_rate: float, seeds: int, chance: float) -> Resolution:
    from scipy.special import betaincinv

    refuted_to, holds_from = _edges(seeds, claimed_share, error_rate)
    certain = min(chance + _COST_OF_FUTILITY, (1 + chance) / 2)
    # P(yes ≥ k) of a share p is the regularised incomplete beta function I_p(k, seeds - k + 1)
    refuted = betaincinv(refuted_to + 1, seeds - refuted_to, 1 - certain) if refuted_to >= 0 else None
    holds = betaincinv(holds_from, seeds - holds_from + 1, certain) if holds_from <= seeds else None
    ends = [None if share is None else float(share) for share in (refuted, holds)]
    return Resolution(ends[0], ends[1], chance)


def _edge(enough: Callable[[float], bool], far: float, near: float) -> float | None:
    """Return the share nearest to `near` that is enough, None if even `far` is not."""
    if not enough(far):
        return None
    for _ in range(_STEPS):
        middle = (far + near) / 2
        far, near = (middle, near) if enough(middle) else (far, middle)
    return far


def _binomial(size: int, share: float) -> NDArray[np.float64]:
    """Return the probabilities of 0 … size yes."""
    if size <= _BY_TRANSFORM:
        return np.array([math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)])
    from scipy.special import gammaln, xlogy

    yes = np.arange(size + 1)
    ways = gammaln(size + 1) - gammaln(yes + 1) - gammaln(size - yes + 1)
    found: NDArray[np.float64] = np.exp(ways + xlogy(yes, share) + xlogy(size - yes, 1 - share))
    return found


def _sum(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distribution of the sum of two numbers of yes."""
    if min(len(one), len(other)) <= _BY_TRANSFORM:
        return np.convolve(one, other)
    points = len(one) + len(other) - 1
    transformed = np.fft.rfft(one, points) * np.fft.rfft(other, points)
    return np.maximum(np.fft.irfft(transformed, points), 0.0)


@functools.cache
def _edges(seeds: int, claimed_share: float, error_rate: float) -> tuple[int, int]:
    """Return the most yes that refute a claim, -1 for none, and the fewest with which it holds."""
    ranks = {"refuted": -1, "undecided": 0, "holds": 1}

    def rank(yes: int) -> int:
        return ranks[decide(yes, seeds, claimed_share, error_rate)]

    undecided, holds = (bisect_left(range(seeds + 1), least, key=rank) for least in (0, 1))
    return undecided - 1, holds
