"""One hidden layer approximates continuous functions, the better the wider it is."""

import numpy as np

from nnspec import Adam, Dense, Recipe, SeedValues, claim
from nnspec.plots import function_fits
from nnspec.textbook import exponential_sweep
from spec.documents.artificial_neural_networks.datasets import FunctionOnInterval
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Universal approximation theorem (1991)")
EPOCHS = 3000
BECAUSE = (
    "closer: the largest error on a grid ten times as fine; functions, widths and training are ours, 3000 "
    "full-batch steps of Adam, its rate falling from 0.02 to 0.0002"
)
SAYS = (
    "In theory a network that is complex enough and suitably trained can come close to any continuous "
    "function."
)
BEYOND = (
    "one line of theory, about the best weights; that trained ones err less with more units is our experiment"
)


def _arms(function, **widths):
    # a rate that falls by a constant factor, so that the last steps are small: "appropriate learning"
    rates = exponential_sweep(2e-4, EPOCHS / 2, EPOCHS)[::-1]
    return {
        name: Recipe(
            FunctionOnInterval(function),
            [Dense(units, "tanh"), Dense(1)],
            "mean_squared_error",
            Adam(),
            epochs=EPOCHS,
            batch_size=200,
            metrics=[],
            learning_rates=rates,
        )
        for name, units in widths.items()
    }


def _largest_error(runs):
    arrays = runs.recipe.data.arrays()
    errors = np.abs(runs.predict(arrays.x_test)[..., 0] - arrays.y_test)
    return SeedValues(errors.max(axis=1), f"largest error of {runs.name}")


def _fits(**arms):
    return function_fits(arms)


def _closer(function, step, in_short, **widths):
    return claim(
        "ann-universal",
        part=f"{function}, {step}",
        in_short=in_short,
        source=PLACE,
        recipe=_arms(function, **widths),
        says=SAYS,
        because=BECAUSE,
        picture=_fits,
        verdict="holds",
        beyond=BEYOND,
    )


@_closer("sine", "2 to 8 units", "Eight units fit a sine better", middle=8, narrow=2)
def test_eight_units_approximate_a_sine_better_than_two(middle, narrow):
    """The largest error of a fit of sin 2πx on -1 … 1 is lower with 8 hidden units than with 2."""
    return _largest_error(middle) < _largest_error(narrow)


@_closer("sine", "8 to 32 units", "Thirty-two units fit a sine better", wide=32, middle=8)
def test_thirty_two_units_approximate_a_sine_better_than_eight(wide, middle):
    """The largest error of a fit of sin 2πx on -1 … 1 is lower with 32 hidden units than with 8."""
    return _largest_error(wide) < _largest_error(middle)


@_closer("corner", "2 to 8 units", "Eight units fit a corner better", middle=8, narrow=2)
def test_eight_units_approximate_a_corner_better_than_two(middle, narrow):
    """The largest error of a fit of |x| on -1 … 1 is lower with 8 hidden units than with 2."""
    return _largest_error(middle) < _largest_error(narrow)


@_closer("corner", "8 to 32 units", "Thirty-two units fit a corner better", wide=32, middle=8)
def test_thirty_two_units_approximate_a_corner_better_than_eight(wide, middle):
    """The largest error of a fit of |x| on -1 … 1 is lower with 32 hidden units than with 8."""
    return _largest_error(wide) < _largest_error(middle)


@_closer("bump", "2 to 8 units", "Eight units fit a bump better", middle=8, narrow=2)
def test_eight_units_approximate_a_bump_better_than_two(middle, narrow):
    """The largest error of a fit of exp(-8x²) on -1 … 1 is lower with 8 hidden units than with 2."""
    return _largest_error(middle) < _largest_error(narrow)


@_closer("bump", "8 to 32 units", "Thirty-two units fit a bump better", wide=32, middle=8)
def test_thirty_two_units_approximate_a_bump_better_than_eight(wide, middle):
    """The largest error of a fit of exp(-8x²) on -1 … 1 is lower with 32 hidden units than with 8."""
    return _largest_error(wide) < _largest_error(middle)
