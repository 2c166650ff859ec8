"""The figure of networks that approximate a function: what is drawn and labelled, never pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnspec.data import Dataset, StraightLine
from nnspec.plots import function_fits
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from spec.implementation.plots.plane_samples import is_drawn

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes


def fitted(off: float = 0.0, data: Dataset | None = None, outputs: int = 1) -> Runs:
    """Return three seeds of y = x + 90, x + 107 and x + 100, each `off` higher, with losses 10, 7 and 0."""
    recipe = Recipe(data or StraightLine(), [Dense(outputs)], "mae", Adam(0.01), 5, metrics=())
    bias = np.repeat(np.array([[90.0], [107.0], [100.0]], np.float32) + np.float32(off), outputs, axis=1)
    losses = np.array([10.0, 7.0, 0.0], np.float32)
    kernel = np.ones((3, 1, outputs), np.float32)
    return Runs(recipe, np.array([10, 11, 12]), {}, {"loss": losses}, (kernel, bias))


def curve(ax: Axes, start: str) -> NDArray[np.floating]:
    """Return the points (points, 2) of the only line whose label starts so."""
    (found,) = [artist for artist in ax.lines if str(artist.get_label()).startswith(start)]
    return np.asarray(found.get_xydata())


def test_it_can_be_drawn_without_a_warning() -> None:
    assert is_drawn(function_fits({"narrow": fitted(), "wide": fitted(1.0)}))


def test_the_target_and_the_median_fit_of_every_arm_are_curves() -> None:
    figure = function_fits({"narrow": fitted(), "wide": fitted(-6.0)})
    (ax,) = figure.axes
    (found,) = figure.legends
    assert [text.get_text() for text in found.get_texts()] == [
        "target",
        "narrow, seed 11, largest error 7",
        "wide, seed 11, largest error 1",
    ]
    arrays = StraightLine().arrays()
    x = np.sort(np.concatenate([arrays.x_train, arrays.x_test])[:, 0])
    np.testing.assert_allclose(curve(ax, "target"), np.stack([x, x + 100], axis=1))
    inputs = np.linspace(0, 995, 400)
    np.testing.assert_allclose(curve(ax, "narrow"), np.stack([inputs, inputs + 107], axis=1), rtol=1e-6)
    np.testing.assert_allclose(curve(ax, "wide"), np.stack([inputs, inputs + 101], axis=1), rtol=1e-6)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("input", "output")
    assert figure.get_suptitle() == "StraightLine: target and fits, each network's seed with the median loss"


def test_the_fits_differ_in_colour_and_in_line_style() -> None:
    (ax,) = function_fits({str(number): fitted(number) for number in range(4)}).axes
    fits = ax.lines[1:]
    assert len({str(fit.get_color()) for fit in fits}) == 4
    assert len({str(fit.get_linestyle()) for fit in fits}) == 4


def test_a_seed_is_drawn_by_its_number() -> None:
    figure = function_fits({"narrow": fitted()}, seed=10)
    assert figure.get_suptitle().endswith(", seed 10")
    np.testing.assert_allclose(curve(figure.axes[0], "narrow, seed 10")[0], [0, 90])
