"""What a handful of numbers says about many values: their middle and range, or two groups of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue

# values are told as two groups where at least so many of them are in each, and at most so many in between
IN_A_GROUP, IN_BETWEEN = 0.1, 0.05
STEPS = 3  # and the middle third is so many steps wide, or whole numbers could jump over it
LEVEL = 1e-3  # of each of the two sign tests
_ROUNDS = 100  # of moving the border; it stands still after a few


@dataclass(frozen=True)
class Group:
    """One of two groups: its `share` of all values, 0 … 1, and its 2.5, 50 and 97.5 % points."""

    share: float
    low: float
    middle: float
    high: float


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
    1982). They are two where the middle third of the way from mean to mean is nearly empty, and where one
    mode is refuted: a density with one mode has at least as much of its mass in the middle of three equally
    wide intervals as in one of the two others, so that a sign test against each of them must reject (Berger,
    "Multiparameter hypothesis testing and acceptance sampling", 1982: at the level of one of them). Values
    with one mode, skewed or whole numbers as well, are told as two in about one of a thousand cases at most.
    What falls into more than two groups has none.

    Raises
    ------
    InvalidValue
        If there is no value, or one that is not finite.
    """
    array = np.sort(np.asarray(values, np.float64).ravel())
    if not len(array) or not np.isfinite(array).all():
        raise InvalidValue("values", values, "finite numbers, at least one")
    return Spread(*_points(array), _two_groups(array))


def _two_groups(array: NDArray[np.float64]) -> tuple[Group, ...]:
    parts = _parted(array)
    if not parts or any(_parted(part) for part in parts):
        return ()
    return tuple(_group(part, len(array)) for part in parts)


def _group(part: NDArray[np.float64], of: int) -> Group:
    return Group(len(part) / of, *_points(part))


def _points(array: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(array, (0.025, 0.5, 0.975), method="inverted_cdf").tolist()
    return low, middle, high


def _parted(array: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return sorted values in two parts that are clearly apart; nothing where they are not."""
    low, high = array[0], array[-1]
    if low == high:
        return ()
    for _ in range(_ROUNDS):
        below = array <= (low + high) / 2
        means = array[below].mean(), array[~below].mean()
        if means == (low, high):
            break
        low, high = means
    third, steps = (high - low) / 3, np.diff(np.unique(array))
    left, middle, right = (
        int(np.sum(np.abs(array - at) <= third / 2)) for at in (low, (low + high) / 2, high)
    )
    parts = array[below], array[~below]
    is_coarse = len(steps) > 1 and third < STEPS * np.median(steps)
    smaller = min(map(len, parts)) / len(array)
    if smaller < IN_A_GROUP or middle / len(array) > IN_BETWEEN or is_coarse:
        return ()
    has_one_mode = max(_at_most(middle, middle + other) for other in (left, right)) > LEVEL
    return () if has_one_mode else parts


def _at_most(heads: int, throws: int) -> float:
    """Return the probability of at most so many heads of a fair coin."""
    return float(sum(math.comb(throws, number) for number in range(heads + 1)) / 2**throws)
