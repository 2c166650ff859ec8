"""Numbers with one entry per seed that remember their name and what they were compared with.

A predicate such as `runs.accuracy >= 0.98` yields a yes or no per seed. The evidence that a person
wants to see is the accuracy of every seed beside the threshold 0.98. Both are kept here, so that a
claim states its threshold once and still reads as plain NumPy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.runs import counts
from nnspec.runs.counts import Fractions
from nnspec.runs.distance import Distance
from nnspec.runs.distance import concatenated as joined_distance

_COMPARISONS: dict[np.ufunc, str] = {np.greater: ">", np.greater_equal: "≥", np.less: "<", np.less_equal: "≤"}
_MIRRORED: dict[np.ufunc, np.ufunc] = {
    np.greater: np.less,
    np.greater_equal: np.less_equal,
    np.less: np.greater,
    np.less_equal: np.greater_equal,
}
_OPPOSITE = {">": "≤", "≥": "<", "<": "≥", "≤": ">"}
_COMBINATIONS = (np.logical_and, np.bitwise_and, np.logical_or, np.bitwise_or)
_NEGATIONS = (np.logical_not, np.invert)
_ARITHMETIC = {np.subtract: "-", np.add: "+", np.multiply: "·", np.divide: "/"}
# for each operation, which operators in its left and in its right operand need brackets
_BRACKETED = {"+": ("", ""), "-": ("", "+-"), "·": ("+-", "+-"), "/": ("+-", "+-·/")}


@dataclass(frozen=True)
class Comparison:
    """One comparison of a value per seed: values (seeds,) float64 with the name `label`.

    `distance` is what the values are, where the comparison says that a distance is small.
    """

    label: str
    operator: str
    threshold: float
    values: NDArray[np.float64]
    distance: Distance | None = None

    def of_seeds(self, key: Any) -> Comparison:
        """Return the same comparison of some of the seeds."""
        return replace(self, values=self.values[key], distance=self.distance and self.distance.of_seeds(key))


def concatenated(parts: Sequence[Comparison]) -> Comparison:
    """Return one comparison of the seeds of all parts, which must have asked the same."""
    values = np.concatenate([part.values for part in parts])
    return replace(parts[0], values=values, distance=joined_distance([part.distance for part in parts]))


class SeedValues(np.ndarray[Any, np.dtype[Any]]):
    """An array with one entry per seed; comparing it gives bools that carry their `comparisons`.

    `label` names the quantity. `comparisons` is empty for numbers and holds, for bools, every
    comparison with a number that they came from. They follow the bools through `&`, `|` and
    indexing, and through `~` where there is only one; they are dropped where they would no longer
    say what the bools do. `distance` is None where the values are none. They are copied: `a += 1`
    changes no array but `a`.

    Shares that are `counts_of` so many examples, such as accuracies, are compared as what they are, k of n,
    and not as what float32 makes of it; so are their sums, differences, products and quotients.
    """

    label: str
    comparisons: tuple[Comparison, ...]
    distance: Distance | None
    _fractions: tuple[Fractions, NDArray[Any]] | None  # and the values that they are fractions of

    def __new__(
        cls,
        values: object,
        label: str,
        comparisons: tuple[Comparison, ...] = (),
        *,
        counts_of: int | NDArray[np.int64] | None = None,
    ) -> SeedValues:
        """Return a copy of `values` (seeds,) under this name; `counts_of` is a number or (seeds,)."""
        array = np.array(values).view(cls)
        array.label = label
        array.comparisons = comparisons
        array.distance = None
        fractions = values.fractions if isinstance(values, SeedValues) else None
        if counts_of is not None:
            fractions = counts.counted(np.asarray(array), counts_of)
        array._remember(fractions)
        return array

    @property
    def fractions(self) -> Fractions | None:
        """The values as exact fractions, where they are known and nobody has changed a value since."""
        if self._fractions is None or self._fractions[1].shape != self.shape:
            return None
        known, values = self._fractions
        return known.where(np.asarray(self) == values)

    def _remember(self, fractions: Fractions | None) -> None:
        kept = fractions is not None and self.ndim == 1 and bool(fractions.known.any())
        self._fractions = (fractions, np.array(self)) if kept and fractions is not None else None

    def __array_finalize__(self, source: object) -> None:
        self.label = getattr(source, "label", "")
        self.comparisons = ()  # NumPy does not tell which entries of the source these are
        self.distance = None
        self._fractions = getattr(source, "_fractions", None)  # of the entries that turn out to be the same

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        if isinstance(part, SeedValues):
            known = [c for c in self.comparisons if c.values.shape == self.shape]
            part.comparisons = tuple(c.of_seeds(key) for c in known)
            fractions = self.fractions
            part._remember(fractions and fractions.of_seeds(key))
        return part

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        exact = [x.fractions if isinstance(x, SeedValues) else x for x in inputs]
        plainly = method == "__call__" and "where" not in kwargs
        # a diverged seed holds infinity or NaN; it counts as a no and must not warn about the others
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            keywords = {name: _plain(value) for name, value in kwargs.items()}
            # a float64 scalar is no more precise than the float32 values that it is compared with
            plain = [float(x) if ufunc in _COMPARISONS and isinstance(x, np.floating) else x for x in inputs]
            result = getattr(ufunc, method)(*map(_plain, plain), **keywords)
            if not isinstance(result, np.ndarray):
                return result
            if plainly and result.dtype == bool and len(inputs) == 2:
                result[...] = counts.compared(ufunc, exact, result)
            label = "" if result.dtype == bool else _combined_label(ufunc, method, inputs)
            comparisons = _remembered(ufunc, inputs, kwargs, result) if plainly else ()
        if "out" in kwargs:
            result = kwargs["out"][0]
        elif method == "__call__":
            result = result.view(SeedValues)
        if isinstance(result, SeedValues):
            result.label, result.comparisons = label, comparisons
            result.distance = _distance(ufunc, inputs) if method == "__call__" and not kwargs else None
            result._remember(counts.calculated(ufunc, *exact) if plainly else None)
        return result


def _plain(value: Any) -> Any:
    """Return what an argument of a ufunc holds as plain arrays, so that NumPy does not ask us again."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return np.asarray(value) if isinstance(value, SeedValues) else value


def _remembered(
    ufunc: np.ufunc, inputs: Sequence[Any], kwargs: dict[str, Any], answers: NDArray[Any]
) -> tuple[Comparison, ...]:
    """Return the comparisons that the result of a ufunc, `answers` (seeds,), stands for."""
    known: tuple[Comparison, ...] = sum((x.comparisons for x in inputs if isinstance(x, SeedValues)), ())
    if ufunc in _COMPARISONS and "out" not in kwargs:  # `out` may have overwritten what was compared
        return _comparison(ufunc, inputs[0], inputs[1], answers)
    if ufunc in _COMBINATIONS:
        return known
    if ufunc in _NEGATIONS and len(known) == 1:
        return (replace(known[0], operator=_OPPOSITE[known[0].operator], distance=None),)
    return ()


def _distance(ufunc: np.ufunc, inputs: Sequence[Any]) -> Distance | None:
    """Return which distance the result of a calculation is, if it is one; the values come first in it."""
    values, *others = inputs
    kept = ufunc in (np.subtract, np.divide, np.absolute) and isinstance(values, SeedValues)
    if not kept or not values.label or values.dtype.kind not in "iuf":
        return None
    return (values.distance or Distance(values.label, np.array(values, np.float64))).after(ufunc, *others)


def _comparison(ufunc: np.ufunc, left: Any, right: Any, answers: NDArray[Any]) -> tuple[Comparison, ...]:
    """Describe a comparison; two values per seed are compared through their difference with zero."""
    if any(np.asarray(x).dtype == bool for x in (left, right)):
        return ()
    if np.ndim(left) == 0:
        return _comparison(_MIRRORED[ufunc], right, left, answers)
    operator, threshold = _COMPARISONS[ufunc], 0.0
    exact: Fractions | None = getattr(left, "fractions", None)
    distance: Distance | None = None
    if np.ndim(right) == 0:
        label, values, threshold = _label(left), np.array(left, np.float64), float(right)
        distance = getattr(left, "distance", None)
        if distance is None or not distance.absolute or operator not in "<≤" or right <= 0:
            distance = None
        if exact is not None and (written := counts.as_written(right)) is not None:
            threshold = float(written)
    else:
        label = _combined_label(np.subtract, "__call__", (left, right))
        values = np.asarray(left, np.float64) - np.asarray(right, np.float64)
        exact = counts.calculated(np.subtract, exact, getattr(right, "fractions", None))
    # whoever reads the values finds each on the side of the threshold that the answer names
    wrong = np.asarray(ufunc(values, threshold) != answers)
    if wrong.any():
        tie = np.full(values.shape, threshold)
        values[wrong] = (tie if exact is None else np.where(exact.known, exact.floats(), tie))[wrong]
        distance = distance and distance.corrected(wrong, values)
    return (Comparison(label, operator, threshold, values, distance),)


def _combined_label(ufunc: np.ufunc, method: str, inputs: Sequence[Any]) -> str:
    labels = [_label(x) for x in inputs]
    if method != "__call__":
        return f"{ufunc.__name__}.{method}({labels[0]})"
    if ufunc is np.absolute:
        return f"|{labels[0]}|"
    if ufunc in _ARITHMETIC:
        operator = _ARITHMETIC[ufunc]
        parts = [_bracketed(*pair) for pair in zip(labels, _BRACKETED[operator], strict=True)]
        return f" {operator} ".join(parts)
    return f"{ufunc.__name__}({', '.join(labels)})"


def _bracketed(label: str, operators: str) -> str:
    """Put brackets around a label that has one of these operators outside of all brackets."""
    shorter, outside = label, ""
    while shorter != outside:
        shorter, outside = re.sub(r"\([^()]*\)|\|[^|]*\|", "", shorter), shorter
    return f"({label})" if any(f" {operator} " in outside for operator in operators) else label


def _label(value: Any) -> str:
    if isinstance(value, SeedValues) and value.label:
        return value.label
    return f"{float(value):g}" if np.ndim(value) == 0 else "value"
