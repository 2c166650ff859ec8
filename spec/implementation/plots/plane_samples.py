"""Runs whose boundaries are known, and what a figure over a plane consists of."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnspec.data import Circles, Dataset
from nnspec.recipes.layers import Dense, Dropout
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SEEDS = np.array([10, 11, 12])
CIRCLES = Circles(n_samples=60, train_size=40)
METRICS = {"accuracy": np.array([0.9, 0.5, 0.7], np.float32), "loss": np.array([0.1, 0.3, 0.4], np.float32)}


@dataclass(frozen=True)
class Corners(Dataset):
    """Three classes of 10 points each, near (-1, -1), (1, -1) and (1, 1): x (30, 2), y (30,)."""

    train_size: int | None = None

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return the points class by class."""
        corners = np.repeat([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0]], 10, axis=0)
        steps = np.tile(np.linspace(-0.2, 0.2, 10), 3)
        return corners + steps[:, None], np.repeat([0, 1, 2], 10)


def classifier(data: Dataset = CIRCLES, activation: str = "sigmoid") -> Runs:
    """Return three seeds of one unit whose boundary is the first input at 0.1, 0.2 and 0.3."""
    recipe = Recipe(data, [Dense(1, activation)], "binary_crossentropy", Adam(0.01), 5)
    kernel = np.tile(np.array([[[10.0], [0.0]]], np.float32), (3, 1, 1))
    bias = np.array([[-1.0], [-2.0], [-3.0]], np.float32)
    return Runs(recipe, SEEDS, {}, METRICS, (kernel, bias))


def corners(activation: str = "relu", scale: float = 1.0) -> Runs:
    """Return three seeds of two hidden units, the inputs minus 0.5, 0 and 0.25, and three outputs."""
    layers = [Dense(2, activation), Dropout(0.1), Dense(3)]
    recipe = Recipe(Corners(), layers, "sparse_categorical_crossentropy", Adam(0.01), 5)
    hidden = np.tile(scale * np.eye(2, dtype=np.float32), (3, 1, 1))
    bias = np.array([[-0.5, -0.5], [0.0, 0.0], [-0.25, -0.25]], np.float32)
    output = np.tile(np.array([[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0]], np.float32), (3, 1, 1))
    return Runs(recipe, SEEDS, {}, METRICS, (hidden, bias, output, np.zeros((3, 3), np.float32)))


def panels(figure: Figure) -> list[Axes]:
    """Return the axes that are not colour bars."""
    return [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]


def colour_bars(figure: Figure) -> list[Axes]:
    return [ax for ax in figure.axes if ax.get_label() == "<colorbar>"]


def heading(figure: Figure) -> str:
    return figure.get_suptitle()


def legend(figure: Figure) -> list[str]:
    (found,) = figure.legends
    return [text.get_text() for text in found.get_texts()]


def is_drawn(figure: Figure) -> bool:
    """Return whether a figure becomes a PNG file; a warning would be an error."""
    file = io.BytesIO()
    figure.savefig(file)
    return file.getvalue().startswith(b"\x89PNG")


def hexadecimal(colour: object) -> str:
    """Return a colour of matplotlib as #rrggbb."""
    from matplotlib.colors import to_hex

    return str(to_hex(colour))


def points(ax: Axes, label: str) -> NDArray[np.floating]:
    (found,) = [c for c in ax.collections if c.get_label() == label]
    return np.asarray(found.get_offsets())


def contours(ax: Axes, filled: bool) -> list[Any]:
    sets = [c for c in ax.collections if type(c).__name__.endswith("ContourSet")]
    return [c for c in sets if getattr(c, "filled", None) == filled]


def line(ax: Axes) -> NDArray[np.floating]:
    """Return the points of the only line that a value of zero draws."""
    (found,) = contours(ax, filled=False)
    return np.concatenate([np.asarray(path.vertices) for path in found.get_paths()])
