"""How far values per seed lie from a number: |x - 0.5| and |x / 0.3 - 1| are kept as what x was.

That a distance is small says that x lies in a range. Whoever looks at the evidence wants to see x in it,
on which side it misses, and where a printed x falls; a distance tells none of that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Range:
    """That `values` (seeds,), which are called `label`, lie from `low` to `high`."""

    label: str
    values: NDArray[np.float64]
    low: float
    high: float


@dataclass(frozen=True)
class Distance:
    """(x - center) / scale, or its absolute value: `label` and `values` (seeds,) are those of x."""

    label: str
    values: NDArray[np.float64]
    center: float = 0.0
    scale: float = 1.0
    absolute: bool = False

    def after(self, ufunc: np.ufunc, *others: Any) -> Distance | None:
        """Return what a calculation with further operands makes of it; None where it is none any more."""
        if ufunc is np.absolute:
            return replace(self, absolute=True)
        if self.absolute or len(others) != 1 or np.ndim(others[0]) or not math.isfinite(others[0]):
            return None
        number = float(others[0])
        if ufunc is np.subtract:
            return replace(self, center=self.center + number * self.scale)
        return replace(self, scale=self.scale * number) if ufunc is np.divide and number else None

    def range(self, most: float) -> Range:
        """Return the range of x in which the distance is at most so large."""
        reach = most * abs(self.scale)
        return Range(self.label, self.values, self.center - reach, self.center + reach)
