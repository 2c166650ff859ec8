"""How far values per seed lie from a number: |x - 0.5| and |x / 0.3 - 1| are kept as what x was.

That a distance is small says that x lies in a range. Whoever looks at the evidence wants to see x in it,
on which side it misses, and where a printed x falls; a distance tells none of that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Distance:
    """(x - center) / scale, or its absolute value: `label` and `values` (seeds,) are those of x."""

    label: str
    values: Floats
    center: float = 0.0
    scale: float = 1.0
    absolute: bool = False

    def after(self, ufunc: np.ufunc, *others: Any) -> Distance | None:
        """Return what a calculation with further operands makes of it; None where it is none any more."""
        if ufunc is np.absolute:
            return replace(self, absolute=True)
        if self.absolute or len(others) != 1 or not isinstance(others[0], Real):
            return None
        number = float(others[0])
        if not math.isfinite(number):
            return None
        if ufunc is np.subtract:
            return replace(self, center=self.center + number * self.scale)
        return replace(self, scale=self.scale * number) if ufunc is np.divide and number else None

    def of_seeds(self, key: Any) -> Distance:
        """Return the same of some of the seeds."""
        return replace(self, values=self.values[key])

    def corrected(self, wrong: NDArray[np.bool_], distances: Floats) -> Distance:
        """Return the same with those x that round-off has put to the wrong side moved to their distance."""
        x = self.values.copy()
        away = np.copysign(distances[wrong] * abs(self.scale), x[wrong] - self.center)
        x[wrong] = self.center + away
        return replace(self, values=x)

    def range(self, distances: Floats, most: float, *, strict: bool) -> tuple[float, float] | None:
        """Return the least and the largest x whose distance is at most so large, or less with `strict`.

        `distances` (seeds,) are what was compared, in its own precision: the ends are moved by round-off
        until they tell the same seeds from the others. None where no range does, because the distances are
        not those of x any more, or where it is a single number.
        """
        finite = np.isfinite(self.values) & np.isfinite(distances)
        x, compared = self.values[finite], distances[finite]
        # both are of float32 values; what was changed in between is off by more
        if not np.allclose(np.abs(x - self.center) / abs(self.scale), compared, rtol=1e-3, atol=1e-6):
            return None
        yes, reach = compared < most if strict else compared <= most, most * abs(self.scale)
        left, right = x <= self.center, x >= self.center
        low = _low_end(self.center - reach, x[left], yes[left], strict)
        high = -_low_end(-self.center - reach, -x[right], yes[right], strict)
        inside = (x > low) & (x < high) if strict else (x >= low) & (x <= high)
        return (low, high) if low < high and bool((inside == yes).all()) else None


def _low_end(calculated: float, x: Floats, yes: NDArray[np.bool_], strict: bool) -> float:
    """Return the end, as near to the calculated one as may be, that has each x on its own side."""
    lowest, highest = x[yes].min(initial=math.inf), x[~yes].max(initial=-math.inf)
    if strict:  # what says yes lies above the end
        return float(max(min(calculated, np.nextafter(lowest, -math.inf)), highest))
    return float(min(max(calculated, np.nextafter(highest, math.inf)), lowest))


def concatenated(parts: Sequence[Distance | None]) -> Distance | None:
    """Return one distance of the seeds of all parts, None where they are not all from the same number."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({(part.label, part.center, part.scale) for part in known}) != 1:
        return None
    return replace(known[0], values=np.concatenate([part.values for part in known]))
