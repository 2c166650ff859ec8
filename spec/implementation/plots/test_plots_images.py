"""The figures of images with their labels: what is drawn and how it is labelled, never pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nnspec import plots
from nnspec.textbook.metrics import confusion_matrix
from spec.implementation.plots.plane_samples import is_drawn

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.figure import Figure

NAMES = ["T-shirt/top", "Trouser", "Pullover"]
PIXELS = np.arange(7 * 4 * 3).reshape(7, 4, 3)
LABELS = np.array([0, 1, 2, 0, 1, 2, 0])
PREDICTIONS = np.array([0, 1, 0, 0, 2, 2, 1])
SHARES = np.array([0.99, 0.5, 0.62, 1.0, 0.4, 0.7, 0.8])
GREEN, RED = "#009E73", "#D55E00"


def titles(figure: Figure) -> list[str]:
    return [ax.get_title() for ax in figure.axes]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.images(PIXELS, LABELS, NAMES, PREDICTIONS, SHARES, heading="Seven images"),
        lambda: plots.images(np.zeros((1, 2, 2)), [0]),
        lambda: plots.wrong_predictions(PIXELS, LABELS, PREDICTIONS, NAMES),
        lambda: plots.misclassified_pairs(np.ones((4, 3, 3), int), NAMES),
    ],
)
def test_it_can_be_drawn_without_a_warning(draw: Callable[[], Figure]) -> None:
    assert is_drawn(draw())


def test_images_stand_in_rows_under_their_true_labels() -> None:
    figure = plots.images(PIXELS, LABELS, NAMES, columns=4, heading="Seven images")
    assert figure.get_suptitle() == "Seven images"
    assert titles(figure) == [NAMES[label] for label in LABELS]
    grid = figure.axes[0].get_gridspec()
    assert grid is not None
    assert (grid.nrows, grid.ncols) == (2, 4)
    for ax, pixels in zip(figure.axes, PIXELS, strict=True):
        (image,) = ax.images
        np.testing.assert_array_equal(image.get_array(), pixels)
        assert image.get_cmap().name == "gray_r"
        assert image.get_clim() == (PIXELS.min(), PIXELS.max())
        assert not ax.axison


def test_without_names_a_title_is_the_class_number() -> None:
    assert titles(plots.images(PIXELS, LABELS)) == [str(label) for label in LABELS]


def test_right_predictions_are_ticked_in_green_and_wrong_ones_crossed_in_red_with_the_truth() -> None:
    figure = plots.images(PIXELS, LABELS, NAMES, PREDICTIONS, SHARES)
    assert titles(figure)[:3] == [
        "✓ T-shirt/top 99 %",
        "✓ Trouser 50 %",
        "✗ T-shirt/top 62 %\ntrue: Pullover",
    ]
    for ax, true, predicted in zip(figure.axes, LABELS, PREDICTIONS, strict=True):
        assert ax.title.get_color() == (GREEN if true == predicted else RED)


def test_predictions_without_probabilities_have_no_per_cent() -> None:
    assert titles(plots.images(PIXELS, LABELS, NAMES, PREDICTIONS))[0] == "✓ T-shirt/top"


def test_the_wrong_predictions_alone_are_drawn() -> None:
    figure = plots.wrong_predictions(PIXELS, LABELS, PREDICTIONS, NAMES)
    assert figure.get_suptitle() == "3 of 3 wrong predictions among 7 examples"
    assert titles(figure) == [
        "✗ T-shirt/top\ntrue: Pullover",
        "✗ Pullover\ntrue: Trouser",
        "✗ Trouser\ntrue: T-shirt/top",
    ]
    for ax, index in zip(figure.axes, (2, 4, 6), strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), PIXELS[index])


def test_no_more_wrong_predictions_are_drawn_than_asked_for() -> None:
    figure = plots.wrong_predictions(PIXELS, LABELS, PREDICTIONS, count=2)
    assert len(figure.axes) == 2
    assert figure.get_suptitle().startswith("2 of 3 wrong")


def test_the_most_confused_pairs_are_bars_with_their_interval() -> None:
    one = np.array([[9, 4, 0], [2, 9, 1], [7, 0, 9]])
    figure = plots.misclassified_pairs(np.stack([one, 2 * one, 3 * one]), NAMES, count=2)
    (ax,) = figure.axes
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "T-shirt/top – Pullover",
        "T-shirt/top – Trouser",
    ]
    bars: list[Any] = list(ax.patches)
    assert [bar.get_width() for bar in bars] == [14.0, 12.0]
    (intervals,) = [c for c in ax.collections if type(c).__name__ == "LineCollection"]
    ends = np.asarray(intervals.get_paths()[0].vertices)[:, 0]
    np.testing.assert_allclose(ends, np.quantile([7, 14, 21], (0.025, 0.975)))
    assert ax.yaxis_inverted()  # the longest bar is on top
    assert "median and central 95 % of 3 seeds" in figure.get_suptitle()


def test_the_labels_of_ten_long_names_are_turned_and_lie_inside_the_figure() -> None:
    names = [f"{name} {number}" for number, name in enumerate(["Ankle boot"] * 10)]
    true = np.arange(2000) % 10
    figure = plots.confusion(true, np.where(np.arange(2000) < 200, 0, true), names)
    figure.savefig(io.BytesIO())  # lays it out
    (ax,) = figure.axes
    assert len(ax.texts) == 100
    np.testing.assert_array_equal(
        [int(text.get_text().split()[0]) for text in ax.texts],
        confusion_matrix(true, np.where(np.arange(2000) < 200, 0, true)).ravel(),
    )
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert {label.get_rotation() for label in ax.get_xticklabels()} == {45.0}
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert ax.get_title() == "Confusion matrix, 2,000 examples, accuracy 0.910"
