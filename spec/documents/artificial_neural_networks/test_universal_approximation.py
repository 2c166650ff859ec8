"""One hidden layer approximates continuous functions, the better the wider it is."""

import numpy as np

from nnspec import Adam, Dense, Recipe, SeedValues, claim
from nnspec.plots import function_fits
from nnspec.textbook import exponential_sweep
from spec.documents.artificial_neural_networks.datasets import FunctionOnInterval
from spec.readings import RELIABLY
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Universal approximation theorem (1991)")
EPOCHS = 3000
WIDTHS = {"narrow": 2, "middle": 8, "wide": 32}
BECAUSE = (
    "the theorem is about the best weights, a reader sees trained ones: the largest error on a grid ten "
    "times as fine falls from 2 to 8 to 32 tanh units; functions and training are ours, 3000 full-batch "
    "steps of Adam, its rate falling from 0.02 to 0.0002; nine seeds in ten, because a training may end badly"
)


def _arms(function):
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
        for name, units in WIDTHS.items()
    }


SINE, CORNER, BUMP = map(_arms, ("sine", "corner", "bump"))


def _largest_error(runs):
    arrays = runs.recipe.data.arrays()
    errors = np.abs(runs.predict(arrays.x_test)[..., 0] - arrays.y_test)
    return SeedValues(errors.max(axis=1), f"largest error of {runs.name}")


def _falls(narrow, middle, wide):
    return (_largest_error(middle) < _largest_error(narrow)) & (_largest_error(wide) < _largest_error(middle))


def _fits(**arms):
    return function_fits(arms)


@claim(
    "ann-universal",
    part="sine",
    source=PLACE,
    recipe=SINE,
    counterfactual={"wide": SINE["narrow"]},
    share=RELIABLY,
    because=BECAUSE,
    picture=_fits,
    verdict="undecided",
    measured="224 of 256 seeds; median differences of the largest error -0.70, then -0.18",
)
def test_more_units_approximate_a_sine_better(narrow, middle, wide):
    """The largest error of a fit of sin 2πx on -1 … 1 falls with the width of the hidden layer."""
    return _falls(narrow, middle, wide)


@claim(
    "ann-universal",
    part="corner",
    source=PLACE,
    recipe=CORNER,
    counterfactual={"wide": CORNER["narrow"]},
    share=RELIABLY,
    because=BECAUSE,
    picture=_fits,
    verdict="refuted",
    measured="39 of 64 seeds; median differences of the largest error -0.011, then -0.0055",
)
def test_more_units_approximate_a_corner_better(narrow, middle, wide):
    """The largest error of a fit of |x| on -1 … 1 falls with the width of the hidden layer."""
    return _falls(narrow, middle, wide)


@claim(
    "ann-universal",
    part="bump",
    source=PLACE,
    recipe=BUMP,
    counterfactual={"wide": BUMP["narrow"]},
    share=RELIABLY,
    because=BECAUSE,
    picture=_fits,
    verdict="refuted",
    measured="34 of 64 seeds; median differences of the largest error -0.016, then -0.0053",
)
def test_more_units_approximate_a_bump_better(narrow, middle, wide):
    """The largest error of a fit of exp(-8x²) on -1 … 1 falls with the width of the hidden layer."""
    return _falls(narrow, middle, wide)
