"""Whole numbers that JAX does not hold, or not as labels: it says nothing about them, and `fit` does."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.training.engine import NotTrained
from nnspec.training.models.parts import FitData

_HELD = np.iinfo(np.int32)


def check_held(data: FitData) -> None:
    """Check that JAX holds all whole numbers among the data.

    Raises
    ------
    NotTrained
        If it does not.
    """
    parts = ((data.x, data.y), data.validation or (), data.whole, data.test or ())
    if any(_beyond(values) for part in parts for values in part):
        raise NotTrained("JAX holds whole numbers of 32 bits only, and the data have larger ones")


def check_labels(data: FitData, loss: Any, classes: int | None) -> None:
    """Check that targets are numbers of classes where a loss takes them as such, or are ignored by it.

    Raises
    ------
    NotTrained
        If some are not: `fit` on TensorFlow refuses them, and JAX would train to NaN.
    """
    parts: tuple[tuple[Any, ...], ...]
    parts = ((data.y,), (data.validation or ())[1:2], data.whole[1:], (data.test or ())[1:])
    if getattr(loss, "ignore_class", None) is not None:  # of one loss, and one array of targets
        parts = tuple(tuple(one[one != loss.ignore_class] for one in part) for part in parts)
    if classes and any(_beyond(values, 0, classes - 1) for part in parts for values in part):
        raise NotTrained(f"some targets are none of the {classes} classes of the model")


def _beyond(values: Any, least: int = _HELD.min, most: int = _HELD.max) -> bool:
    if isinstance(values, dict):
        return any(_beyond(one, least, most) for one in values.values())
    if not np.issubdtype(values.dtype, np.integer) or not values.size:
        return False
    return bool(values.max() > most or values.min() < least)
