"""The figure of the decision boundary: what is drawn and how it is labelled, never pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data import Circles, Dataset
from nnspec.plots import decision_boundary
from nnspec.plots.style import PALETTE, colour, marker
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from spec.implementation.plots.plane_samples import (
    CIRCLES,
    SEEDS,
    classifier,
    heading,
    hexadecimal,
    is_drawn,
    legend,
    points,
)

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes
MEDIAN_SEED = 12  # of the accuracies 0.9, 0.5 and 0.7


@dataclass(frozen=True)
class ThreeStripes(Dataset):
    """Three classes side by side, one-hot: x (30, 2), class 0 left, 2 right."""

    train_size: int | None = None

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return the points of a regular grid."""
        x = np.stack(np.meshgrid(np.arange(10.0), np.arange(3.0)), axis=-1).reshape(-1, 2)
        return x, np.eye(3, dtype=np.float32)[np.digitize(x[:, 0], [3, 7])]


def stripes() -> Runs:
    recipe = Recipe(ThreeStripes(), [Dense(3, "softmax")], "categorical_crossentropy", Adam(0.01), 5)
    # the outputs cross at a first input of 2.5 and of 6.5
    kernel = np.tile(np.array([[[-1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]], np.float32), (3, 1, 1))
    bias = np.tile(np.array([[2.5, 0.0, -6.5]], np.float32), (3, 1))
    metrics = {"accuracy": np.ones(3, np.float32)}
    return Runs(recipe, SEEDS, {}, metrics, (kernel, bias))


def boundaries(ax: Axes) -> list[NDArray[np.floating]]:
    contours = [c for c in ax.collections if type(c).__name__.endswith("ContourSet")]
    return [np.asarray(path.vertices) for contour in contours for path in contour.get_paths()]


@pytest.mark.parametrize("train", [classifier, stripes])
def test_it_can_be_drawn_without_a_warning(train: Callable[[], Runs]) -> None:
    assert is_drawn(decision_boundary(train()))


def test_colours_are_distinct_and_classes_0_and_1_are_orange_and_blue() -> None:
    assert len(set(PALETTE)) == len(PALETTE)
    assert (colour(0), colour(1)) == ("#E69F00", "#0072B2")
    assert len({(colour(number), marker(number)) for number in range(56)}) == 56


def test_the_median_seed_is_drawn_by_default() -> None:
    figure = decision_boundary(classifier())
    assert f"seed {MEDIAN_SEED} (median accuracy of 3 seeds)" in heading(figure)
    assert "Circles: 1 sigmoid, Adam(0.01), 5 epochs" in heading(figure)


def test_a_seed_is_drawn_by_its_number() -> None:
    figure = decision_boundary(classifier().named("shallow"), seed=11)
    assert heading(figure).splitlines()[-1] == "seed 11"
    assert heading(figure).startswith("shallow – ")
    (path,) = boundaries(figure.axes[0])
    np.testing.assert_allclose(path[:, 0], 0.2, atol=1e-3)


def test_the_boundary_is_where_the_probability_is_one_half() -> None:
    for ax in decision_boundary(classifier()).axes:
        (path,) = boundaries(ax)
        # a step of the mesh is 0.02, within it the sigmoid is nearly straight
        np.testing.assert_allclose(path[:, 0], 0.3, atol=1e-3)


def test_training_and_test_part_stand_side_by_side_with_their_accuracies() -> None:
    figure = decision_boundary(classifier())
    arrays = CIRCLES.arrays()
    parts = [("Training", arrays.x_train, arrays.y_train), ("Test", arrays.x_test, arrays.y_test)]
    assert len(figure.axes) == 2
    for ax, (name, x, y) in zip(figure.axes, parts, strict=True):
        accuracy = np.mean((x[:, 0] > 0.3) == y)
        assert ax.get_title() == f"{name} part, accuracy {accuracy:.3f}"
        for number in (0, 1):
            np.testing.assert_allclose(points(ax, f"class {number}"), x[y == number])
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("first input", "second input")
    assert legend(figure) == ["class 0", "class 1"]


def test_data_without_a_test_part_give_one_axes() -> None:
    (ax,) = decision_boundary(classifier(Circles(n_samples=60))).axes
    assert ax.get_title().startswith("Training part")


def test_the_mesh_covers_all_data_and_a_tenth_beyond() -> None:
    x = np.concatenate([CIRCLES.arrays().x_train, CIRCLES.arrays().x_test])
    (image,) = decision_boundary(classifier()).axes[0].images
    left, right, bottom, top = image.get_extent()
    assert np.asarray(image.get_array()).shape == (100, 100, 3)
    expected = [*(x.min(axis=0) - 0.1), *(x.max(axis=0) + 0.1)]
    np.testing.assert_allclose([left, bottom, right, top], expected, atol=0.02)


def test_the_regions_have_the_colours_of_their_classes() -> None:
    (image,) = decision_boundary(classifier()).axes[0].images
    pixels = np.asarray(image.get_array())
    assert hexadecimal(pixels[50, 0]) == colour(0).lower()
    assert hexadecimal(pixels[50, -1]) == colour(1).lower()


def test_the_second_input_points_upwards() -> None:
    runs = classifier()
    runs.weights[0][:] = [[0.0], [10.0]]
    (image,) = decision_boundary(runs).axes[0].images
    pixels = np.asarray(image.get_array())
    at_the_top = pixels[-1, 50] if image.origin == "lower" else pixels[0, 50]
    assert hexadecimal(at_the_top) == colour(1).lower()


def test_classes_differ_in_marker_and_colour() -> None:
    ax = decision_boundary(stripes()).axes[0]
    scatters = [c for c in ax.collections if str(c.get_label()).startswith("class")]
    assert len({np.asarray(c.get_facecolor()).tobytes() for c in scatters}) == 3
    assert len({np.asarray(c.get_paths()[0].vertices).tobytes() for c in scatters}) == 3


def test_several_outputs_are_divided_where_the_largest_changes() -> None:
    figure = decision_boundary(stripes())
    assert legend(figure) == ["class 0", "class 1", "class 2"]
    assert figure.axes[0].get_title() == "Training part, accuracy 1.000"
    crossings = np.concatenate([path[:, 0] for path in boundaries(figure.axes[0])])
    assert np.abs(crossings[:, None] - [2.5, 6.5]).min(axis=1).max() < 0.01
    (image,) = figure.axes[0].images
    found = [hexadecimal(pixel) for pixel in np.asarray(image.get_array())[50, [0, 50, 99]]]
    assert found == [colour(number).lower() for number in (0, 1, 2)]


def test_a_network_that_gives_one_class_everywhere_has_no_boundary() -> None:
    runs = classifier()
    for array in runs.weights:
        array[:] = 0
    assert boundaries(decision_boundary(runs).axes[0]) == []


def test_a_diverged_seed_is_passed_over_and_cannot_be_asked_for() -> None:
    runs = classifier()
    runs.weights[1][2] = np.nan
    assert "seed 11 (median" in heading(decision_boundary(runs))
    with pytest.raises(InvalidValue, match="seed=12; expected a seed that did not diverge"):
        decision_boundary(runs, seed=12)
