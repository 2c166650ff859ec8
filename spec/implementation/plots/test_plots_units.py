"""Units over the plane and over the hidden space; content, never pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnspec import plots
from nnspec.basics.errors import InvalidValue
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from spec.implementation.plots.plane_samples import (
    CIRCLES,
    METRICS,
    SEEDS,
    Corners,
    colour_bars,
    contours,
    corners,
    legend,
    line,
    panels,
    points,
)

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    pass


def test_every_hidden_unit_has_a_panel_with_its_values_and_zero_line() -> None:
    figure = plots.unit_functions(corners())
    assert figure.get_suptitle().endswith("seed 12 (median accuracy of 3 seeds)")
    assert [ax.get_title() for ax in panels(figure)] == ["hidden unit 0 (relu)", "hidden unit 1 (relu)"]
    assert [ax.get_ylabel() for ax in colour_bars(figure)] == ["output", "output"]
    x = np.linspace(-1.3, 1.3, 100)
    for unit, ax in enumerate(panels(figure)):
        np.testing.assert_allclose(line(ax)[:, unit], 0.25, atol=1e-5)
        (image,) = ax.images
        values = np.asarray(image.get_array())
        np.testing.assert_allclose(
            values[0] if unit == 0 else values[:, 0], np.maximum(x - 0.25, 0), atol=1e-5
        )
        np.testing.assert_allclose(points(ax, "class 1"), Corners().arrays().x_train[10:20])
    assert legend(figure) == ["class 0", "class 1", "class 2"]


@pytest.mark.parametrize(
    ("activation", "limits", "colours"),
    [
        ("relu", (0, 1.05), "Greys"),
        ("sigmoid", (0, 1), "Greys"),
        ("tanh", (-1, 1), "PuOr"),
        ("linear", (-1.55, 1.55), "PuOr"),
    ],
)
def test_the_shading_spans_what_the_activation_can_give(
    activation: str, limits: tuple[float, float], colours: str
) -> None:
    (image,) = panels(plots.unit_functions(corners(activation)))[0].images
    np.testing.assert_allclose(image.get_clim(), limits, atol=1e-5)
    assert image.get_cmap().name == colours


def test_a_unit_that_is_dead_everywhere_is_drawn_without_a_line() -> None:
    runs = corners(scale=0.0)
    (image,) = panels(plots.unit_functions(runs))[0].images
    assert image.get_clim() == (0.0, 1.0)
    assert contours(panels(plots.unit_functions(runs))[0], filled=False) == []
    assert len(panels(plots.output_units_over_hidden(runs))) == 3


def test_every_output_unit_has_a_panel_over_the_hidden_space() -> None:
    figure = plots.output_units_over_hidden(corners(), seed=11)
    assert [ax.get_title() for ax in panels(figure)] == ["output unit 0", "output unit 1", "output unit 2"]
    assert len(colour_bars(figure)) == 3
    hidden = np.maximum(Corners().arrays().x_train, 0)
    for ax in panels(figure):
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("hidden unit 0", "hidden unit 1")
        for number in range(3):
            expected = hidden[10 * number : 10 * (number + 1)]
            np.testing.assert_allclose(points(ax, f"class {number}"), expected)
    # output unit 1 is hidden unit 0 minus hidden unit 1, over the hidden space and a twentieth beyond
    (image,) = panels(figure)[1].images
    low, high = -0.05 * 1.2, 1.2 + 0.05 * 1.2
    values = np.asarray(image.get_array())
    np.testing.assert_allclose(
        [values[0, 0], values[0, -1], values[-1, 0]], [0, high - low, low - high], atol=1e-5
    )


def test_runs_without_an_accuracy_are_drawn_at_their_median_loss() -> None:
    runs = corners()
    without = Runs(runs.recipe, SEEDS, {}, {"loss": METRICS["loss"]}, runs.weights)
    assert "seed 11 (median loss of 3 seeds)" in plots.unit_functions(without).get_suptitle()


def test_a_hidden_space_has_two_axes() -> None:
    layers = [Dense(3, "relu"), Dense(1, "sigmoid")]
    recipe = Recipe(CIRCLES, layers, "binary_crossentropy", Adam(0.01), 5)
    shapes = [(3, 2, 3), (3, 3), (3, 3, 1), (3, 1)]
    runs = Runs(recipe, SEEDS, {}, METRICS, tuple(np.ones(shape, np.float32) for shape in shapes))
    with pytest.raises(InvalidValue, match="last hidden layer='3 units'; expected two units"):
        plots.output_units_over_hidden(runs)
