"""Data sets: shapes and types, the split in order, write protection, checksums, wrong examples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from nnspec import Adam, Dense, Recipe
from nnspec.basics.errors import InvalidValue
from nnspec.data import Arrays, Circles, Dataset, Digits, Moons, StraightLine
from nnspec.recipes.check import check_fit

ALL = [
    (Circles(), (1000, 2), (1000,), np.int64, 0),
    (Circles(n_samples=100, train_size=80), (80, 2), (80,), np.int64, 20),
    (Moons(), (1000, 2), (1000,), np.int64, 0),
    (Moons(n_samples=101, noise=0.0, train_size=1), (1, 2), (1,), np.int64, 100),
    (StraightLine(), (150, 1), (150,), np.float32, 50),
    (StraightLine(train_size=None), (200, 1), (200,), np.float32, 0),
    (Digits(), (1437, 8, 8), (1437,), np.int64, 360),
    (Digits(one_hot=True), (1437, 8, 8), (1437, 10), np.float32, 360),
]


@dataclass(frozen=True)
class Own(Dataset):
    """Three points as a user would give them; `x` and `y` are nested tuples."""

    x: tuple[Any, ...] = ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    y: tuple[Any, ...] = (0, 1, 1)
    train_size: int | None = None

    def examples(self) -> tuple[Any, Any]:
        """Return the points as NumPy reads them."""
        return np.array(self.x), np.array(self.y)


@pytest.mark.parametrize(("data", "x", "y", "y_type", "test"), ALL)
def test_shapes_and_types_are_as_described(
    data: Dataset, x: tuple[int, ...], y: tuple[int, ...], y_type: type, test: int
) -> None:
    arrays = data.arrays()
    assert (arrays.x_train.shape, arrays.y_train.shape) == (x, y)
    assert (arrays.x_test.shape, arrays.y_test.shape) == ((test, *x[1:]), (test, *y[1:]))
    assert arrays.x_train.dtype == arrays.x_test.dtype == np.float32
    assert arrays.y_train.dtype == arrays.y_test.dtype == y_type


@pytest.mark.parametrize("data", [Circles(n_samples=50), Moons(n_samples=50), StraightLine(), Digits()])
def test_the_split_keeps_the_order_of_the_examples(data: Dataset) -> None:
    whole = replace(data, train_size=None).arrays()  # type: ignore[type-var]  # every data set is a dataclass
    parts = replace(data, train_size=37).arrays()  # type: ignore[type-var]
    assert len(parts.x_train) == 37
    np.testing.assert_array_equal(np.concatenate([parts.x_train, parts.x_test]), whole.x_train)
    np.testing.assert_array_equal(np.concatenate([parts.y_train, parts.y_test]), whole.y_train)


def test_circles_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import make_circles

    x, y = make_circles(1000, noise=0.03, random_state=42)
    np.testing.assert_array_equal(Circles().arrays().x_train, x.astype(np.float32))
    np.testing.assert_array_equal(Circles().arrays().y_train, y)


def test_one_is_the_inner_circle() -> None:
    arrays = Circles(noise=0.0).arrays()
    radius = np.linalg.norm(arrays.x_train, axis=1)
    # make_circles draws radii of 1 and 0.8 where there is no noise
    np.testing.assert_allclose(radius, np.where(arrays.y_train == 1, 0.8, 1.0), atol=1e-6)


def test_the_straight_line_adds_one_hundred() -> None:
    arrays = StraightLine(train_size=None).arrays()
    assert arrays.x_train[[0, 1, -1], 0].tolist() == [0.0, 5.0, 995.0]
    np.testing.assert_array_equal(arrays.y_train, arrays.x_train[:, 0] + 100)


def test_digits_are_scaled_and_one_hot_labels_say_the_same() -> None:
    arrays = Digits().arrays()
    assert (arrays.x_train.min(), arrays.x_train.max()) == (0.0, 1.0)
    assert Digits(scale=1).arrays().x_train.max() == 16.0
    np.testing.assert_array_equal(Digits(one_hot=True).arrays().y_train.argmax(axis=1), arrays.y_train)
    assert set(Digits(one_hot=True).arrays().y_train.sum(axis=1).tolist()) == {1.0}


@pytest.mark.parametrize("name", ["x_train", "y_train", "x_test", "y_test"])
def test_arrays_cannot_be_written_to(name: str) -> None:
    array = getattr(Circles(n_samples=50, train_size=40).arrays(), name)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_arrays_are_made_once() -> None:
    assert Circles(n_samples=60).arrays() is Circles(n_samples=60).arrays()


def test_the_same_description_gives_the_same_checksum() -> None:
    assert Own().arrays().checksum() == Own().arrays().checksum()
    assert len(Own().arrays().checksum()) == 64


@pytest.mark.parametrize(
    "changed",
    [
        Own(x=((1.0, 2.0), (3.0, 4.0), (5.0, 6.5))),
        Own(x=((3.0, 4.0), (1.0, 2.0), (5.0, 6.0))),
        Own(x=((1.0,), (3.0,), (5.0,))),
        Own(x=(((1.0,), (2.0,)), ((3.0,), (4.0,)), ((5.0,), (6.0,)))),
        Own(y=(0, 1, 0)),
        Own(y=(0.5, 1.0, 1.0)),
        Own(train_size=2),
    ],
)
def test_another_value_order_shape_or_split_gives_another_checksum(changed: Own) -> None:
    assert changed.arrays().checksum() != Own().arrays().checksum()


def test_another_type_gives_another_checksum() -> None:
    whole = Own().arrays()
    assert replace(whole, y_train=whole.y_train.astype(np.float32)).checksum() != whole.checksum()


def test_the_checksum_does_not_depend_on_the_memory_layout() -> None:
    c = np.arange(6, dtype=np.float32).reshape(2, 3)
    y = np.zeros(2, np.int64)
    first, second = (Arrays(x, y, x[:0], y[:0]) for x in (c, np.asfortranarray(c)))
    assert first.checksum() == second.checksum()


def test_all_examples_may_be_for_training() -> None:
    assert len(Own(train_size=3).arrays().x_test) == 0


def test_whole_targets_become_int64_and_others_float32() -> None:
    assert Own().arrays().y_train.dtype == np.int64
    assert Own(y=(True, False, True)).arrays().y_train.dtype == np.float32
    assert Own(y=(0.5, 1.0, 2.0)).arrays().y_train.dtype == np.float32


def test_quantities_may_be_given_to_any_loss_and_labels_may_not() -> None:
    line = Recipe(StraightLine(), [Dense(1)], "binary_crossentropy", Adam(), epochs=1)
    check_fit(line)
    with pytest.raises(InvalidValue, match="expected labels from 0 to 1"):
        check_fit(line.with_(data=LabelledLine()))


class LabelledLine(StraightLine):
    """The same numbers, said to be labels."""

    regression = False
