"""The figures of confusion matrix, regression and activations, and what all figures keep to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nnspec import plots
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from spec.implementation.plots.plane_samples import is_drawn, points

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def line(train_size: int | None = 150) -> Runs:
    """Return three seeds of y = x + 90, x + 100 and x + 107, with the losses 10, 0 and 7."""
    recipe = Recipe(StraightLine(train_size), [Dense(1)], "mae", Adam(0.01), 5, metrics=())
    weights = (np.ones((3, 1, 1), np.float32), np.array([[90.0], [100.0], [107.0]], np.float32))
    return Runs(recipe, np.array([10, 11, 12]), {}, {"loss": np.array([10.0, 0.0, 7.0], np.float32)}, weights)


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


@pytest.mark.parametrize(
    "draw",
    [
        plots.activation_curves,
        lambda: plots.confusion([0, 0, 1], [0, 1, 1]),
        lambda: plots.regression(line()),
    ],
)
def test_it_can_be_drawn_without_a_warning(draw: Callable[[], Figure]) -> None:
    assert is_drawn(draw())


def test_the_confusion_matrix_shows_counts_and_shares_of_the_row() -> None:
    true, predicted = [0] * 4 + [1] * 5, [0, 0, 0, 1, 1, 1, 1, 1, 1]
    (ax,) = plots.confusion(true, predicted).axes
    cells = [text.get_text() for text in ax.texts]
    assert cells == ["3\n(75.0 %)", "1\n(25.0 %)", "0\n(0.0 %)", "5\n(100.0 %)"]
    assert [text.get_position() for text in ax.texts] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Predicted label", "True label")
    assert ax.get_title() == "Confusion matrix, 9 examples, accuracy 0.889"


def test_the_text_is_light_on_dark_cells_and_dark_on_light_ones() -> None:
    (ax,) = plots.confusion([0, 0, 0, 1], [0, 0, 1, 1]).axes
    (image,) = ax.images
    shares = np.asarray(image.get_array()).ravel()
    for text, share in zip(ax.texts, shares, strict=True):
        background = np.mean(image.to_rgba(share)[:3])
        assert abs(background - (1.0 if text.get_color() == "white" else 0.0)) > 0.4


def test_the_ticks_are_at_the_bottom_and_carry_the_names() -> None:
    (ax,) = plots.confusion([0, 1], [0, 1], ["outside", "inside"]).axes
    assert ax.xaxis.get_ticks_position() == "bottom"
    for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
        assert [label.get_text() for label in labels] == ["outside", "inside"]


def test_classes_without_names_carry_their_numbers() -> None:
    (ax,) = plots.confusion([0, 2], [0, 1]).axes
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2"]


def test_a_class_that_does_not_occur_has_a_share_of_zero() -> None:
    (ax,) = plots.confusion([0, 1], [0, 1], ["a", "b", "c"]).axes
    assert [text.get_text() for text in ax.texts][6:] == ["0\n(0.0 %)"] * 3


def test_the_regression_shows_training_test_and_predicted_points() -> None:
    figure = plots.regression(line())
    (ax,) = figure.axes
    arrays = StraightLine().arrays()
    assert legend(ax) == ["training", "test", "predicted (test)"]
    assert figure.get_suptitle() == "StraightLine: 1, Adam(0.01), 5 epochs"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("input", "target")
    expected = {
        "training": (arrays.x_train, arrays.y_train),
        "test": (arrays.x_test, arrays.y_test),
        "predicted (test)": (arrays.x_test, arrays.x_test[:, 0] + 107),
    }
    for label, (x, y) in expected.items():
        np.testing.assert_allclose(points(ax, label), np.stack([x[:, 0], y], axis=1))
    assert ax.get_title() == "seed 12 (median loss of 3 seeds), mean absolute error on the test part 7"


def test_the_regression_draws_a_seed_by_its_number() -> None:
    (ax,) = plots.regression(line(), seed=10).axes
    assert ax.get_title() == "seed 10, mean absolute error on the test part 10"


def test_a_regression_without_a_test_part_predicts_the_training_points() -> None:
    (ax,) = plots.regression(line(train_size=None)).axes
    assert legend(ax) == ["training", "predicted (training)"]
    assert len(points(ax, "predicted (training)")) == 200


def test_the_activation_curves_run_from_minus_ten_to_nine() -> None:
    axes = plots.activation_curves().axes
    assert [ax.get_title() for ax in axes] == ["linear", "relu", "sigmoid"]
    x = np.arange(-10, 10)
    for ax, y in zip(axes, (x, np.maximum(x, 0), 1 / (1 + np.exp(-x))), strict=True):
        (curve,) = [artist for artist in ax.lines if artist.get_label() == ax.get_title()]
        np.testing.assert_array_equal(curve.get_xdata(), x)
        np.testing.assert_allclose(np.asarray(curve.get_ydata()), y)
        assert ax.get_ylabel() == f"{ax.get_title()}(x)"
