"""The neighbourhood of a recipe: what is in it, in which order, and what a change does to a recipe."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.data import Circles
from nnspec.recipes.changes import (
    BATCH_SIZE,
    EPOCHS,
    FACTORS,
    INITIALIZATION,
    KERAS_LEARNING_RATES,
    LEARNING_RATE,
    UNCHANGED,
    UNITS,
    Change,
    Step,
    initializers,
    learning_rate,
    neighbourhood,
)
from nnspec.recipes.layers import Dense, Dropout, Initializer
from nnspec.recipes.optimizers import SGD, Adam, Optimizer, RMSprop
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.script import script_difference
from nnspec.training.model_fit import keras_optimizer

LAYERS = [Dense(4, "relu"), Dropout(0.5), Dense(6, "relu"), Dense(1, "sigmoid")]
RECIPE = Recipe(Circles(n_samples=20), LAYERS, "binary_crossentropy", Adam(), epochs=100)
CHANGES = neighbourhood()


def one(what: str, factor: int | Fraction | None) -> Change:
    return Change((Step(what, None if factor is None else Fraction(factor)),))


def test_single_changes_come_first_then_pairs_each_with_the_authors_means_in_front() -> None:
    numbers = [len(change.steps) for change in CHANGES]
    singles = sum(map(len, FACTORS.values()))
    pairs = sum(len(FACTORS[a]) * len(FACTORS[b]) for a, b in itertools.combinations(FACTORS, 2))
    assert numbers == [1] * singles + [2] * pairs
    assert len(set(CHANGES)) == len(CHANGES)
    for number in (1, 2):
        beyond = [sum(s.what not in (EPOCHS, LEARNING_RATE) for s in c.steps) for c in CHANGES
                  if len(c.steps) == number]  # fmt: skip
        assert beyond == sorted(beyond)
    assert [str(change) for change in CHANGES[:5]] == [
        "epochs ×2",
        "learning rate ×1/3",
        "learning rate ×3",
        "epochs ×4",
        "learning rate ×10",
    ]


def test_no_pair_changes_the_same_thing_twice() -> None:
    assert all(len({step.what for step in change.steps}) == len(change.steps) for change in CHANGES)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (UNCHANGED, RECIPE),
        (one(EPOCHS, 4), RECIPE.with_epochs(400)),
        (one(LEARNING_RATE, Fraction(1, 3)), RECIPE.with_(optimizer=Adam(0.000333))),
        (one(LEARNING_RATE, 10), RECIPE.with_(optimizer=Adam(0.01))),
        (one(BATCH_SIZE, Fraction(1, 2)), RECIPE.with_(batch_size=16)),
        (one(UNITS, 2), RECIPE.with_(layers=[Dense(8, "relu"), Dropout(0.5), Dense(12, "relu"), LAYERS[-1]])),
        (one(INITIALIZATION, None), RECIPE.with_(layers=[Dense(4, "relu", "he_uniform"), Dropout(0.5),
                                                         Dense(6, "relu", "he_uniform"), LAYERS[-1]])),
    ],
)  # fmt: skip
def test_a_change_does_what_its_name_says_and_nothing_else(change: Change, expected: Recipe) -> None:
    assert change.applied(RECIPE) == expected


def test_the_other_initialization_is_glorots_where_he_is_given_and_others_stay() -> None:
    he = RECIPE.with_(layers=[Dense(4, "relu", "he_normal"), Dense(3, "relu", "zeros"), Dense(1)])
    changed = one(INITIALIZATION, None).applied(he)
    assert changed.layers[0] == Dense(4, "relu", "glorot_normal")
    assert changed.layers[1:] == he.layers[1:]
    assert initializers([he]) == {Initializer("he_normal"), Initializer("zeros")}
    assert initializers([RECIPE]) == {"glorot_uniform"}


def test_rates_of_single_epochs_are_multiplied_and_their_number_stays() -> None:
    sweep = RECIPE.with_learning_rates([0.1, 0.2])
    assert one(LEARNING_RATE, 3).applied(sweep).learning_rates == pytest.approx((0.3, 0.6))
    assert learning_rate(sweep) is None
    with pytest.raises(InvalidValue, match="would need a learning rate each"):
        one(EPOCHS, 2).applied(sweep)


def test_a_batch_of_one_cannot_be_halved() -> None:
    with pytest.raises(InvalidValue, match="batch_size=0"):
        one(BATCH_SIZE, Fraction(1, 2)).applied(RECIPE.with_(batch_size=1))


@pytest.mark.parametrize("optimizer", [SGD(), Adam(), RMSprop()])
def test_the_learning_rates_that_are_not_given_are_those_of_keras(optimizer: Optimizer) -> None:
    recipe = RECIPE.with_(optimizer=optimizer)
    keras_rate = float(keras_optimizer(recipe).learning_rate)
    assert learning_rate(recipe) == pytest.approx(keras_rate)
    assert type(optimizer).__name__ in KERAS_LEARNING_RATES


def test_the_difference_of_the_scripts_has_the_changed_lines_of_every_arm_that_changes() -> None:
    before = {"small": RECIPE, "same": RECIPE}
    text = script_difference(before, {"small": one(EPOCHS, 2).applied(RECIPE), "same": RECIPE})
    lines = text.splitlines()
    assert lines[:2] == ["--- small.py as documented", "+++ small.py"]
    assert "-    epochs=100, batch_size=32," in lines
    assert "+    epochs=200, batch_size=32," in lines
    changed = [line for line in lines[2:] if line[0] in "+-"]
    assert len(changed) == 4  # the heading, and the epochs
    assert script_difference(before, before) == ""
