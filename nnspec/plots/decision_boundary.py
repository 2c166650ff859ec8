"""The figure of a classifier's decision boundary over two inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnspec.errors import InvalidValue
from nnspec.plots import style
from nnspec.plots.seeds import chosen_position, heading, seed_label
from nnspec.training.runs import Runs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 100  # along each input, as in the documents' own function


def decision_boundary(runs: Runs, seed: int | None = None) -> Figure:
    """Return the regions that one seed gives to the classes, with the data drawn over them.

    The mesh has 100 × 100 points over the data and 0.1 beyond, in the inputs' unit. One output is
    compared with 0.5, as Keras's accuracy does, also where it is no probability; of several outputs
    the largest decides. Training and test part stand side by side. `seed` is a seed number; None
    draws the seed with the median accuracy.

    Raises
    ------
    InvalidValue
        If inputs are not (examples, 2), or if the seed is unknown or diverged.

    Source: CS231n's `plot_decision_boundary`, which the documents follow.
    """
    arrays = runs.recipe.data.arrays()
    if arrays.x_train.shape[1:] != (2,):
        raise InvalidValue("x_train.shape", arrays.x_train.shape, "two inputs per example, (examples, 2)")
    position = chosen_position(runs, seed, "accuracy")
    one = runs.select([position])
    parts = {"Training": (arrays.x_train, arrays.y_train), "Test": (arrays.x_test, arrays.y_test)}
    parts = {name: (x, y) for name, (x, y) in parts.items() if len(x)}
    mesh = _mesh(one, np.concatenate([x for x, _ in parts.values()]))
    figure, axes = style.empty_figure(columns=len(parts), width=8.0 if len(parts) > 1 else 5.5, height=4.6)
    for ax, (name, (x, y)) in zip(axes, parts.items(), strict=True):
        true, predicted = _true_classes(y), _classes(one.predict(x)[0])
        _draw_regions(ax, mesh)
        for number in np.unique(true):
            ax.scatter(
                x[true == number, 0],
                x[true == number, 1],
                s=18,
                c=style.colour(number),
                marker=style.marker(number),
                edgecolors="white",
                linewidths=0.4,
                label=f"class {number}",
            )
        title = f"{name} part, accuracy {np.mean(true == predicted):.3f}"
        ax.set(title=title, xlabel="first input", ylabel="second input")
        ax.title.set_fontsize(10)
    style.set_legend(figure, columns=8)
    style.set_heading(figure, f"{heading(runs)}\n{seed_label(runs, position, seed, 'accuracy')}")
    return figure


@dataclass(frozen=True)
class _Mesh:
    """Coordinates (points,), classes (points, points) and margins, the boundary being where one is 0."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    classes: NDArray[np.int64]
    margins: list[NDArray[np.float64]]


def _mesh(one: Runs, x: NDArray[np.float32]) -> _Mesh:
    low, high = x.min(axis=0) - 0.1, x.max(axis=0) + 0.1
    first, second = (np.linspace(low[i], high[i], POINTS, dtype=np.float64) for i in (0, 1))
    grid = np.stack(np.meshgrid(first, second), axis=-1)
    outputs = one.predict(grid.reshape(-1, 2))[0].astype(np.float64)
    if outputs.shape[1] == 1:
        margins = [outputs[:, 0] - 0.5]
    else:
        others = [np.delete(outputs, k, axis=1).max(axis=1) for k in range(outputs.shape[1])]
        margins = [outputs[:, k] - other for k, other in enumerate(others)]
    square = (POINTS, POINTS)
    return _Mesh(first, second, _classes(outputs).reshape(square), [m.reshape(square) for m in margins])


def _draw_regions(ax: Axes, mesh: _Mesh) -> None:
    from matplotlib.colors import to_rgb  # takes half a second to import

    colours = np.array([to_rgb(style.colour(k)) for k in range(mesh.classes.max() + 1)])
    extent = (*_edges(mesh.first), *_edges(mesh.second))
    ax.imshow(colours[mesh.classes], extent=extent, origin="lower", aspect="auto", alpha=0.3)
    for margin in mesh.margins:
        # matplotlib warns about a contour that has no point to go through.
        if margin.min() < 0 < margin.max():
            line: dict[str, Any] = {"levels": [0.0], "colors": "black", "linewidths": 1.0}
            ax.contour(mesh.first, mesh.second, margin, **line)


def _edges(coordinates: NDArray[np.float64]) -> tuple[float, float]:
    """Return where the cells around the outermost coordinates end."""
    half = (coordinates[1] - coordinates[0]) / 2
    return float(coordinates[0] - half), float(coordinates[-1] + half)


def _classes(outputs: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the class of outputs (examples, outputs), (examples,)."""
    found = outputs[:, 0] > 0.5 if outputs.shape[1] == 1 else outputs.argmax(axis=1)
    return found.astype(np.int64)


def _true_classes(y: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the class of targets that are class numbers or one-hot, (examples,)."""
    found = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)
    return found.astype(np.int64)
