"""How much the cause matters: the share of a claim less that of its counterfactual.

Both verdicts may have stopped at any number of seeds, so the interval of the difference comes from two
confidence sequences: each misses its share with half of the error, the difference is between their ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.basics.errors import whole_number
from nnspec.statistics.shares import share_interval

ERROR = 0.05


@dataclass(frozen=True)
class Strength:
    """The distance between a claim and its counterfactual.

    `difference` is the share of the claim less that of the counterfactual, -1 … 1, with its 95 % interval
    from `low` to `high`, valid at every stopping point.
    """

    difference: float
    low: float
    high: float


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
    return Strength(shares[0] - shares[1], one[0] - other[1], one[1] - other[0])
