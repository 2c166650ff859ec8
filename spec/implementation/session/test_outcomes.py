"""Experiments that no engine trains are measured, kept, spread over workers and counted like recipes."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from nnspec import Circles, Dataset, Experiment, InvalidValue, train
from nnspec.claims.budget import parse
from nnspec.session import outcomes
from nnspec.session.outcomes import Outcomes
from nnspec.session.session import Session
from nnspec.store.store import Store
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers

CIRCLES = Circles(10)


@dataclass(frozen=True)
class Slow(Experiment):
    """An experiment whose outcome takes so many seconds; every one leaves a line in a file."""

    file: str
    seconds: float
    fails: int = -1
    data: Dataset = CIRCLES

    def outcome(self, seed):
        """Return the seed, after having slept."""
        if seed == self.fails:
            raise ZeroDivisionError(f"no outcome for {seed}")
        time.sleep(self.seconds)
        with Path(self.file).open("a") as file:
            file.write(f"{os.getpid()} {seed}\n")
        return {"seed": seed, "double": 2 * seed}


@dataclass(frozen=True)
class Together(Experiment):
    """An experiment that makes outcomes of many seeds at once; every call leaves its seeds in a file."""

    file: str
    data: Dataset = CIRCLES

    def outcomes(self, seeds):
        """Return the squares of the seeds."""
        with Path(self.file).open("a") as file:
            file.write(f"{list(seeds)}\n")
        return [{"square": seed**2} for seed in seeds]


@pytest.fixture(scope="module")
def two():
    """Return two workers."""
    workers = Workers(OwnProcesses(2))
    yield workers
    workers.close()


@pytest.fixture
def begin(two, tmp_path):
    """Return a function that begins a session on one store, as a new run of nnspec does."""

    def begun(seeds=None, **more):
        return Session(parse("quick", seeds), 0.01, Store(tmp_path / "store"), workers=two, **more)

    return begun


@pytest.fixture
def slow(tmp_path):
    """Return what makes an experiment, and what tells who gave its outcomes: (process, seed)."""
    file = tmp_path / "outcomes"

    def told():
        return [tuple(map(int, line.split())) for line in file.read_text().splitlines()]

    return lambda seconds, **more: Slow(str(file), seconds, **more), told


def test_outcomes_come_from_all_workers_and_are_kept(begin, slow):
    make, told = slow
    progress = []
    session = begin(progress=lambda recipe, done, wanted: progress.append((done, wanted)))
    runs = session.runs(make(0.02), range(64))
    assert runs.seeds.tolist() == runs.metrics["seed"].tolist() == list(range(64))
    processes = {process for process, _ in told()} - {os.getpid()}
    assert len(processes) == 2
    assert progress == [(8 * i, 64) for i in range(9)]
    measured = [seed for process, seed in told() if process == os.getpid()]
    assert measured == [0, 0]
    before = len(told())
    again = begin()
    np.testing.assert_array_equal(again.runs(make(0.02), range(64)).metrics["double"], runs.metrics["double"])
    assert (len(told()), again.trained) == (before, 0)


def test_a_cheap_experiment_is_repeated_here_and_not_kept(begin, slow, tmp_path, monkeypatch):
    monkeypatch.setattr(outcomes, "_KEPT", 10.0)  # a busy machine takes longer than half a millisecond
    monkeypatch.setattr(outcomes, "_SPREAD", 10.0)
    make, told = slow
    assert begin().runs(make(0.0), range(10)).metrics["seed"].tolist() == list(range(10))
    assert {process for process, _ in told()} == {os.getpid()}
    assert list((tmp_path / "store").glob("*.npz")) == []


def test_many_outcomes_at_once_are_asked_for_in_whole_blocks_and_measured_by_one(begin, tmp_path):
    file = tmp_path / "asked"
    experiment = Together(str(file))
    session = begin("128")
    runs = session.runs(experiment, range(128))
    assert session.trained == 128
    assert runs.metrics["square"].tolist() == [seed**2 for seed in range(128)]
    first, second = list(range(64)), list(range(64, 128))
    # the first block is measured twice, and is not asked for again
    assert file.read_text().splitlines() == [str(block) for block in (first, first, second)]
    assert experiment.outcome(5) == {"square": 25}


@dataclass(frozen=True)
class WrongTogether(Experiment):
    """An experiment whose outcomes are what a case says."""

    found: object
    data: Dataset = CIRCLES

    def outcomes(self, seeds):
        """Return them."""
        return self.found


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (
            None,
            r"WrongTogether.outcomes=None; expected a list with an outcome for each of the 2 seeds; is `re",
        ),
        ([{"a": 1}], "for each of the 2 seeds"),
        ({"a": [1, 2]}, "for each of the 2 seeds"),
        ([{"a": 1}, {}], r"WrongTogether.outcomes\(\[4\]\)=\{\}; expected names with numbers"),
        ([{"a": 1}, {"b": 2}], "the names of seed 3: a"),
        ([{"a": "one"}, {"a": 1}], "names with numbers"),
    ],
)
def test_outcomes_of_another_kind_are_refused(found, message):
    with pytest.raises(InvalidValue, match=message):
        train(WrongTogether(found), [3, 4])


@pytest.mark.parametrize(("seconds", "level"), [(0.0, 0), (0.02, 0), (0.15, 1)])
def test_the_first_outcome_tells_the_level_of_cost(begin, slow, seconds, level, monkeypatch):
    monkeypatch.setattr(outcomes, "_KEPT", 0.02)  # a busy machine takes longer than half a millisecond
    make, told = slow
    experiment = make(seconds)
    assert begin().costs.level(experiment) == level
    seen = len(told())
    assert begin().costs.level(experiment) == level
    assert (len(told()) == seen) == (seconds > 0)


def test_a_cheap_experiment_has_the_same_seeds_however_busy_the_machine_is(begin, slow, monkeypatch):
    make, _ = slow
    costs = []
    for busy in (1.0, 40.0):
        monkeypatch.setattr(Outcomes, "seconds", lambda self, experiment, busy=busy: busy * 2e-5)
        costs.append(begin().costs.seconds(make(0.0)))
    assert costs[0] == costs[1]


def test_what_was_finished_before_somebody_stopped_is_kept(begin, slow):
    make, _ = slow
    experiment = make(0.006)
    session = begin("128")

    def stop(recipe, done, wanted):
        if session.trained and done:
            raise KeyboardInterrupt

    session.progress = stop
    with pytest.raises(KeyboardInterrupt):
        session.runs(experiment, range(128))
    again = begin("128")
    assert len(again.runs(experiment, range(128))) == 128
    assert again.trained == 64


def test_an_error_is_that_of_the_author_with_its_place(begin, slow):
    make, _ = slow
    with pytest.raises(ZeroDivisionError, match="no outcome for 5") as caught:
        begin().runs(make(0.006, fails=5), range(16))
    assert caught.traceback[-1].path == Path(__file__)


def test_an_experiment_that_no_worker_can_import_is_repeated_here_and_kept(begin):
    @dataclass(frozen=True)
    class Local(Experiment):
        data: Dataset = CIRCLES

        def outcome(self, seed):
            time.sleep(0.006)
            return {"process": os.getpid()}

    assert set(begin().runs(Local(), range(4)).metrics["process"].tolist()) == {np.float32(os.getpid())}
    assert begin().runs(Local(), range(4)).seeds.tolist() == [0, 1, 2, 3]
    assert begin().store.has(Local(), range(4), "outcome")


def test_other_library_versions_give_other_entries(begin, slow, monkeypatch):
    make, told = slow
    begin().runs(make(0.006), range(4))
    before = len(told())
    monkeypatch.setattr("nnspec.store.store.library_versions", lambda: {"numpy": "0"})
    begin().runs(make(0.006), range(4))
    assert len(told()) > before


def test_a_worker_compares_the_outcome_that_was_measured(begin, slow, monkeypatch):
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)  # imported, nothing would be compared
    make, _ = slow
    experiment = make(0.006)
    session = begin()
    first = session._outcomes.first(experiment)
    first.metrics["double"][:] += 1
    with pytest.raises(Exception, match=r"^Slow\(\)\.outcome\(0\) gives other numbers each time"):
        session.runs(experiment, range(8))


def test_the_cost_that_was_measured_is_told_once(begin, slow):
    make, _ = slow
    slowly, at_once, told = make(0.02), make(0.0), []
    session = begin(learned=lambda claim, seconds: told.append(seconds))

    class Claim:
        recipes = {"one": slowly}  # noqa: RUF012
        counterfactual = {"other": at_once}  # noqa: RUF012
        reading, share = "general", 0.5

    first, second = Claim(), Claim()
    session._plan(first), session._plan(second)
    measured = [session._outcomes.seconds(one) for one in (slowly, at_once)]
    assert told == [pytest.approx(128 * sum(measured)), 0]  # two blocks
    assert measured[0] >= 0.02
