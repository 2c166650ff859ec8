"""Whether two evaluations were of the same examples, told from the captured arrays and not from names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.notebook.captured import Captured, Evaluation, Fit

_ROWS = 2048  # of inputs that are compared number by number; of targets all are
_FEWEST = 16  # examples among which it is no accident that two columns rise and fall together
_ROUND_OFF = 1e-6


@dataclass(frozen=True)
class Examples:
    """Inputs and targets that a model was evaluated on, as they were captured.

    `split` is the share of the last of them that `validation_split` holds out; 0 where all count.
    """

    x: Mapping[str, Any]
    y: Mapping[str, Any]
    split: float = 0.0


def evaluated_on(fit: Fit, evaluation: Evaluation | None) -> Examples | None:
    """Return the examples of an evaluation, or those that a fit validates on; None where there are none."""
    if evaluation is not None:
        x, y = evaluation.data.get("x"), evaluation.data.get("y")
        return None if x is None or y is None else Examples(x, y)
    validation = fit.data.get("validation_data")
    if validation is not None:
        parts = validation.get("parts", ())
        return Examples(*parts) if isinstance(parts, list) and len(parts) == 2 and all(parts) else None
    split = float(fit.arguments.get("validation_split", 0.0))
    x, y = fit.data.get("x"), fit.data.get("y")
    return None if not split or x is None or y is None else Examples(x, y, split)


def number_of(examples: Examples) -> int:
    """Return how many examples there are; 0 where it is not known."""
    shape = examples.y.get("shape")
    if not shape:
        return 0
    whole = int(shape[0])
    return whole - int(whole * (1 - examples.split)) if examples.split else whole  # as Keras splits


def same_targets(one: Examples, other: Examples) -> bool:
    """Return whether the targets are the same arrays, so that every metric means the same."""
    return bool(one.y == other.y) and one.split == other.split


def same_examples(captured: Captured, one: Examples, other: Examples) -> bool:
    """Return whether two evaluations are of the same examples.

    They are where the arrays have the same checksums. They are, too, where the targets are the same classes
    in the same order, as whole numbers or as one of many, and the inputs the same numbers in another shape or
    scaled, column by column: pixels from 0 to 255 and from 0 to 1, images and rows of pixels.

    Raises
    ------
    InvalidValue
        If a captured array cannot be read.
    """
    if one.split != other.split:
        return False
    if one.x == other.x and one.y == other.y:
        return True
    if number_of(one) != number_of(other) or any(
        "file" not in kept for kept in (one.x, one.y, other.x, other.y)
    ):
        return False
    if one.y != other.y:
        mine, theirs = (_classes(captured.array(kept)) for kept in (one.y, other.y))
        if not np.array_equal(mine, theirs):
            return False
    return bool(one.x == other.x) or _scaled(captured.array(one.x), captured.array(other.x))


def _classes(targets: NDArray[Any]) -> NDArray[Any]:
    """Return targets (examples, …) as one number for each where they are one, or one of many."""
    flat = targets.reshape(len(targets), -1)
    if flat.shape[1] == 1:
        return flat[:, 0]
    is_one_of_many = bool(((flat == 0) | (flat == 1)).all() and (flat.sum(axis=1) == 1).all())
    return flat.argmax(axis=1) if is_one_of_many else flat


def _scaled(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Return whether each column of one array is the same column of the other, multiplied and shifted."""
    if one.ndim < 1 or len(one) != len(other) or one.size != other.size or len(one) < _FEWEST:
        return False
    rows = np.linspace(0, len(one) - 1, min(len(one), _ROWS)).astype(int)
    a, b = (array[rows].reshape(len(rows), -1).astype(np.float64) for array in (one, other))
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    own, others, both = (a * a).sum(axis=0), (b * b).sum(axis=0), (a * b).sum(axis=0)
    varies = own > 0
    along = both * both >= (1 - _ROUND_OFF) * own * others
    return bool(varies.any() and np.array_equal(varies, others > 0) and along[varies].all())
