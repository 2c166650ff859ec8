"""A session with a time: nothing is trained after it, and what an earlier one trained takes none of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import SGD, Circles, Dataset, Dense, Document, Experiment, Recipe, claim
from nnspec.claims.budget import within
from nnspec.session import allotment
from nnspec.session.left_to_train import LeftToTrain
from nnspec.session.plan import arms, plan
from nnspec.session.session import Session
from nnspec.store.store import Store
from spec.implementation.conftest import StandInWorkers

PLACE = Document("doc", "A document", ("One",)).at("One")
CIRCLES = Circles(20)


@dataclass(frozen=True)
class Coin(Experiment):
    """A coin that comes up heads so often."""

    share: float = 0.5
    data: Dataset = CIRCLES

    def outcome(self, seed):
        """Return 1 for heads."""
        return {"heads": float(np.random.default_rng(seed).random() < self.share)}


@pytest.fixture
def coin():
    def comes_up(runs):
        """Come up."""
        return runs.metric("heads") > 0.5

    return claim("coin", source=PLACE, recipe=Coin(), because="so", counterfactual=Coin(0.1))(comes_up)


def test_nothing_is_trained_after_the_time(tmp_path, monkeypatch, coin):
    monkeypatch.setattr(allotment, "COMPILING", 0.0)
    session = Session(within("3s"), 2.5e-6, Store(tmp_path), workers=StandInWorkers(), order=[coin])
    assert session.why_not(coin) == ""
    before = session.trained
    found = session.judge(coin)
    assert session.trained == before
    # a fast machine plans so many that the rest is futile before all are asked
    assert 64 < len(found.judgement.evidence.answers) <= len(found.plan.seeds)
    assert found.trained == before


def test_outcomes_that_are_measured_take_from_the_time(tmp_path, coin):
    session = Session(within("3s"), 2.5e-6, Store(tmp_path), workers=StandInWorkers(), order=[coin])
    session._outcomes.spent = 3.0
    assert session.why_not(coin).startswith("no time was left for it")
    assert session._outcomes.spent > 3.0


def test_what_is_there_is_asked_once_and_anew_after_training(coin):
    asked, there = [], {Coin(0.1)}

    def has(experiment, seeds):
        asked.append(experiment)
        return experiment in there

    left = LeftToTrain(has, lambda experiment: 0.25 if experiment in there else 0.75)
    planned = plan(coin, within("1s"), 1.0, 0, 2.5e-6)
    assert [left.share(planned, range(64)) for _ in range(2)] == [0.75, 0.75]
    assert asked == arms(coin)
    there.add(Coin())
    left.trained(planned)
    assert left.share(planned, range(64)) == 0


class NeverDone(StandInWorkers):
    """Workers that train for ever, from this block of seeds on."""

    def __init__(self, first):
        """Take the first seed of it."""
        self.first = first

    def train(self, recipe, seeds, engine, progress, meanwhile=None):
        """Train, or have somebody wait."""
        while seeds[0] >= self.first:
            meanwhile()
        return super().train(recipe, seeds, engine, progress, meanwhile)


@pytest.mark.parametrize(
    ("first", "why"), [(0, "no time was left for it"), (64, "the time did not decide it")]
)
def test_a_block_that_goes_on_after_the_time_is_given_up(tmp_path, monkeypatch, first, why):
    monkeypatch.setenv("NNSPEC_TRAININGS", str(tmp_path / "trainings"))
    monkeypatch.setattr(allotment, "COMPILING", 0.0)

    def is_accurate(runs):
        """Be accurate."""
        return runs.accuracy > 0.5

    half, none = (
        Recipe(CIRCLES, [Dense(1, activation="sigmoid")], "binary_crossentropy", SGD(rate), epochs=2)
        for rate in (0.6, 0.01)
    )
    one = claim("half", source=PLACE, recipe=half, because="so", counterfactual=none)(is_accurate)
    session = Session(within("1s"), 2.5e-6, Store(tmp_path), workers=NeverDone(first), order=[one])
    session.why_not(one)
    assert session.why_open(one).startswith(why)
    if first:  # what was trained in time is judged
        assert len(session.judge(one).judgement.evidence.answers) == first
