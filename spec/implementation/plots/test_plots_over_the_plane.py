"""Probabilities and several boundaries over a plane; content, never pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnspec import plots
from nnspec.data import Circles
from nnspec.runs.runs import Runs
from spec.implementation.plots.plane_samples import (
    Corners,
    classifier,
    colour_bars,
    contours,
    corners,
    is_drawn,
    legend,
    line,
    panels,
    points,
)

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.figure import Figure

CENTERS = [[-5.0, 2.0], [1.0, -2.0], [5.0, 2.0]]


def four() -> dict[str, Runs]:
    return {name: classifier() for name in ("none", "three", "ten", "ten and ten")}


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.probability_contours(four()),
        lambda: plots.decision_boundaries({**four(), "corners": corners()}),
        lambda: plots.unit_functions(corners("tanh")),
        lambda: plots.output_units_over_hidden(corners()),
        lambda: plots.blobs(*Corners().examples(), CENTERS, 1.0),
    ],
)
def test_it_can_be_drawn_without_a_warning(draw: Callable[[], Figure]) -> None:
    assert is_drawn(draw())


@pytest.mark.parametrize("draw", [plots.probability_contours, plots.decision_boundaries])
def test_every_arm_has_a_panel_with_its_name_seed_and_accuracy(draw: Callable[..., Figure]) -> None:
    arms = {"shallow": classifier(), "deep": classifier(Circles(n_samples=80))}
    figure = draw(arms)
    assert "each network's seed with the median accuracy" in " ".join(figure.get_suptitle().split())
    for ax, (name, runs) in zip(panels(figure), arms.items(), strict=True):
        arrays = runs.recipe.data.arrays()
        accuracy = np.mean((arrays.x_train[:, 0] > 0.3) == arrays.y_train)
        assert ax.get_title() == f"{name}\nseed 12, accuracy {accuracy:.3f}"
        for number in (0, 1):
            expected = arrays.x_train[arrays.y_train == number]
            np.testing.assert_allclose(points(ax, f"class {number}"), expected)
        np.testing.assert_allclose(line(ax)[:, 0], 0.3, atol=1e-3)  # within a step the sigmoid is straight
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("first input", "second input")
    assert legend(figure) == ["class 0", "class 1"]


@pytest.mark.parametrize("draw", [plots.probability_contours, plots.decision_boundaries])
def test_a_seed_of_every_arm_is_drawn_by_its_number(draw: Callable[..., Figure]) -> None:
    figure = draw({"shallow": classifier(), "deep": classifier()}, seed=10)
    assert figure.get_suptitle().endswith(", seed 10")
    for ax in panels(figure):
        assert "\nseed 10, " in ax.get_title()
        np.testing.assert_allclose(line(ax)[:, 0], 0.1, atol=1e-3)


@pytest.mark.parametrize(
    ("draw", "count", "grid"),
    [
        (plots.probability_contours, 4, (2, 2)),
        (plots.probability_contours, 3, (1, 3)),
        (plots.decision_boundaries, 4, (1, 4)),
        (plots.decision_boundaries, 5, (2, 3)),
    ],
)
def test_the_panels_stand_in_even_rows(
    draw: Callable[..., Figure], count: int, grid: tuple[int, int]
) -> None:
    axes = panels(draw({str(number): classifier() for number in range(count)}))
    specification = axes[0].get_gridspec()
    assert specification is not None
    assert (specification.nrows, specification.ncols) == grid
    assert [ax.get_title()[0] for ax in axes] == [str(number) for number in range(count)]


def test_the_probabilities_have_25_bands_between_0_and_1_and_one_colour_bar() -> None:
    figure = plots.probability_contours(four())
    for ax in panels(figure):
        (bands,) = contours(ax, filled=True)
        np.testing.assert_allclose(bands.levels, np.linspace(0, 1, 26))
        assert bands.get_cmap().name == "PuOr"
    (bar,) = colour_bars(figure)
    assert bar.get_ylabel() == "P(y = 1)"
    assert [text.get_text() for text in bar.get_yticklabels()] == ["0.00", "0.25", "0.50", "0.75", "1.00"]


def test_one_recipe_alone_is_drawn_under_its_description() -> None:
    figure = plots.probability_contours(classifier())
    first, second = figure.get_suptitle().splitlines()
    assert first == "Circles: 1 sigmoid, Adam(0.01), 5 epochs"
    assert second.endswith("median accuracy of 3 seeds")
    (ax,) = panels(figure)
    assert ax.get_title().startswith("seed 12, accuracy")


def test_probabilities_that_are_the_same_everywhere_have_no_boundary() -> None:
    runs = classifier()
    for array in runs.weights:
        array[:] = 0
    (ax,) = panels(plots.probability_contours(runs))
    assert contours(ax, filled=False) == []
