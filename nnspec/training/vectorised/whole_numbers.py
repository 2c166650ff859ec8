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


def check_labels(data: FitData, model: Any, classes: dict[tuple[Any, ...], int]) -> None:
    """Check that targets are numbers of classes where a loss takes them as such, or are ignored by it.

    `classes` is how many there are for an output of the model, by its place or name; () is any of them.

    Raises
    ------
    NotTrained
        If some are not: `fit` on TensorFlow refuses them, and JAX would train to NaN.
    """
    parts: tuple[tuple[Any, ...], ...]
    parts = ((data.y,), (data.validation or ())[1:2], data.whole[1:], (data.test or ())[1:])
    if (ignored := getattr(model.loss, "ignore_class", None)) is not None:  # of one array of targets
        parts = tuple(tuple(one[one != ignored] for one in part) for part in parts)
    for path, number in classes.items():
        name = _name(model, path)
        wanted = (_of(values, name) for part in parts for values in part)
        if any(_beyond(values, 0, number - 1) for values in wanted):
            raise NotTrained(f"some targets are none of the {number} classes of the model")


def _name(model: Any, path: tuple[Any, ...]) -> Any:
    """Return the name of an output from its path in what the model returns, None for any of them."""
    if len(path) != 1:
        return None
    return model.output_names[path[0]] if isinstance(path[0], int) else path[0]


def _of(values: Any, name: Any) -> Any:
    """Return the targets of an output, all where it has no name of its own."""
    return values[name] if isinstance(values, dict) and name in values else values


def _beyond(values: Any, least: int = _HELD.min, most: int = _HELD.max) -> bool:
    if isinstance(values, dict):
        return any(_beyond(one, least, most) for one in values.values())
    if not np.issubdtype(values.dtype, np.integer) or not values.size:
        return False
    return bool(values.max() > most or values.min() < least)
