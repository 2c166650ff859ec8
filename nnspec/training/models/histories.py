"""Histories of seeds that may have stopped after different numbers of epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


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
