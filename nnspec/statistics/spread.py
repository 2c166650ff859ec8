"""What a handful of numbers says about many values: their middle and range, or two groups of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue

# values are told as two groups where at least so many of them are in each, and at most so many in between
IN_A_GROUP, IN_BETWEEN = 0.1, 0.05
STEPS = 3  # and the middle third is so many steps wide, or whole numbers could jump over it
FEWEST = 64  # of fewer values a gap in the middle is too often chance
_ROUNDS = 100  # of moving the border; it stands still after a few


@dataclass(frozen=True)
class Group:
    """One of two groups: its `share` of all values, 0 … 1, and the value in its middle."""

    share: float
    middle: float


@dataclass(frozen=True)
class Spread:
    """The 2.5, 50 and 97.5 % points of values, each of them a value that occurs.

    `groups` are the lower and the higher one where the values fall into two, whose median tells of neither;
    else there are none.
    """

    low: float
    middle: float
    high: float
    groups: tuple[Group, ...]

    @property
    def is_one_value(self) -> bool:
        """Whether nearly all values are the same one."""
        return self.low == self.high


def spread(values: ArrayLike) -> Spread:
    """Return the spread of values (n,), all of them finite.

    A point is the smallest value that so many do not exceed, so that counts are told as whole numbers.
    The border of two groups is halfway between their means (Lloyd, "Least squares quantization in PCM",
    1982); they are two where the middle third of the way from mean to mean is nearly empty.

    Raises
    ------
    InvalidValue
        If there is no value, or one that is not finite.
    """
    array = np.sort(np.asarray(values, np.float64).ravel())
    if not len(array) or not np.isfinite(array).all():
        raise InvalidValue("values", values, "finite numbers, at least one")
    low, middle, high = np.quantile(array, (0.025, 0.5, 0.975), method="inverted_cdf").tolist()
    return Spread(low, middle, high, _two_groups(array))


def _two_groups(array: NDArray[np.float64]) -> tuple[Group, ...]:
    if len(array) < FEWEST or array[0] == array[-1]:
        return ()
    low, high = array[0], array[-1]
    for _ in range(_ROUNDS):
        below = array <= (low + high) / 2
        means = array[below].mean(), array[~below].mean()
        if means == (low, high):
            break
        low, high = means
    third, steps = (high - low) / 3, np.diff(np.unique(array))
    between = np.mean((array > low + third) & (array < high - third))
    shares = float(np.mean(below)), float(np.mean(~below))
    is_coarse = len(steps) > 1 and third < STEPS * np.median(steps)
    if min(shares) < IN_A_GROUP or between > IN_BETWEEN or is_coarse:
        return ()
    middles = (float(np.quantile(part, 0.5, method="inverted_cdf")) for part in (array[below], array[~below]))
    return tuple(Group(share, at) for share, at in zip(shares, middles, strict=True))
