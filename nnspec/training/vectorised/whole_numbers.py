"""Whole numbers that JAX does not hold: it counts with 32 bits, and cuts off what is beyond them."""

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


def _beyond(values: Any) -> bool:
    if isinstance(values, dict):
        return any(map(_beyond, values.values()))
    if not np.issubdtype(values.dtype, np.integer) or not values.size:
        return False
    return bool(values.max() > _HELD.max or values.min() < _HELD.min)
