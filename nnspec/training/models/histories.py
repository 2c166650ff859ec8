"""Histories of seeds that may have stopped after different numbers of epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue


def check_numbers(reported: Mapping[str, Any]) -> None:
    """Check that what a model reports is one number by each name.

    Raises
    ------
    InvalidValue
        If a metric has several, such as one for each class.
    """
    for name, value in reported.items():
        if np.ndim(value):
            received = f"{name!r}, which has values of shape {np.shape(value)}"
            remedy = 'average="macro" makes one of those of all classes'
            raise InvalidValue("metrics", received, "metrics that are one number each", remedy)


def epochs_of(history: Mapping[str, Sequence[float]]) -> list[dict[str, float]]:
    """Return what Keras's history has by name, epoch by epoch."""
    number = max(map(len, history.values()), default=0)
    return [
        {name: values[at] for name, values in history.items() if at < len(values)} for at in range(number)
    ]


def padded(epochs: Sequence[Sequence[Mapping[str, float]]], most: int) -> dict[str, NDArray[np.float32]]:
    """Return what seeds reported by name, (seeds, most epochs) float32, NaN where one had stopped."""
    names = dict.fromkeys(name for seed in epochs for one in seed for name in one)
    history = {name: np.full((len(epochs), most), np.nan, np.float32) for name in names}
    for place, seed in enumerate(epochs):
        for number, one in enumerate(seed):
            for name, value in one.items():
                history[name][place, number] = value
    return history
