"""Data that the document speaks of without printing any: separable points, logic tables, functions."""

from dataclasses import dataclass

import numpy as np

from nnspec import Arrays, Dataset

_INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
_FUNCTIONS = {
    "sine": lambda x: np.sin(2 * np.pi * x),
    "corner": np.abs,
    "bump": lambda x: np.exp(-8 * x**2),
}


@dataclass(frozen=True)
class LogicTable(Dataset):
    """The four rows of a logic function of two inputs: "and" or "xor"."""

    function: str

    def examples(self):
        """Return x (4, 2) and y (4,), both of 0 and 1."""
        first, second = _INPUTS.astype(int).T
        return _INPUTS, {"and": first & second, "xor": first ^ second}[self.function]


@dataclass(frozen=True)
class SeparatedPoints(Dataset):
    """Points of the square -1 … 1 on both sides of a random line and at least `gap` away from it."""

    n_samples: int = 50
    gap: float = 0.1
    random_state: int = 0

    def examples(self):
        """Return x (n_samples, 2) and y (n_samples,) 0 or 1, the side of the line."""
        rng = np.random.default_rng(self.random_state)
        angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(-0.5, 0.5)
        # four times as many as wanted: the strip takes away at most a fifth of the square or so
        points = rng.uniform(-1, 1, (4 * self.n_samples, 2))
        sides = points @ [np.cos(angle), np.sin(angle)] - distance
        kept = np.flatnonzero(np.abs(sides) >= self.gap)[: self.n_samples]
        return points[kept], (sides[kept] > 0).astype(int)


@dataclass(frozen=True)
class FunctionOnInterval(Dataset):
    """A function on -1 … 1: 200 points to learn from and a grid ten times as fine to measure the error on."""

    function: str

    def split(self):
        """Return x (points, 1) and y (points,) of both grids."""
        coarse, fine = np.linspace(-1, 1, 200), np.linspace(-1, 1, 2001)
        function = _FUNCTIONS[self.function]
        return Arrays(coarse[:, None], function(coarse), fine[:, None], function(fine))
