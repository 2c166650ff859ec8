"""The figures over a plane: probabilities, several boundaries, units and blobs; content, never pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec import plots
from nnspec.datasets import Circles, Dataset, StraightLine
from nnspec.errors import InvalidValue
from nnspec.layers import Dense, Dropout
from nnspec.optimizers import Adam
from nnspec.plots.style import colour
from nnspec.recipe import Recipe
from nnspec.training.runs import Runs

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SEEDS = np.array([10, 11, 12])
CIRCLES = Circles(n_samples=60, train_size=40)
CENTERS = [[-5.0, 2.0], [1.0, -2.0], [5.0, 2.0]]
METRICS = {"accuracy": np.array([0.9, 0.5, 0.7], np.float32), "loss": np.array([0.1, 0.3, 0.4], np.float32)}


@dataclass(frozen=True)
class Corners(Dataset):
    """Three classes of 10 points each, near (-1, -1), (1, -1) and (1, 1): x (30, 2), y (30,)."""

    train_size: int | None = None

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return the points class by class."""
        corners = np.repeat([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0]], 10, axis=0)
        steps = np.tile(np.linspace(-0.2, 0.2, 10), 3)
        return corners + steps[:, None], np.repeat([0, 1, 2], 10)


def classifier(data: Dataset = CIRCLES, activation: str = "sigmoid") -> Runs:
    """Return three seeds of one unit whose boundary is the first input at 0.1, 0.2 and 0.3."""
    recipe = Recipe(data, [Dense(1, activation)], "binary_crossentropy", Adam(0.01), 5)
    kernel = np.tile(np.array([[[10.0], [0.0]]], np.float32), (3, 1, 1))
    bias = np.array([[-1.0], [-2.0], [-3.0]], np.float32)
    return Runs(recipe, SEEDS, {}, METRICS, (kernel, bias))


def corners(activation: str = "relu", scale: float = 1.0) -> Runs:
    """Return three seeds of two hidden units, the inputs minus 0.5, 0 and 0.25, and three outputs."""
    layers = [Dense(2, activation), Dropout(0.1), Dense(3)]
    recipe = Recipe(Corners(), layers, "sparse_categorical_crossentropy", Adam(0.01), 5)
    hidden = np.tile(scale * np.eye(2, dtype=np.float32), (3, 1, 1))
    bias = np.array([[-0.5, -0.5], [0.0, 0.0], [-0.25, -0.25]], np.float32)
    output = np.tile(np.array([[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0]], np.float32), (3, 1, 1))
    return Runs(recipe, SEEDS, {}, METRICS, (hidden, bias, output, np.zeros((3, 3), np.float32)))


def panels(figure: Figure) -> list[Axes]:
    """Return the axes that are not colour bars."""
    return [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]


def colour_bars(figure: Figure) -> list[Axes]:
    return [ax for ax in figure.axes if ax.get_label() == "<colorbar>"]


def legend(figure: Figure) -> list[str]:
    (found,) = figure.legends
    return [text.get_text() for text in found.get_texts()]


def points(ax: Axes, label: str) -> NDArray[np.floating]:
    (found,) = [c for c in ax.collections if c.get_label() == label]
    return np.asarray(found.get_offsets())


def contours(ax: Axes, filled: bool) -> list[Any]:
    sets = [c for c in ax.collections if type(c).__name__.endswith("ContourSet")]
    return [c for c in sets if getattr(c, "filled", None) == filled]


def line(ax: Axes) -> NDArray[np.floating]:
    """Return the points of the only line that a value of zero draws."""
    (found,) = contours(ax, filled=False)
    return np.concatenate([np.asarray(path.vertices) for path in found.get_paths()])


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
    file = io.BytesIO()
    draw().savefig(file)
    assert file.getvalue().startswith(b"\x89PNG")


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


@pytest.mark.parametrize("draw", [plots.probability_contours, plots.decision_boundaries])
def test_no_arm_and_data_with_other_than_two_inputs_are_rejected(draw: Callable[..., Figure]) -> None:
    with pytest.raises(InvalidValue, match="at least one arm"):
        draw({})
    with pytest.raises(InvalidValue, match=r"x_train\.shape=\(150, 1\); expected two inputs"):
        draw({"line": classifier(StraightLine())})


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


@pytest.mark.parametrize("runs", [classifier(activation="linear"), corners()])
def test_an_output_that_is_no_probability_has_no_contours(runs: Runs) -> None:
    with pytest.raises(InvalidValue, match=r"one sigmoid unit.*decision_boundary\(\)"):
        plots.probability_contours(runs)


def test_probabilities_that_are_the_same_everywhere_have_no_boundary() -> None:
    runs = classifier()
    for array in runs.weights:
        array[:] = 0
    (ax,) = panels(plots.probability_contours(runs))
    assert contours(ax, filled=False) == []


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


@pytest.mark.parametrize("draw", [plots.unit_functions, plots.output_units_over_hidden])
def test_a_network_without_a_hidden_layer_has_no_units_to_draw(draw: Callable[..., Figure]) -> None:
    with pytest.raises(InvalidValue, match="a hidden layer in front of the output"):
        draw(classifier())


def test_a_hidden_space_has_two_axes() -> None:
    layers = [Dense(3, "relu"), Dense(1, "sigmoid")]
    recipe = Recipe(CIRCLES, layers, "binary_crossentropy", Adam(0.01), 5)
    shapes = [(3, 2, 3), (3, 3), (3, 3, 1), (3, 1)]
    runs = Runs(recipe, SEEDS, {}, METRICS, tuple(np.ones(shape, np.float32) for shape in shapes))
    with pytest.raises(InvalidValue, match="last hidden layer='3 units'; expected two units"):
        plots.output_units_over_hidden(runs)


def test_the_blobs_have_points_centres_and_circles_of_one_and_two_deviations() -> None:
    x, y = Corners().examples()
    figure = plots.blobs(x, y, CENTERS, [0.5, 1.0, 2.0])
    (ax,) = figure.axes
    for number in range(3):
        np.testing.assert_allclose(points(ax, f"class {number}"), x[y == number])
    np.testing.assert_allclose(points(ax, "centre"), CENTERS)
    circles: list[Any] = list(ax.patches)
    assert [circle.get_radius() for circle in circles] == [0.5, 1.0, 1.0, 2.0, 2.0, 4.0]
    np.testing.assert_allclose([circle.get_center() for circle in circles], np.repeat(CENTERS, 2, axis=0))
    assert {circle.get_linestyle() for circle in circles[::2]} != {c.get_linestyle() for c in circles[1::2]}
    assert ax.get_aspect() == 1.0
    assert sorted(legend(figure)) == sorted(
        ["class 0", "class 1", "class 2", "centre", "1 standard deviation", "2 standard deviations"]
    )
    assert figure.get_suptitle() == "30 examples around 3 centres"


def test_the_blobs_classes_have_the_colours_of_all_figures() -> None:
    from matplotlib.colors import to_hex

    (ax,) = plots.blobs(*Corners().examples(), CENTERS, 1.0).axes
    faces = [
        np.asarray(c.get_facecolor())[0] for c in ax.collections if str(c.get_label()).startswith("class")
    ]
    assert [to_hex(face) for face in faces] == [colour(number).lower() for number in range(3)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.zeros((2, 3)), [0, 1], CENTERS, 1.0), r"x\.shape=\(2, 3\); expected two inputs"),
        ((np.zeros((2, 2)), [0], CENTERS, 1.0), r"y=.*one class number for each of the 2 examples"),
        ((np.zeros((2, 2)), [0, 0.5], CENTERS, 1.0), r"y='float64 \(2,\)'"),
        ((np.zeros((2, 2)), [0, 3], CENTERS, 1.0), "y=3; expected classes 0 to 2"),
        ((np.zeros((2, 2)), [0, 1], [1.0, 2.0], 1.0), r"centers\.shape=\(2,\)"),
        ((np.zeros((2, 2)), [0, 1], CENTERS, -1.0), r"cluster_std=-1\.0"),
        ((np.zeros((2, 2)), [0, 1], CENTERS, [1.0, 2.0]), "one for each of the 3 centers"),
    ],
)
def test_blobs_that_do_not_fit_together_are_rejected(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        plots.blobs(*arguments)
