"""Data and outcomes that change each time are refused with one line, wherever that is noticed."""

from __future__ import annotations

import functools
import os
import time
from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import Adam, Circles, Dataset, Dense, Experiment, Recipe
from nnspec.basics.errors import Unrepeatable
from nnspec.claims.budget import parse
from nnspec.data import Arrays
from nnspec.session.session import Session
from nnspec.store.store import Store
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers

X = np.linspace(-1, 1, 20)[:, None]
CIRCLES = Circles(10)
GENERATOR = np.random.default_rng(0)


def recipe(data: Dataset) -> Recipe:
    return Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 1)


@dataclass(frozen=True)
class Unseeded(Dataset):
    """Points that a generator without a seed draws."""

    def examples(self):
        """Return them."""
        return np.random.default_rng().normal(size=(20, 1)), np.arange(20) < 10


@dataclass(frozen=True)
class GlobalState(Dataset):
    """Points that NumPy's global state draws."""

    def examples(self):
        """Return them."""
        return np.random.normal(size=(20, 1)), np.arange(20) < 10  # noqa: NPY002


@dataclass(frozen=True)
class GoesOn(Dataset):
    """Points that a generator with a seed draws, from where it stands."""

    def examples(self):
        """Return them."""
        return GENERATOR.normal(size=(20, 1)), np.arange(20) < 10


@dataclass(frozen=True)
class UnseededSplit(Dataset):
    """The same points, shuffled without a seed."""

    def split(self):
        """Return another half of them each time."""
        order = np.random.default_rng().permutation(20)
        y = np.arange(20) < 10
        return Arrays(X[order[:15]], y[order[:15]], X[order[15:]], y[order[15:]])


class Hashed(Unseeded):
    """Points in the order of a set, which differs from process to process."""

    def examples(self):
        """Return them."""
        order = [int(name) for name in {str(i) for i in range(20)}]
        return X[order], np.arange(20) < 10


@functools.cache
def drawn():
    """Return points that every process draws once."""
    return np.random.default_rng().normal(size=(20, 1))


class OncePerProcess(Unseeded):
    """Points that every process draws once."""

    def examples(self):
        """Return them."""
        return drawn().copy(), np.arange(20) < 10


@dataclass(frozen=True)
class Seeded(Dataset):
    """Points that a generator with a seed draws."""

    def examples(self):
        """Return them."""
        return np.random.default_rng(1).normal(size=(20, 1)), np.arange(20) < 10


@pytest.fixture
def session(tmp_path):
    """Return a session with a single worker, which starts when it is needed."""
    workers = Workers(OwnProcesses(1))
    yield Session(parse("quick", None), 0.01, Store(tmp_path / "store"), workers=workers)
    workers.close()


@pytest.mark.parametrize("data", [Unseeded(), GlobalState(), GoesOn()], ids=repr)
def test_examples_that_change_are_refused_in_one_line(session, data):
    with pytest.raises(Unrepeatable) as caught:
        session.runs(recipe(data), [0])
    name = type(data).__name__
    assert str(caught.value) == f"{name}().examples() gives other arrays each time; fix its seed"


def test_a_split_that_changes_is_refused_by_its_name(session):
    with pytest.raises(Unrepeatable, match=r"^UnseededSplit\(\)\.split\(\) gives other arrays each time"):
        session.runs(recipe(UnseededSplit()), [0])


@pytest.mark.skipif("PYTHONHASHSEED" in os.environ, reason="sets have one order in all processes")
@pytest.mark.parametrize("data", [Hashed(), OncePerProcess()], ids=repr)
def test_data_that_are_others_in_a_worker_are_refused(session, data):
    with pytest.raises(Unrepeatable, match=r"\.examples\(\) gives other arrays each time; fix its seed$"):
        session.runs(recipe(data), [0])


def test_data_that_stay_the_same_are_trained_on(session):
    assert len(session.runs(recipe(Seeded()), [0])) == 1


def test_a_large_set_is_not_made_twice_here_where_a_worker_makes_it_again(session, monkeypatch):
    monkeypatch.setattr("nnspec.data.repeatable.SECONDS", 0.0)
    made = []
    monkeypatch.setattr("nnspec.data.repeatable.made_anew", lambda data: made.append(data) or data.arrays())
    session.costs.level(recipe(Seeded()))
    assert made == []
    monkeypatch.setattr("nnspec.session.plan.importable", lambda recipe: None)
    session.costs.level(recipe(Seeded()).with_epochs(2))
    assert made == [Seeded()]


@dataclass(frozen=True)
class Counts(Experiment):
    """How many labels are set, which need not be told by data that change."""

    data: Dataset

    def outcome(self, seed):
        """Return it."""
        return {"value": self.data.arrays().y_train.sum()}


def test_data_that_change_are_refused_in_other_experiments_too(session):
    with pytest.raises(Unrepeatable, match=r"^Unseeded\(\)\.examples\(\) gives other arrays"):
        session.runs(Counts(Unseeded()), [0])


def outcomes(value):
    """Return an experiment with this function of its seed as outcome."""

    @dataclass(frozen=True)
    class Mine(Experiment):
        data: Dataset = CIRCLES

        def outcome(self, seed):
            return value(seed)

    return Mine()


@pytest.mark.parametrize(
    "value",
    [
        lambda seed: {"value": np.random.default_rng().normal()},
        lambda seed: {"value": GENERATOR.normal() + seed},
        lambda seed: {f"value {GENERATOR.normal()}": 1.0},
        lambda seed: {"value": seed, "nan": np.nan if GENERATOR.random() < 0 else GENERATOR.normal()},
        lambda seed: {"time": time.perf_counter() % 1},
    ],
    ids=["unseeded", "a generator that goes on", "other names", "one of two", "the time"],
)
def test_an_outcome_that_changes_is_refused_in_one_line(session, value):
    with pytest.raises(Unrepeatable) as caught:
        session.runs(outcomes(value), [0, 1])
    expected = "Mine().outcome(0) gives other numbers each time; draw them from the seed"
    assert str(caught.value) == expected


def test_an_outcome_that_is_no_number_is_the_same_each_time(session):
    found = session.runs(outcomes(lambda seed: {"value": np.nan}), [0, 1])
    assert np.isnan(found.metrics["value"]).all()
