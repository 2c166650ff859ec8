"""A plane that a figure shades: its grid of points, its zero lines, and the examples on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data import Arrays
from nnspec.plots import style
from nnspec.runs.runs import Runs

POINTS = 100  # along each axis, as in the documents' own function

BOUNDED = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Grid:
    """The coordinates (POINTS,) along both axes of the plane."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]

    @property
    def points(self) -> NDArray[np.float64]:
        """All points, (POINTS², 2), the first coordinate changing fastest."""
        return np.stack(np.meshgrid(self.first, self.second), axis=-1).reshape(-1, 2)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top edge of the cells around the outermost points."""
        (left, right), (bottom, top) = (_edges(line) for line in (self.first, self.second))
        return left, right, bottom, top


def grid_over(x: Floats, margin: float = 0.1) -> Grid:
    """Return the grid over points x (examples, 2) and `margin` beyond, in the unit of x."""
    low, high = x.min(axis=0) - margin, x.max(axis=0) + margin
    return Grid(*(np.linspace(low[i], high[i], POINTS, dtype=np.float64) for i in (0, 1)))


def draw_zero_line(ax: style.Axes, grid: Grid, values: Floats) -> None:
    """Draw the line where values (POINTS²,) are 0, if they change their sign at all."""
    # matplotlib warns about a contour that has no point to go through.
    if values.min() < 0 < values.max():
        line: dict[str, Any] = {"levels": [0.0], "colors": "black", "linewidths": 1.0}
        ax.contour(grid.first, grid.second, values.reshape(POINTS, POINTS), **line)


def draw_shading(ax: style.Axes, grid: Grid, values: Floats, activation: str) -> style.AxesImage:
    """Shade a unit's values (POINTS²,): diverging from 0 where there are both signs, else dark far from 0.

    The scale is the range of the activation where it is bounded, so that a unit that hardly changes
    looks so, and else that of the values.
    """
    low, high = BOUNDED.get(activation, (float(values.min()), float(values.max())))
    if low < 0 < high:
        low, high = -max(-low, high), max(-low, high)
        name = style.DIVERGING
    else:
        name = f"{style.SEQUENTIAL}_r" if low < 0 else style.SEQUENTIAL
    # A unit that is the same everywhere has no range of its own.
    image: dict[str, Any] = {"vmin": low, "vmax": high if high > low else low + 1, "cmap": name}
    square = values.reshape(POINTS, POINTS)
    return ax.imshow(square, extent=grid.extent, origin="lower", aspect="auto", alpha=style.SHADING, **image)


def draw_examples(ax: style.Axes, x: Floats, classes: NDArray[np.int64], size: float = 18) -> None:
    """Draw points x (examples, 2) in the colour and with the marker of their class (examples,)."""
    ax.set(xlabel="first input", ylabel="second input")
    for number in np.unique(classes):
        first, second = x[classes == number].T
        look: dict[str, Any] = {"c": style.colour(number), "marker": style.marker(number), "s": size}
        edge: dict[str, Any] = {"edgecolors": "white", "linewidths": min(0.4, size / 30)}
        ax.scatter(first, second, **look, **edge, label=f"class {number}")


def size_over_shading(count: int) -> float:
    """Return a marker size that leaves something to see of the shading under so many examples."""
    return min(18.0, max(8.0, 6000 / count))


def two_input_arrays(runs: Runs) -> Arrays:
    """Return the data of the runs, whose inputs are (examples, 2).

    Raises
    ------
    InvalidValue
        If the inputs have another shape.
    """
    arrays = runs.recipe.data.arrays()
    if arrays.x_train.shape[1:] != (2,):
        raise InvalidValue("x_train.shape", arrays.x_train.shape, "two inputs per example, (examples, 2)")
    return arrays


def predicted_classes(outputs: Floats) -> NDArray[np.int64]:
    """Return the class of outputs (examples, outputs), (examples,); one output is compared with 0.5."""
    found = outputs[:, 0] > 0.5 if outputs.shape[1] == 1 else outputs.argmax(axis=1)
    return found.astype(np.int64)


def true_classes(y: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the class of targets that are class numbers or one-hot, (examples,)."""
    found = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)
    return found.astype(np.int64)


def _edges(coordinates: NDArray[np.float64]) -> tuple[float, float]:
    half = (coordinates[1] - coordinates[0]) / 2
    return float(coordinates[0] - half), float(coordinates[-1] + half)
