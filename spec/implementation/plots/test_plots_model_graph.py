"""The picture of a model: its boxes, shapes and numbers of parameters, never pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nnspec.plots import model_graph
from nnspec.recipes.layers import BatchNormalization, Dense, Dropout, Flatten
from spec.implementation.plots.plane_samples import is_drawn

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.figure import Figure

LAYERS = [Flatten(), Dense(128, "relu"), Dropout(0.4), Dense(10, "sigmoid")]


def texts(figure: Figure) -> list[tuple[str, str]]:
    """Return the two lines of every box, from the top down."""
    (ax,) = figure.axes
    words = [text.get_text() for text in ax.texts if text.get_text()]  # an arrow is an empty text
    return list(zip(words[::2], words[1::2], strict=True))


def test_it_can_be_drawn_without_a_warning() -> None:
    assert is_drawn(model_graph(LAYERS, (28, 28)))


def test_every_layer_has_a_box_with_its_shapes_and_parameters() -> None:
    figure = model_graph(LAYERS, (28, 28))
    assert texts(figure) == [
        ("Input", "(None, 28, 28)"),
        ("Flatten", "(None, 28, 28) → (None, 784),  no parameters"),
        ("Dense  (128 units, relu)", "(None, 784) → (None, 128),  100,480 parameters"),
        ("Dropout  (rate 0.4)", "(None, 128) → (None, 128),  no parameters"),
        ("Dense  (10 units, sigmoid)", "(None, 128) → (None, 10),  1,290 parameters"),
    ]
    assert figure.get_suptitle() == "4 layers, 101,770 parameters"
    assert len(figure.axes[0].patches) == 5


def test_arrows_lead_from_box_to_box() -> None:
    (ax,) = model_graph(LAYERS, (28, 28)).axes
    arrows: list[Any] = [text for text in ax.texts if not text.get_text()]
    boxes = [patch.get_extents().transformed(ax.transData.inverted()) for patch in ax.patches]
    assert len(arrows) == len(boxes) - 1
    for arrow, above, below in zip(arrows, boxes, boxes[1:], strict=False):
        assert arrow.xyann[1] == pytest.approx(above.y0 if ax.yaxis_inverted() else above.y1)
        assert arrow.xy[1] == pytest.approx(below.y1 if ax.yaxis_inverted() else below.y0)


def test_one_unit_is_written_in_the_singular() -> None:
    figure = model_graph([Dense(1)], [2])
    assert texts(figure)[1] == ("Dense  (1 unit, linear)", "(None, 2) → (None, 1),  3 parameters")
    assert figure.get_suptitle() == "1 layer, 3 parameters"


def test_batch_normalisation_counts_its_moving_mean_and_variance_as_keras_does() -> None:
    figure = model_graph([Dense(4), BatchNormalization()], (2,))
    assert texts(figure)[2][1].endswith("16 parameters")
    assert figure.get_suptitle() == "2 layers, 28 parameters"
