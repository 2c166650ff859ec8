"""How much the cause matters: the share of a claim less that of its counterfactual, and in how many seeds.

Both verdicts may have stopped at any number of seeds, so the interval of the difference comes from two
confidence sequences: each misses its share with half of the error, the difference is between their ends.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from dataclasses import dataclass

from nnspec.basics.errors import whole_number
from nnspec.statistics.shares import share_interval

ERROR = 0.05
MOST_SEEDS = 4096


@dataclass(frozen=True)
class Strength:
    """The distance between a claim and its counterfactual.

    `difference` is the share of the claim less that of the counterfactual, -1 … 1, with its 95 % interval
    from `low` to `high`, valid at every stopping point. `seeds` is about how many of each arm tell shares
    like these apart by intervals that do not meet, None where so many as 4096 do not.
    """

    difference: float
    low: float
    high: float
    seeds: int | None


def strength(successes: int, seeds: int, others_successes: int, others_seeds: int) -> Strength:
    """Return the distance between a claim with `successes` of `seeds` and its counterfactual, the others.

    Raises
    ------
    InvalidValue
        If there is no seed, or there are more successes than seeds.
    """
    whole_number("seeds", seeds)
    whole_number("others_seeds", others_seeds)
    one = share_interval(successes, seeds, ERROR / 2)
    other = share_interval(others_successes, others_seeds, ERROR / 2)
    shares = successes / seeds, others_successes / others_seeds
    return Strength(shares[0] - shares[1], one[0] - other[1], one[1] - other[0], _seeds_to_tell(*shares))


@functools.cache  # many claims have the same shares, such as all against none
def _seeds_to_tell(share: float, other: float) -> int | None:
    """Return about how many seeds of each arm tell these shares apart, by bisection."""

    def told(seeds: int) -> bool:
        # rounded towards each other, so that few seeds do not tell more than their shares say
        low, high = sorted((share, other))
        below = share_interval(math.ceil(low * seeds - 1e-9), seeds, ERROR / 2)
        above = share_interval(math.floor(high * seeds + 1e-9), seeds, ERROR / 2)
        return below[1] < above[0]

    return bisect_left(range(MOST_SEEDS), True, lo=1, key=told) if told(MOST_SEEDS) else None
