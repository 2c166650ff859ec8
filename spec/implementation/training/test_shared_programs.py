"""Recipes that differ in what a program takes when it runs share it, and train as if each had its own."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import Adam, Blobs, Circles, Dense, Dropout, Moons, Recipe, train
from nnspec.training.stacked import engine as stacked
from nnspec.training.stacked.program_key import ProgramOf

LAYERS = [Dense(3, "relu"), Dropout(0.25), Dense(1, "sigmoid")]
RECIPE = Recipe(Circles(90), LAYERS, "binary_crossentropy", Adam(), 2, batch_size=16)
ALIKE = {
    "other data of the same shapes": RECIPE.with_(data=Moons(90)),
    "data of another random state": RECIPE.with_(data=Circles(90, random_state=7)),
    "more epochs and another rate": RECIPE.with_epochs(5).with_learning_rate(0.1),
    "a rate for every epoch": RECIPE.with_learning_rates([0.1, 0.01]),
}
APART = {
    "more examples": RECIPE.with_(data=Circles(120)),
    "another split": RECIPE.with_(data=Circles(90, train_size=70)),
    "a layer more": RECIPE.with_(layers=[Dense(3, "relu"), *LAYERS]),
    "another dropout": RECIPE.with_(layers=[LAYERS[0], Dropout(0.5), LAYERS[2]]),
    "another loss": RECIPE.with_(loss="mse"),
    "another optimizer": RECIPE.with_(optimizer=Adam(beta_1=0.5)),
    "another batch size": RECIPE.with_(batch_size=15),
    "no metrics": RECIPE.with_(metrics=[]),
    "validated": RECIPE.with_(validation_data="test"),
    "other classes": RECIPE.with_(
        data=Blobs(((0, 0), (1, 1)), 90), layers=[Dense(4, "softmax")], loss="sparse_categorical_crossentropy"
    ),
}


@pytest.fixture(scope="module")
def shared():
    """Return the runs of all that are alike, by the one program of another recipe."""
    stacked._program.cache_clear()
    train(RECIPE, [3])
    found = {name: train(recipe, [3, 4]) for name, recipe in ALIKE.items()}
    assert stacked.programs() == 1
    return found


@pytest.mark.parametrize("name", ALIKE)
def test_what_a_program_takes_when_it_runs_needs_no_other_one(shared, name):
    stacked._program.cache_clear()
    alone = train(ALIKE[name], [3, 4])
    found, expected = ({**runs.metrics, **runs.history} for runs in (shared[name], alone))
    for key, values in expected.items():
        np.testing.assert_array_equal(found[key], values)
    for ours, theirs in zip(shared[name].weights, alone.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", APART)
def test_what_is_compiled_into_a_program_needs_another_one(name):
    assert ProgramOf(RECIPE) != ProgramOf(APART[name])
    assert ProgramOf(APART[name]) == ProgramOf(APART[name].with_epochs(7))
