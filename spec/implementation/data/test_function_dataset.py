"""Functions that return arrays: what they may return, when they are the same, and how they travel."""

from __future__ import annotations

import copy
import functools
import os
import pickle
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from nnspec import Adam, Arrays, Circles, Dataset, Dense, Experiment, FunctionDataset, InvalidValue, Recipe
from nnspec.data.repeatable import check_repeatable
from nnspec.recipes.arm_names import described
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script

X, Y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
scale = 1.0


def load() -> Any:
    return X * scale, Y


def loaded(noise: float = 0.0, state: int = 0) -> Any:
    return X + noise * np.random.default_rng(state).normal(size=X.shape), Y


def recipe(data: Dataset) -> Recipe:
    return Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=1)


RETURNED = [
    ((X, Y), [20, 0, 0]),
    ([X.tolist(), Y.tolist()], [20, 0, 0]),
    (((X, Y), (X[:5], Y[:5])), [20, 5, 0]),
    (((X, Y), (X[:5], Y[:5]), (X[:3], Y[:3])), [20, 5, 3]),
    (Arrays(X, Y, x_validation=X[:3], y_validation=Y[:3]), [20, 0, 3]),
    ({"x_train": X, "y_train": Y, "x_test": X[:2], "y_test": Y[:2]}, [20, 2, 0]),
    (Circles(n_samples=50, train_size=40), [40, 10, 0]),
]


@pytest.mark.parametrize(("returned", "sizes"), RETURNED)
def test_a_function_may_return_arrays_pairs_a_mapping_or_a_data_set(returned: Any, sizes: list[int]) -> None:
    found = FunctionDataset(lambda: returned).arrays()
    assert [len(found.part(part)[0]) for part in ("train", "test", "validation")] == sizes


def test_the_rest_is_split_off() -> None:
    found = FunctionDataset(lambda: ((X, Y), (X[:5], Y[:5])), validation_size=4).arrays()
    assert [len(found.part(part)[0]) for part in ("train", "test", "validation")] == [16, 5, 4]


def test_it_travels_as_its_arrays_and_is_the_same_there() -> None:
    for data in (FunctionDataset(load, test_size=0.2), FunctionDataset(lambda: (X, Y), test_size=3)):
        there = pickle.loads(pickle.dumps(recipe(data)))  # noqa: S301  # our own
        assert there == recipe(data)
        assert hash(there) == hash(recipe(data))
        assert identity(there) == identity(recipe(data))
        again = pickle.loads(pickle.dumps(there))  # noqa: S301
        assert identity(again) == identity(there)
        assert str(there) == str(recipe(data))
    assert copy.deepcopy(FunctionDataset(load)).function is load


def test_a_changed_global_that_the_function_reads_is_another_data_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = FunctionDataset(load)
    before, known = data.arrays(), identity(recipe(data))
    monkeypatch.setitem(globals(), "scale", 2.0)
    assert data.arrays().x_train[1, 0] == 2 * before.x_train[1, 0]
    assert identity(recipe(data)).data != known.data


def test_a_changed_function_of_the_same_name_is_another_data_set() -> None:
    def made(factor: float) -> FunctionDataset:
        def mine() -> Any:
            return X * factor, Y

        return FunctionDataset(mine)

    one, other = made(1.0), made(2.0)
    assert str(one) == str(other) == "mine"
    assert one != other
    assert one == made(1.0)
    assert identity(recipe(one)).data != identity(recipe(other)).data


def test_arms_of_one_function_are_told_apart_by_its_arguments() -> None:
    arms = {
        str(noise): recipe(FunctionDataset(functools.partial(loaded, noise=noise))) for noise in (0.0, 0.5)
    }
    assert described(arms)["0.5"].startswith("loaded(noise=0.5): 1 sigmoid")
    seeds = {str(size): recipe(FunctionDataset(loaded, test_size=size)) for size in (3, 4)}
    assert described(seeds)["3"].endswith("test_size=3")


@dataclass(frozen=True)
class Mean(Experiment):
    """Has data, and is no recipe: what its data do is part of it."""

    data: Dataset

    def outcome(self, seed: int) -> dict[str, float]:
        """Return the mean."""
        return {"mean": float(self.data.arrays().x_train.mean()) + seed}


def test_of_an_experiment_that_is_no_recipe_the_functions_code_is_a_part() -> None:
    one, other = Mean(FunctionDataset(lambda: (X, Y))), Mean(FunctionDataset(lambda: (X + 0, Y)))
    assert identity(one).code != identity(other).code
    assert identity(pickle.loads(pickle.dumps(one))) == identity(one)  # noqa: S301  # our own


def test_a_function_that_returns_something_else_each_time_is_refused() -> None:
    def random() -> Any:
        return np.random.default_rng().normal(size=(20, 2)), Y

    with pytest.raises(InvalidValue, match=r"random\(\) gives other arrays each time; fix its seed"):
        check_repeatable(FunctionDataset(random))
    unseeded = functools.partial(np.random.default_rng().choice, [0, 1], size=(2, 9))  # of a library alone
    with pytest.raises(InvalidValue, match="gives other arrays each time"):
        check_repeatable(FunctionDataset(lambda: tuple(unseeded())))


def test_a_function_that_reads_the_environment_is_followed_by_its_arrays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = FunctionDataset(lambda: (X * float(os.environ["NNSPEC_TEST_SCALE"]), Y))
    monkeypatch.setenv("NNSPEC_TEST_SCALE", "2")
    assert data.arrays().x_train[1, 0] == 4


def test_the_script_says_whose_arrays_they_are() -> None:
    script = keras_script(recipe(FunctionDataset(load, test_size=4, random_state=7)))
    assert script.startswith("# load: 1 sigmoid")
    assert "own arrays, made by load, split off by test_size=4, random_state=7,\n" in script
    assert "train_test_split" not in script


WRONG: list[tuple[Any, str]] = [
    (lambda: None, "is `return` missing?"),
    (lambda: X, r"expected \(x, y\)"),
    (lambda: (X, Y, X, Y), r"expected \(x, y\)"),
    (lambda: {"x": X, "y": Y}, r"expected \(x, y\)"),
    (lambda: (X, Y[:3]), r"<lambda>\(\): train=\(\(20, 2\), \(3,\)\)"),
    (lambda: ({"a": X, "b": X[:1]}, Y), "as many examples under every name"),
    (lambda: (X.astype(str), Y), "real numbers"),
    (lambda: (X * np.nan, Y), "NaN or infinity"),
    (lambda size: (X, Y), "one without arguments.*functools.partial"),
    (Circles, "a function that returns arrays"),
    ((X, Y), "give load_houses, not load_houses()"),
    (None, "a function that returns arrays"),
]


@pytest.mark.parametrize(("function", "message"), WRONG)
def test_what_is_wrong_with_a_function_is_one_message(function: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message) as caught:
        FunctionDataset(function).arrays()
    assert "\n" not in str(caught.value)
