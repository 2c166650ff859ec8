"""Parts that are split off: the same as scikit-learn's, in the same order, whatever the data set."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from nnspec import ArrayDataset, Arrays, InvalidValue

X = np.arange(120, dtype=np.float32).reshape(60, 2)
Y = np.arange(60) % 3


@pytest.mark.parametrize("size", [0.2, 0.13, 1, 7])
@pytest.mark.parametrize("state", [0, 42])
def test_a_part_is_what_train_test_split_puts_apart(size: float, state: int) -> None:
    found = ArrayDataset(X, Y, test_size=size, random_state=state).arrays()
    x, x_test, y, y_test = train_test_split(X, Y, test_size=size, random_state=state)
    for mine, theirs in zip((*found.part("train"), *found.part("test")), (x, y, x_test, y_test), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert len(found.x_validation) == 0


def test_validation_is_split_off_what_is_left_after_testing() -> None:
    found = ArrayDataset(X, Y, test_size=0.25, validation_size=0.2, random_state=3).arrays()
    rest, _, y_rest, _ = train_test_split(X, Y, test_size=0.25, random_state=3)
    x, validation, _, _ = train_test_split(rest, y_rest, test_size=0.2, random_state=3)
    np.testing.assert_array_equal(found.x_validation, validation)
    np.testing.assert_array_equal(found.x_train, x)


def test_without_shuffling_the_last_examples_are_put_apart_as_validation_split_does() -> None:
    found = ArrayDataset(X, Y, validation_size=0.1, shuffle=False).arrays()
    np.testing.assert_array_equal(found.x_train, X[:54])
    np.testing.assert_array_equal(found.x_validation, X[54:])


def test_stratified_parts_have_as_many_of_every_class() -> None:
    found = ArrayDataset(X, Y, test_size=0.2, stratify=True).arrays()
    assert np.bincount(found.y_test).tolist() == [4, 4, 4]


def test_a_part_that_is_named_stays_when_another_one_is_split_off() -> None:
    found = ArrayDataset(X, Y, X[:5], Y[:5], validation_size=10).arrays()
    np.testing.assert_array_equal(found.x_test, X[:5])
    assert (len(found.x_train), len(found.x_validation)) == (50, 10)


@pytest.mark.parametrize("sizes", [{}, {"test_size": 0.13}, {"test_size": 7, "validation_size": 0.31}])
def test_the_shape_is_known_before_anything_is_split(sizes: dict[str, Any]) -> None:
    data = ArrayDataset(X, Y, **sizes)
    assert data.expected_shape() == data.arrays().x_train.shape


def test_another_split_is_another_data_set_and_the_same_one_is_the_same() -> None:
    one = ArrayDataset(X, Y, test_size=0.2, random_state=1)
    travelled = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own
    assert one == travelled == ArrayDataset(X.tolist(), Y, test_size=0.2, random_state=1)
    others = [replace(one, random_state=2), replace(one, test_size=0.3), replace(one, shuffle=False)]
    others += [replace(one, stratify=True), ArrayDataset.of(Arrays(X, Y))]
    for other in others:
        assert other != one
        assert other.content_hash != one.content_hash
        assert other.arrays().checksum() != one.arrays().checksum()


def test_a_state_by_which_nothing_is_drawn_makes_no_difference() -> None:
    assert ArrayDataset(X, Y, random_state=1) == ArrayDataset(X, Y)


def test_float_targets_cannot_be_stratified_and_that_is_one_short_line() -> None:
    with pytest.raises(InvalidValue, match="every part can have its share") as caught:
        ArrayDataset(X, Y + 0.5 * np.arange(60), test_size=0.2, stratify=True).arrays()
    assert len(str(caught.value)) < 250
