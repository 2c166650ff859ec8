"""The figures of what single units compute: hidden ones over the inputs, outputs over hidden ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.plots import plane, style
from nnspec.plots.seeds import heading, one_seed
from nnspec.recipes.layers import Dense
from nnspec.runs.runs import Runs
from nnspec.textbook.forward import forward


def unit_functions(runs: Runs, seed: int | None = None) -> style.Figure:
    """Return the output of every unit of the first hidden layer over two inputs, one panel each.

    The black line is where the weighted sum is 0: there a ReLU begins to rise, tanh changes its sign,
    and a sigmoid is one half. The training part is drawn on top. `seed` is a seed number; None draws
    the seed with the median accuracy, or the median loss where accuracy was not measured.

    Raises
    ------
    InvalidValue
        If inputs are not (examples, 2), if there is no hidden layer, or if the seed is unknown or
        diverged.

    Source: "Optional Lab - Multi-class Classification".
    """
    arrays = plane.two_input_arrays(runs)
    first, hidden = _dense(runs)[0]
    one, label = one_seed(runs, seed)
    grid = plane.grid_over(arrays.x_train)
    layers = runs.recipe.layers[: first + 1]
    outputs = forward(layers, one.weights[:2], grid.points)[0]
    sums = forward([*layers[:first], replace(hidden, activation="linear")], one.weights[:2], grid.points)[0]
    classes = plane.true_classes(arrays.y_train)
    figure, axes = style.panels(hidden.units, most=4, width=3.6, height=3.0)
    for unit, ax in enumerate(axes):
        shading = plane.draw_shading(ax, grid, outputs[:, unit], hidden.activation)
        plane.draw_zero_line(ax, grid, sums[:, unit])
        plane.draw_examples(ax, arrays.x_train, classes, plane.size_over_shading(len(classes)))
        figure.colorbar(shading, ax=ax, label="output")
        style.set_title(ax, f"hidden unit {unit} ({hidden.activation})")
    style.set_legend(figure, columns=8)
    style.set_heading(figure, f"{heading(runs)}\n{label}")
    return figure


def output_units_over_hidden(runs: Runs, seed: int | None = None) -> style.Figure:
    """Return the value of every output unit over the space of two hidden units, one panel each.

    The output of hidden unit 0 goes along x, that of unit 1 along y; the training part is drawn where
    the hidden layer puts it. `seed` is as in `unit_functions`.

    Raises
    ------
    InvalidValue
        If the last hidden layer does not have two units, or if the seed is unknown or diverged.

    Source: "Optional Lab - Multi-class Classification".
    """
    last, output = _dense(runs)[-1]
    one, label = one_seed(runs, seed)
    arrays = runs.recipe.data.arrays()
    before, after = runs.recipe.layers[:last], runs.recipe.layers[last:]
    examples = forward(before, one.weights[:-2], arrays.x_train)[0]
    if examples.shape[1] != 2:
        raise InvalidValue("last hidden layer", f"{examples.shape[1]} units", "two units, one for each axis")
    # Hidden outputs have no unit of their own, so that the margin is a share of their range.
    grid = plane.grid_over(examples, margin=max(0.05 * float(np.ptp(examples, axis=0).max()), 0.05))
    outputs = forward(after, one.weights[-2:], grid.points)[0]
    classes = plane.true_classes(arrays.y_train)
    figure, axes = style.panels(outputs.shape[1], most=4, width=3.6, height=3.0)
    for unit, ax in enumerate(axes):
        shading = plane.draw_shading(ax, grid, outputs[:, unit], output.activation)
        plane.draw_examples(ax, examples, classes, plane.size_over_shading(len(classes)))
        figure.colorbar(shading, ax=ax, label="output")
        style.set_title(ax, f"output unit {unit}")
        ax.set(xlabel="hidden unit 0", ylabel="hidden unit 1")
    style.set_legend(figure, columns=8)
    style.set_heading(figure, f"{heading(runs)}\n{label}")
    return figure


def _dense(runs: Runs) -> list[tuple[int, Dense]]:
    """Return the dense layers, at least two, with their positions among all layers."""
    layers = runs.recipe.layers
    dense = [(index, layer) for index, layer in enumerate(layers) if isinstance(layer, Dense)]
    if len(dense) < 2:
        raise InvalidValue("runs.recipe.layers", layers, "a hidden layer in front of the output")
    return dense
