"""A session with a time: nothing is trained after it, and what an earlier one trained takes none of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import Circles, Dataset, Document, Experiment, claim
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
    monkeypatch.setattr(allotment, "_COMPILING", 0.0)
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
