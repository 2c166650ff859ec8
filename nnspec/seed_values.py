"""Numbers with one entry per seed that remember their name and what they were compared with.

A predicate such as `runs.accuracy >= 0.98` yields a yes or no per seed. The evidence that a person
wants to see is the accuracy of every seed beside the threshold 0.98. Both are kept here, so that a
claim states its threshold once and still reads as plain NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_COMPARISONS = {np.greater: ">", np.greater_equal: "≥", np.less: "<", np.less_equal: "≤"}
_MIRRORED = {">": "<", "≥": "≤", "<": ">", "≤": "≥"}
_ARITHMETIC = {np.subtract: "-", np.add: "+", np.multiply: "·", np.divide: "/"}


@dataclass(frozen=True)
class Comparison:
    """One comparison of a value per seed: values (seeds,) float64 with the name `label`."""

    label: str
    operator: str
    threshold: float
    values: NDArray[np.float64]


class SeedValues(np.ndarray[Any, np.dtype[Any]]):
    """An array with one entry per seed; comparing it gives bools that carry their `comparisons`.

    `label` names the quantity. `comparisons` is empty for numbers and holds, for bools, every
    comparison with a number that they came from.
    """

    label: str
    comparisons: tuple[Comparison, ...]

    def __new__(
        cls, values: object, label: str, comparisons: tuple[Comparison, ...] = ()
    ) -> SeedValues:
        array = np.asarray(values).view(cls)
        array.label = label
        array.comparisons = comparisons
        return array

    def __array_finalize__(self, source: object) -> None:
        self.label = getattr(source, "label", "")
        self.comparisons = getattr(source, "comparisons", ())

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [np.asarray(x) if isinstance(x, SeedValues) else x for x in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        if method != "__call__" or not isinstance(result, np.ndarray):
            return result
        if ufunc in _COMPARISONS:
            return SeedValues(result, "", _comparison(_COMPARISONS[ufunc], *inputs))
        if result.dtype == bool:
            known = [x.comparisons for x in inputs if isinstance(x, SeedValues)]
            return SeedValues(result, "", sum(known, ()))
        return SeedValues(result, _combined_label(ufunc, *inputs))


def _comparison(operator: str, left: Any, right: Any) -> tuple[Comparison, ...]:
    """Describe a comparison; two values per seed are compared through their difference with zero."""
    if np.ndim(right) == 0:
        return (Comparison(left.label, operator, float(right), np.asarray(left, np.float64)),)
    if np.ndim(left) == 0:
        return (Comparison(right.label, _MIRRORED[operator], float(left), np.asarray(right, np.float64)),)
    difference = np.asarray(left, np.float64) - np.asarray(right, np.float64)
    return (Comparison(f"{_label(left)} - {_label(right)}", operator, 0.0, difference),)


def _combined_label(ufunc: np.ufunc, *inputs: Any) -> str:
    labels = [_label(x) for x in inputs]
    if ufunc is np.absolute:
        return f"|{labels[0]}|"
    if ufunc in _ARITHMETIC and len(labels) == 2:
        return f"{labels[0]} {_ARITHMETIC[ufunc]} {labels[1]}"
    return f"{ufunc.__name__}({', '.join(labels)})"


def _label(value: object) -> str:
    if isinstance(value, SeedValues):
        return value.label
    return f"{value:g}" if isinstance(value, int | float) else "value"
