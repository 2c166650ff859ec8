"""Values per seed as exact fractions: an accuracy is k right answers of n, whatever float32 makes of it.

Float32 holds 0.99 as 0.99000001, and 99 of 100 comes out of a training as 0.98999995 or 0.99000001. Whether
that is at least 0.99 must not depend on it. So k is recovered, calculated with as a fraction, and compared
with the number that was written.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUND_OFF = 1e-6  # of a float32 between 0 and 1 that was summed up in some thousand steps
_SIMPLE = 10**7  # the largest denominator of a number as people write it
_WRITTEN = Fraction(1, 10**15)  # 1 - 0.9 is 0.1 within a few units in the last place of float64
_HALF_OF_INT64 = 2**31  # of such numbers products, and sums of two products, are within 64 bits
_MOST = 10**30  # what lies beyond is no share, and the float decides
_COMPARISONS = (np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal)


class Fractions:
    """numerators / denominators, both (seeds,) of whole numbers; a denominator of 0: it is not known."""

    def __init__(self, numerators: ArrayLike, denominators: ArrayLike) -> None:
        top, bottom = np.broadcast_arrays(*map(np.atleast_1d, (numerators, denominators)))
        if _is_large(top, bottom):
            common = np.maximum(np.gcd(top, bottom), 1)
            top, bottom = top // common, bottom // common
        if large := _is_large(top, bottom):
            bottom = np.where((np.abs(top) < _MOST) & (bottom < _MOST), bottom, 0)
        dtype = object if large else np.int64  # Python's own numbers have no largest
        self.top, self.bottom = top.astype(dtype), bottom.astype(dtype)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which seeds have a fraction, (seeds,)."""
        return np.asarray(self.bottom != 0, np.bool_)

    def of_seeds(self, key: Any) -> Fractions:
        """Return those of some of the seeds."""
        return Fractions(self.top[key], self.bottom[key])

    def where(self, known: ArrayLike) -> Fractions:
        """Return the same, not known but there."""
        return Fractions(self.top, np.where(known, self.bottom, 0))

    def floats(self) -> NDArray[np.float64]:
        """Return the nearest float64 numbers, (seeds,); infinite or NaN where a fraction is not known."""
        with np.errstate(all="ignore"):
            return np.asarray(self.top, np.float64) / np.asarray(self.bottom, np.float64)


def _is_large(top: NDArray[Any], bottom: NDArray[Any]) -> bool:
    return bool(max(top.max(initial=0), -top.min(initial=0), bottom.max(initial=0)) >= _HALF_OF_INT64)


def counted(values: NDArray[Any], of: ArrayLike) -> Fractions:
    """Return the shares (seeds,) as counts of so many, a number or (seeds,); not known where one is none."""
    number = np.asarray(of, np.int64)
    with np.errstate(all="ignore"):
        share = np.asarray(values, np.float64)
        count = np.rint(share * number)
        is_count = (np.abs(share - count / number) <= _ROUND_OFF) & (_ROUND_OFF * number < 0.5)
    return Fractions(np.where(is_count, count, 0).astype(np.int64), np.where(is_count, number, 0))


@functools.lru_cache(maxsize=256)
def _written(text: str) -> Fraction:
    number = Fraction(text)
    simple = number.limit_denominator(_SIMPLE)
    return simple if simple and abs(simple - number) <= _WRITTEN * max(Fraction(1), abs(number)) else number


def as_written(number: object) -> Fraction | None:
    """Return the fraction that somebody meant who wrote a number: 0.99, 2 / 3 or 1 - 0.9."""
    item = number[()] if isinstance(number, np.ndarray) and number.ndim == 0 else number
    if isinstance(item, bool | np.bool_) or not isinstance(item, Real | Decimal) or not math.isfinite(item):
        return None
    return _written(str(item))  # the shortest decimal that gives this number, also one of float32


def fractions_of(operand: object) -> Fractions | None:
    """Return a number, or numbers (seeds,), as written; None of what is none."""
    if isinstance(operand, Fractions):
        return operand
    numbers = np.atleast_1d(np.asarray(operand))
    if numbers.ndim != 1 or numbers.dtype.kind not in "iufO":
        return None
    written = [as_written(number) for number in numbers]
    known = [w is not None and max(abs(w.numerator), w.denominator) < _MOST for w in written]
    tops = [w.numerator if w is not None and k else 0 for w, k in zip(written, known, strict=True)]
    bottoms = [w.denominator if w is not None and k else 0 for w, k in zip(written, known, strict=True)]
    return Fractions(np.array(tops, object), np.array(bottoms, object)) if any(known) else None


def calculated(ufunc: np.ufunc, *operands: object) -> Fractions | None:
    """Return what a sum, difference, product, quotient and the like gives; None of anything else."""
    if not any(isinstance(operand, Fractions) for operand in operands):
        return None
    known = [fractions_of(operand) for operand in operands]
    match ufunc.__name__, known:
        case "absolute", [Fractions() as a]:
            return Fractions(np.abs(a.top), a.bottom)
        case "positive", [Fractions() as a]:
            return a
        case "negative", [Fractions() as a]:
            return Fractions(-a.top, a.bottom)
        case "add", [Fractions() as a, Fractions() as b]:
            return Fractions(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
        case "subtract", [Fractions() as a, Fractions() as b]:
            return Fractions(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
        case "multiply", [Fractions() as a, Fractions() as b]:
            return Fractions(a.top * b.top, a.bottom * b.bottom)
        case "divide", [Fractions() as a, Fractions() as b]:
            # what is not known stays so, also as a divisor
            sign = np.where(b.top < 0, -1, 1)
            return Fractions(a.top * b.bottom * sign, a.bottom * b.top * sign * (b.bottom != 0))
        case "minimum" | "maximum", [Fractions() as a, Fractions() as b]:
            first = (a.top * b.bottom <= b.top * a.bottom) == (ufunc is np.minimum)
            both = Fractions(np.where(first, a.top, b.top), np.where(first, a.bottom, b.bottom))
            return both.where(a.known & b.known)
    return None


def compared(ufunc: np.ufunc, operands: Sequence[object], otherwise: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the answers of a comparison, (seeds,): of fractions where both are known, else `otherwise`."""
    if ufunc not in _COMPARISONS or not any(isinstance(operand, Fractions) for operand in operands):
        return otherwise
    one, other = map(fractions_of, operands)
    if one is None or other is None:
        return otherwise
    exactly = ufunc(one.top * other.bottom, other.top * one.bottom)
    return np.where(one.known & other.known, exactly, otherwise)
