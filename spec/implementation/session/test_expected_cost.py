"""What claims will cost: told from their recipes, without their data, the same ones once."""

from __future__ import annotations

import pytest

from nnspec import (
    IMDB,
    MNIST,
    Adam,
    Blobs,
    Circles,
    Dense,
    Digits,
    FashionMNIST,
    Flatten,
    GaussianQuantiles,
    Moons,
    Recipe,
    StraightLine,
)
from nnspec.basics.errors import MissingData
from nnspec.claims.budget import parse
from nnspec.data import Dataset
from nnspec.data.files import FILES
from nnspec.session.expected_cost import OTHER, ExpectedCost
from nnspec.session.work import rounded
from nnspec.training.cost import cost_level, operations

CIRCLES = Recipe(Circles(), [Dense(4, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=50)
IMAGES = Recipe(
    MNIST(), [Flatten(), Dense(128), Dense(10, "softmax")], "sparse_categorical_crossentropy", Adam(), 5
)
BUDGET = parse("standard", None)


@pytest.mark.parametrize(
    "data",
    [Circles(), Circles(n_samples=30, train_size=20), Moons(train_size=7), Moons(test_samples=10),
     GaussianQuantiles(), GaussianQuantiles(n_samples=333, test_size=0.21, validation_size=0.17),
     Blobs(centers=((0.0, 1.0, 2.0), (3.0, 4.0, 5.0)), n_samples=12), StraightLine(),
     StraightLine(train_size=None), Digits(), Digits(train_size=None)],
    ids=repr,
)  # fmt: skip
def test_a_data_set_knows_its_shape_without_being_made(data):
    assert data.expected_shape() == data.arrays().x_train.shape


@pytest.fixture
def fetched(monkeypatch, tmp_path):
    """Set the data folder to one in which all files are there, with nothing in them."""
    monkeypatch.setenv("NNSPEC_DATA", str(tmp_path))
    for name in FILES:
        (tmp_path / name).touch()


@pytest.mark.parametrize("data", [MNIST(), FashionMNIST(), MNIST(train_size=100)], ids=repr)
@pytest.mark.usefixtures("fetched")
def test_images_have_the_shape_of_their_file(data):
    (published,) = [shape for name, _, shape in FILES[data.file].arrays if name == "x_train"]
    assert data.expected_shape() == (data.train_size or published[0], *published[1:])


@pytest.mark.usefixtures("fetched")
def test_reviews_have_the_shape_of_those_that_are_not_for_validation():
    assert IMDB(num_words=5000, validation_size=10_000).expected_shape() == (15_000, 5000)
    assert IMDB(validation_size=10_000, train_size=5_000).expected_shape() == (5_000, 10_000)


def test_another_data_set_is_taken_for_a_small_one():
    class Own(Dataset):
        def examples(self):
            raise AssertionError("nobody needs it yet")

    assert Own().expected_shape() is None


@pytest.mark.usefixtures("fetched")
def test_operations_and_level_are_those_of_the_data():
    shape = CIRCLES.data.arrays().x_train.shape
    assert operations(CIRCLES) == operations(CIRCLES, shape)
    assert cost_level(CIRCLES) == cost_level(CIRCLES, shape) == 0
    assert cost_level(IMAGES, IMAGES.data.expected_shape()) == 2


@pytest.mark.usefixtures("fetched")
def test_images_cost_many_times_what_circles_cost():
    circles, images = (ExpectedCost(BUDGET).of_recipes([one]) for one in (CIRCLES, IMAGES))
    assert OTHER < circles < images / 2


def test_what_was_met_before_costs_nothing_and_a_program_is_compiled_once():
    expected = ExpectedCost(BUDGET)
    first = expected.of_recipes([CIRCLES])
    assert expected.of_recipes([CIRCLES]) == OTHER
    assert OTHER < expected.of_recipes([CIRCLES.with_epochs(49)]) < first


def test_fewer_seeds_cost_less():
    budgets = (parse("standard", "64"), BUDGET)
    few, many = (ExpectedCost(budget).of_recipes([CIRCLES]) for budget in budgets)
    assert few < many


def test_what_is_told_takes_all_its_seeds_and_a_verdict_is_soon_given():
    told, general = (ExpectedCost(BUDGET).of_recipes([CIRCLES], name) for name in ("figure", "general"))
    assert general < told


@pytest.mark.parametrize("data", [MNIST(), IMDB()], ids=repr)
def test_what_is_not_there_is_not_trained(data, monkeypatch, tmp_path):
    monkeypatch.setenv("NNSPEC_DATA", str(tmp_path))
    with pytest.raises(MissingData, match="nnspec data fetch"):
        data.expected_shape()
    assert ExpectedCost(BUDGET).of_recipes([CIRCLES, IMAGES.with_(data=data)]) == OTHER


@pytest.mark.parametrize(
    ("measured", "cost"),
    [(2e-5, 1e-3), (2e-3, 1e-3), (0.02, 0.01), (0.05, 0.1), (0.3, 0.1), (0.4, 1.0), (30, 10)],
)
def test_what_was_measured_counts_as_a_power_of_ten(measured, cost):
    assert rounded(measured) == pytest.approx(cost)
    assert max(measured, 1e-3) / 5 < rounded(measured) < 5 * max(measured, 1e-3)
