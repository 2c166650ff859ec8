"""The figure of a classifier's probability over two inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.plots import plane, style
from nnspec.plots.seeds import arms_heading, by_name, one_seed, panel_title
from nnspec.recipes.layers import Dense
from nnspec.runs.runs import Runs

LEVELS = 25  # bands between 0 and 1, as in the documents' figures


def probability_contours(arms: Mapping[str, Runs] | Runs, seed: int | None = None) -> style.Figure:
    """Return contours of the probability of class 1, one panel per arm, with the training part on top.

    Each panel has 25 bands between 0 and 1 over the data and 0.1 beyond, and a line where the
    probability is one half. Four arms stand two by two, others in rows of up to three. `seed` is a
    seed number; None draws every arm's own seed with the median accuracy.

    Raises
    ------
    InvalidValue
        If there is no arm, if inputs are not (examples, 2), if the output is not one sigmoid unit, or
        if the seed is unknown or diverged.

    Source: "Google ML Academy 2019", multiple nodes and deeper networks.
    """
    named = by_name(arms)
    figure, axes = style.panels(len(named), most=3, width=4.0, height=3.5)
    for ax, (name, runs) in zip(axes, named.items(), strict=True):
        arrays = plane.two_input_arrays(runs)
        _check_output(runs)
        one, _ = one_seed(runs, seed)
        grid = plane.grid_over(arrays.x_train)
        probabilities = one.predict(grid.points)[0, :, 0].astype(np.float64)
        square = probabilities.reshape(plane.POINTS, plane.POINTS)
        look: dict[str, Any] = {"cmap": style.DIVERGING, "alpha": style.SHADING}
        shading = ax.contourf(grid.first, grid.second, square, levels=np.linspace(0, 1, LEVELS + 1), **look)
        plane.draw_zero_line(ax, grid, probabilities - 0.5)
        classes = plane.true_classes(arrays.y_train)
        plane.draw_examples(ax, arrays.x_train, classes, plane.size_over_shading(len(classes)))
        accuracy = float(np.mean(plane.predicted_classes(one.predict(arrays.x_train)[0]) == classes))
        style.set_title(ax, panel_title(name, one, accuracy))
    figure.colorbar(shading, ax=axes, label="P(y = 1)", ticks=np.linspace(0, 1, 5), aspect=30)
    style.set_legend(figure, columns=8)
    style.set_heading(figure, arms_heading(named, seed, "P(y = 1) and training part"))
    return figure


def _check_output(runs: Runs) -> None:
    output = next(layer for layer in reversed(runs.recipe.layers) if isinstance(layer, Dense))
    if (output.units, output.activation) != (1, "sigmoid"):
        shown = f"{output.units} {output.activation}"
        remedy = "decision_boundary() draws any classifier"
        raise InvalidValue("output layer", shown, "one sigmoid unit, a probability", remedy)
