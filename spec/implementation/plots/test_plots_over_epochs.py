"""The figures of history and sweep: what is drawn and how it is labelled, never pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.data import Circles
from nnspec.plots import history, sweep
from nnspec.plots.seeds import band
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from nnspec.textbook.learning_rate import RULES, exponential_sweep
from spec.implementation.plots.plane_samples import SEEDS, heading, hexadecimal, is_drawn, legend

if TYPE_CHECKING:  # matplotlib is imported when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
LOSSES = np.linspace([0.9, 0.8, 0.7], [0.3, 0.2, 0.1], 5, axis=1).astype(np.float32)
RECIPE = Recipe(
    Circles(n_samples=60, train_size=40), [Dense(1, "sigmoid")], "binary_crossentropy", Adam(0.01), epochs=5
)


def trained(losses: NDArray[np.floating] = LOSSES, validation: bool = False) -> Runs:
    """Return three seeds with the final accuracies 0.9, 0.5 and 0.7."""
    curves = {"loss": losses, "accuracy": 1 - LOSSES}
    if validation:
        curves |= {"val_loss": LOSSES + 0.05, "val_accuracy": 0.9 - LOSSES}
    metrics = {"accuracy": np.array([0.9, 0.5, 0.7], np.float32)}
    return Runs(RECIPE, SEEDS, curves, metrics, weights=())


def swept(last: float = 0.9) -> Runs:
    """Return three seeds of a sweep that fall from 0.7 to 0.1 at different rates and end at `last`."""
    rates = exponential_sweep(1e-4, 20, 100)
    position = np.arange(100)
    curve = np.where(position <= np.array([[40], [44], [60]]), 0.7, 0.1)
    losses = (curve + np.where(position >= 80, last, 0.0)).astype(np.float32)
    recipe = RECIPE.with_learning_rates(rates)
    return Runs(recipe, SEEDS, {"loss": losses}, {"loss": losses[:, -1]}, weights=())


def curve(ax: Axes, label: str) -> NDArray[np.floating]:
    (found,) = [artist for artist in ax.lines if artist.get_label() == label]
    return np.asarray(found.get_ydata())


@pytest.mark.parametrize(
    "draw",
    [
        lambda: history(trained(validation=True)),
        lambda: history({"slow": trained(), "quick": trained()}),
        lambda: sweep(swept(), (0.01, 0.02)),
    ],
)
def test_it_can_be_drawn_without_a_warning(draw: Callable[[], Figure]) -> None:
    assert is_drawn(draw())


def test_the_history_has_one_axes_per_name_with_median_band_and_median_seed() -> None:
    figure = history(trained())
    assert [ax.get_xlabel() for ax in figure.axes] == ["epoch", "epoch"]
    assert [ax.get_ylabel() for ax in figure.axes] == ["loss", "accuracy"]
    assert [ax.get_title() for ax in figure.axes] == [
        "loss, median in the last epoch 0.2",
        "accuracy, median in the last epoch 0.8",
    ]
    assert legend(figure) == ["central 95 %", "median of 3 seeds", "seed 12 (median accuracy)"]
    ax = figure.axes[0]
    np.testing.assert_allclose(curve(ax, "median of 3 seeds"), LOSSES[1], rtol=1e-6)
    np.testing.assert_allclose(curve(ax, "seed 12 (median accuracy)"), LOSSES[2], rtol=1e-6)
    (filled,) = ax.collections
    low, high = np.quantile(LOSSES, (0.025, 0.975), axis=0)
    heights = np.asarray(filled.get_paths()[0].vertices)[:, 1]
    np.testing.assert_allclose([heights.min(), heights.max()], [low.min(), high.max()], rtol=1e-6)


def test_the_epochs_are_counted_from_one() -> None:
    for artist in history(trained()).axes[0].lines:
        assert np.asarray(artist.get_xdata()).tolist() == [1, 2, 3, 4, 5]


def test_validation_is_a_dashed_median() -> None:
    ax = history(trained(validation=True)).axes[0]
    (dashed,) = [artist for artist in ax.lines if artist.get_linestyle() == "--"]
    assert dashed.get_label() == "median, validation"
    np.testing.assert_allclose(np.asarray(dashed.get_ydata()), LOSSES[1] + 0.05, rtol=1e-6)


def test_the_titles_give_the_final_values_of_training_and_validation() -> None:
    one = history(trained(validation=True))
    assert [ax.get_title() for ax in one.axes] == [
        "loss, median in the last epoch\ntraining 0.2, validation 0.25",
        "accuracy, median in the last epoch\ntraining 0.8, validation 0.7",
    ]
    arms = history({"slow": trained(validation=True), "quick": trained(0.5 * LOSSES, validation=True)})
    assert arms.axes[0].get_title() == (
        "loss, median in the last epoch\ntraining 0.2 and 0.1\nvalidation 0.25 and 0.25"
    )


def test_training_and_validation_of_two_arms_are_told_apart_without_colour() -> None:
    arms = {"slow": trained(validation=True), "quick": trained(validation=True)}
    figure = history(arms)
    assert [ax.get_ylabel() for ax in figure.axes] == ["loss", "accuracy"]
    for ax in figure.axes:
        looks = {
            str(artist.get_label()): (
                artist.get_marker(),
                artist.get_linestyle(),
                artist.get_markerfacecolor(),
            )
            for artist in ax.lines
            if "median of" in str(artist.get_label()) or "validation" in str(artist.get_label())
        }
        assert list(looks) == [
            f"{arm}: {what}" for arm in arms for what in ("median of 3 seeds", "median, validation")
        ]
        assert [line for _, line, _ in looks.values()] == ["-", "--", "-", "--"]
        assert len({(marker, line) for marker, line, _ in looks.values()}) == 4
        assert [face == "white" for _, _, face in looks.values()] == [False, True, False, True]


def test_the_legend_of_three_arms_stays_inside_the_figure() -> None:
    name = "50 units with an L2 penalty"
    figure = history({f"{name} {number}": trained(validation=True) for number in range(3)}, ["loss"])
    figure.savefig(io.BytesIO())  # lays it out
    (found,) = figure.legends
    box = found.get_window_extent()
    assert 0 <= box.x0 <= box.x1 <= figure.bbox.x1


def test_arms_are_laid_over_each_other_in_their_own_colours() -> None:
    figure = history({"slow": trained(), "quick": trained()}, ["loss"])
    (ax,) = figure.axes
    assert heading(figure) == "slow against quick"
    assert "slow: median of 3 seeds" in legend(figure)
    assert "quick: median of 3 seeds" in legend(figure)
    assert len({hexadecimal(artist.get_color()) for artist in ax.lines}) == 2
    assert ax.get_title() == "loss, median in the last epoch 0.2 and 0.2"


def test_diverged_seeds_are_left_out_of_the_band_and_counted() -> None:
    losses = LOSSES.copy()
    losses[0, 2:] = np.nan
    (ax,) = history(trained(losses), ["loss"]).axes
    expected = np.concatenate([np.median(losses[:, :2], axis=0), np.median(losses[1:, 2:], axis=0)])
    np.testing.assert_allclose(curve(ax, "median of 3 seeds, 1 diverged"), expected, rtol=1e-6)


def test_epochs_without_a_finite_value_have_no_band() -> None:
    found = band([[1.0, np.nan], [3.0, np.inf]])
    np.testing.assert_array_equal(found.median, [2.0, np.nan])
    np.testing.assert_allclose(found.low, [1.05, np.nan])
    np.testing.assert_array_equal(band([[np.nan]]).high, [np.nan])


def test_the_sweep_shows_the_loss_over_a_logarithmic_rate() -> None:
    runs = swept()
    (ax,) = sweep(runs).axes
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "linear")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("learning rate", "loss")
    expected = np.median(runs.history["loss"], axis=0)
    np.testing.assert_allclose(curve(ax, "median of 3 seeds"), expected, rtol=1e-6)
    (median,) = [artist for artist in ax.lines if artist.get_label() == "median of 3 seeds"]
    np.testing.assert_array_equal(median.get_xdata(), runs.recipe.learning_rates)


def test_the_sweep_marks_the_median_suggestion_of_every_rule() -> None:
    runs = swept()
    figure = sweep(runs)
    looks = set()
    for name, rule in RULES.items():
        assert runs.recipe.learning_rates is not None
        suggested = float(np.median(rule(runs.recipe.learning_rates, runs.history["loss"])))
        label = f"{name}, median {suggested:.2g}"
        (mark,) = [artist for artist in figure.axes[0].lines if artist.get_label() == label]
        assert mark.get_xdata() == [suggested, suggested]
        assert label in legend(figure)
        looks.add((hexadecimal(mark.get_color()), str(mark.get_linestyle())))
    assert len(looks) == len(RULES)


def test_the_documented_interval_is_shaded() -> None:
    figure = sweep(swept(), documented=(0.01, 0.02))
    (shaded,) = figure.axes[0].patches
    assert shaded.get_label() == "documented, 0.01 … 0.02"
    assert shaded.get_label() in legend(figure)
    corners = shaded.get_extents().transformed(figure.axes[0].transData.inverted())
    np.testing.assert_allclose([corners.x0, corners.x1], [0.01, 0.02])
    assert not sweep(swept()).axes[0].patches


def test_losses_that_explode_get_a_logarithmic_axis() -> None:
    (ax,) = sweep(swept(last=1e6)).axes
    assert ax.get_yscale() == "log"
