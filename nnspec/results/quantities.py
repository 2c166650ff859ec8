"""What the predicate of a stored claim compared, ready to be drawn: each quantity once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nnspec.results.claim_result import ClaimResult, Value, Values, Within

Threshold = tuple[str, float]  # operator and number: ("≥", 0.98)
_MIRRORED = {"<": ">", "≤": "≥"}
HOLDS = {">": float.__gt__, "≥": float.__ge__, "<": float.__lt__, "≤": float.__le__}


@dataclass(frozen=True)
class Compared:
    """A quantity with the values of all seeds of the claim (seeds,) and of its counterfactual (seeds,).

    `thresholds` are all the numbers that it was compared with, `documented` is what the document
    printed of it; both are in the unit of the values. `other` is what the counterfactual is called.
    """

    label: str
    claim: tuple[Value, ...]
    counterfactual: tuple[Value, ...]
    thresholds: tuple[Threshold, ...]
    documented: float | None
    other: str = "counterfactual"

    @property
    def finite(self) -> list[float]:
        """The finite values of the claim."""
        return finite(self.claim)


def finite(values: Iterable[Value]) -> list[float]:
    """Return the values that are finite."""
    return [float(value) for value in values if value is not None and math.isfinite(value)]


def compared(claim: ClaimResult) -> tuple[Compared, ...]:
    """Return the quantities of a claim, in the order of its predicate."""
    # a figure may go by the name of a metric, test_accuracy, and a value by its label, test accuracy
    figures = {name.replace("_", " "): figure.documented for name, figure in claim.figures.items()}
    other = claim.counterfactual.called if claim.counterfactual else "counterfactual"
    found: dict[tuple[str, tuple[Value, ...], tuple[Value, ...]], Compared] = {}
    for values in claim.values:
        for side, limit in _sides(values):
            same = side.label, side.claim, side.counterfactual
            one = found.setdefault(same, Compared(*same, (), figures.get(side.label), other))
            if limit not in one.thresholds:
                found[same] = replace(one, thresholds=(*one.thresholds, limit))
    return tuple(found.values())


def _sides(values: Values) -> Iterator[tuple[Values | Within, Threshold]]:
    """Yield the values of both arms with their limit; that a distance is small limits what is near twice."""
    near = values.within
    if near is None:
        yield values, (values.operator, values.threshold)
    else:
        yield near, (_MIRRORED[values.operator], near.low)
        yield near, (values.operator, near.high)
