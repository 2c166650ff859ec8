"""Arms that differ in what a short description leaves out are told apart all the same."""

from __future__ import annotations

import pytest

from nnspec import L1L2, Adam, Circles, Dense, Initializer, MeanAbsoluteError, MeanSquaredError, Moons, Recipe
from nnspec.commands.collection import claims_in
from nnspec.recipes.arm_names import described
from spec.folders import ROOT

RECIPE = Recipe(Circles(100), [Dense(4, "relu"), Dense(1)], MeanSquaredError(), Adam(), 10)


def hidden(**settings):
    """Return the recipe with a hidden layer of other settings."""
    return RECIPE.with_(layers=[Dense(4, "relu", **settings), Dense(1)])


@pytest.mark.parametrize(
    ("other", "first", "second"),
    [
        (RECIPE.with_(batch_size=8), "batch_size=32", "batch_size=8"),
        (RECIPE.with_(data=Circles(50)), "n_samples=100", "n_samples=50"),
        (RECIPE.with_(loss=MeanAbsoluteError()), "MeanSquaredError", "MeanAbsoluteError"),
        (hidden(kernel_initializer="zeros"), "kernel_initializer=glorot_uniform", "kernel_initializer=zeros"),
        (
            hidden(kernel_initializer=Initializer("random_normal", stddev=0.5)),
            "kernel_initializer=glorot_uniform",
            "kernel_initializer=random_normal(stddev=0.5)",
        ),
        (hidden(kernel_regularizer=L1L2(0.1)), "kernel_regularizer=None", "kernel_regularizer=L1L2(l1=0.1)"),
    ],
)  # fmt: skip
def test_arms_that_read_the_same_say_in_what_they_differ(other: Recipe, first: str, second: str) -> None:
    assert str(other) == str(RECIPE)
    assert described({"a": RECIPE, "b": other}) == {"a": f"{RECIPE}, {first}", "b": f"{RECIPE}, {second}"}


def test_arms_that_read_differently_or_are_the_same_stay_as_they_are() -> None:
    others = {"a": RECIPE, "b": RECIPE.with_(data=Moons(100)), "c": RECIPE.with_epochs(20)}
    assert described(others) == {name: str(one) for name, one in others.items()}
    assert described({"a": RECIPE, "b": RECIPE}) == {"a": str(RECIPE), "b": str(RECIPE)}


def test_one_arm_of_three_says_every_difference_once() -> None:
    found = described({"a": RECIPE, "b": RECIPE.with_(batch_size=8), "c": hidden(kernel_initializer="zeros")})
    assert found["a"] == f"{RECIPE}, batch_size=32, kernel_initializer=glorot_uniform"
    assert found["c"] == f"{RECIPE}, kernel_initializer=zeros, batch_size=32"


def test_a_rate_for_every_epoch_is_told_by_the_first_and_the_last() -> None:
    one, other = (RECIPE.with_learning_rates([rate * n for n in range(1, 11)]) for rate in (0.1, 0.2))
    assert described({"a": one, "b": other})["a"].endswith(", learning_rates=0.1 … 1")


def test_no_two_arms_of_a_claim_of_the_documents_read_the_same() -> None:
    for claim in claims_in([str(ROOT / "spec/documents")])[0]:
        told = list(described(claim.recipes).values())
        assert len(set(told)) == len(set(claim.recipes.values())), claim.key
        for name, recipe in claim.recipes.items():
            other = claim.counterfactual.get(name, recipe)
            assert recipe == other or len(set(described({"": recipe, name: other}).values())) == 2, claim.key
