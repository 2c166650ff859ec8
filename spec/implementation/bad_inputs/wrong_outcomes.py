"""Data and outcomes as a case asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec import Circles, Dataset, Experiment

POINTS = Circles(n_samples=20)


@dataclass(frozen=True)
class Own(Dataset):
    """Four examples with the targets that a case asks for."""

    y: tuple[Any, ...] = (0, 1, 0, 1)
    x: tuple[Any, ...] = ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0))
    train_size: int | None = None

    def examples(self) -> Any:
        """Return the fields as they are."""
        return np.array(self.x, np.float32), np.array(self.y)


@dataclass(frozen=True)
class Outcome(Experiment):
    """An experiment with the outcome that a case asks for."""

    data: Dataset
    kind: str

    def outcome(self, seed: int) -> Mapping[str, float]:
        """Return something that is no mapping of names to numbers, or not always the same names."""
        wrong: dict[str, Any] = {
            "number": 1.0,
            "nothing": None,
            "empty": {},
            "text": {"accuracy": "high"},
            "list": {"accuracy": [0.5, 0.6]},
            "keys": {3: 0.5},
            "large": {"n": 0.5, "loss": 1e300},
            "whole and large": {"n": 10**200},
            "count": {"n": 2**24 + 1},
            "negative": {"n": np.int64(-(2**24) - 1)},
            "masked": {"n": np.ma.masked},
            "rounded": {"n": float(2**24 + 1), "m": 2**25, "a": np.inf, "b": 3.4e38, "c": True, "d": 0.1},
        }
        found: Mapping[str, float] = wrong[self.kind]
        return found
