"""Arrays that are given to a recipe as its data: a data set of its own, known by its checksum."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest

from nnspec import SGD, ArrayDataset, Arrays, Circles, Dense, InvalidValue, Recipe, train
from nnspec.recipes.arm_names import described
from nnspec.recipes.script import keras_script

X = np.random.default_rng(0).normal(size=(20, 2))
Y = (X[:, 0] > 0).astype(int)


def recipe(data: Arrays, epochs: int = 3) -> Recipe:
    return Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", SGD(0.5), epochs=epochs)


def test_a_recipe_takes_arrays_and_is_the_same_wherever_equal_arrays_are_given() -> None:
    one = recipe(Arrays(X, Y, X[:10], Y[:10]))
    for other in (
        recipe(Arrays(X.tolist(), Y.tolist(), X[:10], Y[:10])),  # type: ignore[arg-type]
        recipe(Arrays(np.asfortranarray(X), Y, X[:10].copy(), Y[:10])),
        pickle.loads(pickle.dumps(one)),  # noqa: S301  # our own
        copy.deepcopy(one),
    ):
        assert other == one
        assert hash(other) == hash(one)
        assert other.content_hash == one.content_hash
        assert other.data.arrays().checksum() == one.data.arrays().checksum()
    assert one.data.expected_shape() == (20, 2)
    assert one.with_epochs(9).data == one.data


@pytest.mark.parametrize(
    "arrays",
    [
        Arrays(X, 1 - Y, X[:10], Y[:10]),
        Arrays(X[::-1], Y, X[:10], Y[:10]),
        Arrays(X, Y, X[:9], Y[:9]),
        Arrays(X, Y),
        Arrays(X, Y, X[:10], Y[:10], X[:5], Y[:5]),
        Arrays(X, Y.astype(float), X[:10], Y[:10]),
    ],
)
def test_other_arrays_are_other_data(arrays: Arrays) -> None:
    one, other = recipe(Arrays(X, Y, X[:10], Y[:10])), recipe(arrays)
    assert other != one
    assert other.content_hash != one.content_hash
    told = described({"one": one, "other": other})
    assert told["one"] != told["other"]
    assert "\n" not in told["one"]


def test_what_becomes_of_the_arrays_afterwards_changes_nothing() -> None:
    x = X.copy()
    one = recipe(Arrays(x, Y))
    before = one.content_hash
    x[0] = 9  # they are not write-protected either
    assert one.content_hash == before
    assert one.data.arrays().x_train[0].tolist() == X[0].astype(np.float32).tolist()
    with pytest.raises(ValueError, match="read-only"):
        one.data.arrays().x_train[0] = 1


def test_arrays_are_trained_on_and_their_accuracies_counted() -> None:
    runs = train(recipe(Arrays(X, Y, X[:10], Y[:10]), 60), range(4))
    assert runs.accuracy.min() > 0.7
    assert runs.test_accuracy.fractions is not None
    assert runs.test_accuracy.fractions.known.all()


def test_the_script_says_that_the_arrays_are_the_authors_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = Arrays(X, Y, X[:10], Y[:10], X[:5], Y[:5])
    script = keras_script(recipe(arrays).with_(validation_data="validation"))
    assert "# x_train (20, 2), SHA-256 " + ArrayDataset.of(arrays).given_parts().checksum() in script
    monkeypatch.chdir(tmp_path)
    names = {"np": np, **{name: values for name, values in vars(arrays).items() if name[0] in "xy"}}
    lines = script.splitlines()
    (saving,) = (line.removeprefix("# ") for line in lines if line.startswith("# np.savez"))
    exec(saving, names)  # noqa: S102  # that it runs is what is tested
    reading = [line for line in lines if 'arrays["' in line or line.startswith("arrays = ")]
    found: dict[str, object] = {"np": np}
    exec("\n".join(reading), found)  # noqa: S102
    assert np.array_equal(found["x_validation"], X[:5])  # type: ignore[arg-type]
    assert 'print("test part:"' in script
    assert 'print("test part:"' not in keras_script(recipe(Arrays(X, Y)))


def test_their_description_cannot_be_turned_into_arrays_again() -> None:
    config = recipe(Arrays(X, Y)).get_config()
    with pytest.raises(InvalidValue, match="checksum="):
        Recipe.from_config(config)


def test_a_pair_of_arrays_is_told_what_does_work() -> None:
    with pytest.raises(InvalidValue, match=r"data=\(array.*or Arrays\(x_train, y_train\)"):
        Recipe((X, Y), [Dense(1)], "mse", SGD(), epochs=1)  # type: ignore[arg-type]
    assert isinstance(recipe(Arrays(X, Y)).with_(data=Circles()).data, Circles)
