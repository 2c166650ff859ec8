"""Regression tests of the repaired values per seed, forward pass, activations and runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnspec.data import Circles
from nnspec.recipes.layers import Dense, Flatten
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs, concatenate
from nnspec.runs.seed_values import SeedValues
from nnspec.textbook import activations
from nnspec.textbook.forward import forward

RECIPE = Recipe(Circles(), [Dense(1)], "mse", SGD(), epochs=3, metrics=[])


def accuracy() -> SeedValues:
    return SeedValues(np.array([0.5, 0.98, 1.0]), "accuracy")


def loss() -> SeedValues:
    return SeedValues(np.array([0.7, 0.1, 0.2]), "loss")


def described(result: Any) -> list[tuple[str, str, float, list[float]]]:
    return [(c.label, c.operator, c.threshold, c.values.tolist()) for c in result.comparisons]


def test_arithmetic_in_place_changes_values_and_name() -> None:
    values = accuracy()
    same = values
    values += 1
    assert values is same
    assert (values.tolist(), values.label) == ([1.5, 1.98, 2.0], "accuracy + 1")
    values -= loss()
    assert values.label == "accuracy + 1 - loss"


def test_arithmetic_in_place_reaches_no_other_array() -> None:
    source = np.array([0.5, 1.0])
    values = SeedValues(source, "accuracy")
    low = values <= 0.75
    values *= 2
    assert source.tolist() == [0.5, 1.0]
    assert described(low) == [("accuracy", "≤", 0.75, [0.5, 1.0])]


def test_bools_may_be_combined_in_place() -> None:
    result = accuracy() >= 0.98
    result &= loss() <= 0.15
    assert result.tolist() == [False, True, False]
    assert [c.label for c in result.comparisons] == ["accuracy", "loss"]


def test_where_and_out_take_values_per_seed() -> None:
    into = np.zeros(3)
    assert np.add(accuracy(), 1, out=into, where=accuracy() > 0.9) is into
    assert into.tolist() == [0.0, 1.98, 2.0]
    assert np.sum(accuracy(), where=accuracy() > 0.9) == 1.98
    assert np.greater(accuracy(), 0.9, out=np.zeros(3, bool), where=loss() < 0.15).tolist() == [
        False,
        True,
        False,
    ]


def test_no_of_one_comparison_is_its_opposite() -> None:
    for negated in (~(accuracy() >= 0.5), np.logical_not(accuracy() >= 0.5)):
        assert negated.tolist() == [False, False, False]
        assert described(negated) == [("accuracy", "<", 0.5, [0.5, 0.98, 1.0])]
    assert described(~~(accuracy() > 0.5)) == described(accuracy() > 0.5)


def test_no_of_several_comparisons_remembers_none() -> None:
    assert described(~((accuracy() >= 0.5) & (loss() < 1))) == []
    assert described((accuracy() >= 0.5) ^ (loss() < 1)) == []


@pytest.mark.parametrize("part", [slice(2), [1, 0], np.array([True, False, True])])
def test_a_part_of_the_answers_keeps_the_values_of_that_part(part: Any) -> None:
    answers = (accuracy() >= 0.98)[part]
    assert described(answers) == [("accuracy", "≥", 0.98, np.asarray(accuracy())[part].tolist())]


@pytest.mark.parametrize(
    ("values", "label"),
    [
        (accuracy() - np.float32(0.5), "accuracy - 0.5"),
        (accuracy() * np.int64(2), "accuracy · 2"),
        ((accuracy() - loss()) / loss(), "(accuracy - loss) / loss"),
        (loss() / (accuracy() * loss()), "loss / (accuracy · loss)"),
        (loss() - (accuracy() - loss()), "loss - (accuracy - loss)"),
        (loss() - accuracy() - loss(), "loss - accuracy - loss"),
        (2 * abs(accuracy() - loss()), "2 · |accuracy - loss|"),
        (np.minimum(accuracy() - loss(), 0) / 2, "minimum(accuracy - loss, 0) / 2"),
        (1 - abs((accuracy() - loss()) / loss()), "1 - |(accuracy - loss) / loss|"),
    ],
)
def test_names_of_calculations_read_as_they_were_calculated(values: SeedValues, label: str) -> None:
    assert values.label == label


def test_infinite_values_are_compared_without_a_warning() -> None:
    infinite = SeedValues(np.array([np.inf, 1.0]), "loss")
    assert (infinite < infinite).tolist() == [False, False]
    assert (abs(infinite - infinite) <= 1).tolist() == [False, True]


def test_softmax_of_what_is_not_finite_is_nan() -> None:
    found = activations.softmax([[np.inf, 0.0], [np.nan, 1.0], [-np.inf, -np.inf], [-np.inf, 0.0]])
    np.testing.assert_array_equal(found, [[np.nan] * 2] * 3 + [[0.0, 1.0]])


@pytest.mark.parametrize("function", activations.BY_NAME.values())
@pytest.mark.parametrize("x", [2, 2.0, np.float32(2)])
def test_a_single_number_gives_an_array_without_axes(function: activations.Function, x: Any) -> None:
    found = function(x)
    assert type(found) is np.ndarray
    assert found.shape == ()
    assert found.dtype == (np.float32 if isinstance(x, np.float32) else np.float64)


KERNEL, BIAS = np.ones((2, 3, 1), np.float32), np.zeros((2, 1), np.float32)


def test_no_examples_give_no_outputs() -> None:
    assert forward([Flatten(), Dense(1)], [KERNEL, BIAS], np.ones((0, 3))).shape == (2, 0, 1)


def test_weights_that_diverged_give_nan_without_a_warning() -> None:
    kernel = KERNEL.copy()
    kernel[0] = np.inf
    found = forward([Dense(1, "softmax")], [kernel, BIAS], np.array([[1.0, -1.0, 0.0]]))
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [[1.0]]


def runs(*seeds: int) -> Runs:
    n = len(seeds)
    return Runs(
        RECIPE,
        np.array(seeds, np.int64),
        {"loss": np.ones((n, 3), np.float32)},
        {"loss": np.ones(n, np.float32)},
        (np.ones((n, 2, 1), np.float32), np.ones((n, 1), np.float32)),
        seconds=0.5,
    )


def test_no_seeds_have_not_diverged() -> None:
    assert runs().diverged.tolist() == []
    assert runs().diverged.dtype == bool
    assert replace(runs(1, 2), history={}, metrics={}, weights=()).diverged.tolist() == [False, False]


def test_only_the_seed_with_an_infinite_weight_diverged() -> None:
    some = runs(1, 2, 3)
    some.weights[0][1, 0, 0] = np.inf
    assert some.diverged.tolist() == [False, True, False]


def test_parts_are_joined_and_their_seconds_added() -> None:
    joined = concatenate([runs(5, 6), runs(1)])
    assert joined.seeds.tolist() == [5, 6, 1]
    assert joined.seconds == 1.0
