"""The figures of classifiers' decision boundaries over two inputs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnspec.plots import plane, style
from nnspec.plots.seeds import arms_heading, by_name, heading, one_seed, panel_title
from nnspec.runs.runs import Runs


def decision_boundary(runs: Runs, seed: int | None = None) -> style.Figure:
    """Return the regions that one seed gives to the classes, with the data drawn over them.

    The mesh has 100 × 100 points over the data and 0.1 beyond, in the inputs' unit. One output is
    compared with 0.5, as Keras's accuracy does, also where it is no probability; of several outputs
    the largest decides. Training and test part stand side by side. `seed` is a seed number; None
    draws the seed with the median accuracy, or the median loss where accuracy was not measured.

    Raises
    ------
    InvalidValue
        If inputs are not (examples, 2), or if the seed is unknown or diverged.

    Source: CS231n's `plot_decision_boundary`, which the documents follow.
    """
    arrays = plane.two_input_arrays(runs)
    one, label = one_seed(runs, seed)
    parts = {"Training": (arrays.x_train, arrays.y_train), "Test": (arrays.x_test, arrays.y_test)}
    parts = {name: (x, y) for name, (x, y) in parts.items() if len(x)}
    grid = plane.grid_over(np.concatenate([x for x, _ in parts.values()]))
    figure, axes = style.empty_figure(columns=len(parts), width=8.0 if len(parts) > 1 else 5.5, height=4.6)
    for ax, (name, (x, y)) in zip(axes, parts.items(), strict=True):
        accuracy = _draw_part(ax, one, grid, x, y)
        style.set_title(ax, f"{name} part, accuracy {accuracy:.3f}")
    style.set_legend(figure, columns=8)
    style.set_heading(figure, f"{heading(runs)}\n{label}")
    return figure


def decision_boundaries(arms: Mapping[str, Runs], seed: int | None = None) -> style.Figure:
    """Return the regions of several arms, one panel each in rows of up to four, with the training part.

    Regions, mesh and `seed` are those of `decision_boundary`; None draws every arm's own median seed.

    Raises
    ------
    InvalidValue
        If there is no arm, or as `decision_boundary` does for any of them.
    """
    named = by_name(arms)
    figure, axes = style.panels(len(named), most=4, width=3.2, height=3.1)
    for ax, (name, runs) in zip(axes, named.items(), strict=True):
        arrays = plane.two_input_arrays(runs)
        one, _ = one_seed(runs, seed)
        accuracy = _draw_part(ax, one, plane.grid_over(arrays.x_train), arrays.x_train, arrays.y_train)
        style.set_title(ax, panel_title(name, one, accuracy))
    style.set_legend(figure, columns=8)
    style.set_heading(figure, arms_heading(named, seed, "Decision boundaries"))
    return figure


def _draw_part(
    ax: style.Axes, one: Runs, grid: plane.Grid, x: NDArray[np.float32], y: NDArray[np.generic]
) -> float:
    """Draw the regions of one seed and the examples of one part, and return its accuracy on them."""
    _draw_regions(ax, grid, one.predict(grid.points)[0].astype(np.float64))
    classes = plane.true_classes(y)
    plane.draw_examples(ax, x, classes)
    return float(np.mean(classes == plane.predicted_classes(one.predict(x)[0])))


def _draw_regions(ax: style.Axes, grid: plane.Grid, outputs: NDArray[np.float64]) -> None:
    from matplotlib.colors import to_rgb  # takes half a second to import

    classes = plane.predicted_classes(outputs)
    colours = np.array([to_rgb(style.colour(k)) for k in range(classes.max() + 1)])
    image = colours[classes].reshape(plane.POINTS, plane.POINTS, 3)
    ax.imshow(image, extent=grid.extent, origin="lower", aspect="auto", alpha=0.3)
    for margin in _margins(outputs):
        plane.draw_zero_line(ax, grid, margin)


def _margins(outputs: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return by how much each class wins at every point, the boundary being where one is 0."""
    if outputs.shape[1] == 1:
        return [outputs[:, 0] - 0.5]
    others = [np.delete(outputs, k, axis=1).max(axis=1) for k in range(outputs.shape[1])]
    return [outputs[:, k] - other for k, other in enumerate(others)]
