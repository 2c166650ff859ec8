"""Worker processes train what this process would, ahead of time, and their end is told."""

from __future__ import annotations

import os
import signal
import sys
import time
import types
from dataclasses import dataclass, field

import numpy as np
import pytest

from nnspec import Adam, Circles, Dataset, Dense, Experiment, InvalidValue, Recipe, train, workers
from nnspec.workers import WorkerDied, Workers

RECIPE = Recipe(Circles(100), [Dense(2, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 3)


@pytest.fixture(scope="module")
def two():
    """Return two workers, which end with the module."""
    pool = Workers(2)
    yield pool
    pool.close()


def ignored(done):
    """Take note of nothing."""


@dataclass(frozen=True)
class Draw(Experiment):
    """An experiment that no engine trains."""

    data: Dataset = field(default_factory=Circles)

    def outcome(self, seed):
        """Return the seed itself."""
        return {"seed": seed}


def test_a_worker_gives_the_bits_that_this_process_gives(two):
    told = []
    found = two.train(RECIPE, range(70), "stacked", told.append)
    expected = train(RECIPE, range(70))
    for ours, theirs in zip(found.weights, expected.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for name, values in expected.history.items():
        np.testing.assert_array_equal(found.history[name], values)
    assert found.seeds.tolist() == list(range(70))
    assert told == [64, 70]


def test_what_was_begun_ahead_is_trained_once(two):
    two.ahead(RECIPE, range(3), "stacked")
    two.ahead(RECIPE, range(3), "stacked")
    (begun,) = two._ahead[RECIPE.content_hash, (0, 1, 2), "stacked"]
    first = two.train(RECIPE, range(3), "stacked", ignored)
    assert begun.result() is not None
    np.testing.assert_array_equal(first.seeds, [0, 1, 2])
    assert not two._ahead


def test_other_experiments_run_in_this_process(two):
    assert two.train(Draw(), [4, 2], "stacked", ignored).metrics["seed"].tolist() == [4, 2]


def test_data_of_a_class_that_a_worker_cannot_import_are_trained_on_in_this_process(two, monkeypatch):
    module = types.ModuleType("only_here")
    monkeypatch.setitem(sys.modules, "only_here", module)

    @dataclass(frozen=True)
    class Own(Dataset):
        """Two points."""

        def examples(self):
            """Return them."""
            return np.eye(2), np.array([0, 1])

    Own.__module__, Own.__qualname__, module.Own = "only_here", "Own", Own
    assert two.train(RECIPE.with_(data=Own()), [3], "stacked", ignored).seeds.tolist() == [3]


def test_an_error_in_a_worker_reaches_whoever_asked_with_its_traceback(two):
    wrong = RECIPE.with_(validation_data="test")
    with pytest.raises(InvalidValue, match="data with a test part") as caught:
        two.train(wrong, [0], "stacked", ignored)
    assert "in a worker process" in caught.value.__notes__[0]
    assert two.train(RECIPE, [0], "stacked", ignored).seeds.tolist() == [0]


def test_a_worker_that_is_killed_is_told_and_replaced():
    pool = Workers(1)
    try:
        pool.train(RECIPE, [0], "stacked", ignored)
        pool.ahead(RECIPE.with_epochs(100_000), [0], "stacked")
        time.sleep(0.5)
        os.kill(pool._workers[0]._process.pid, signal.SIGKILL)
        with pytest.raises(WorkerDied, match="exit code -9 while it trained"):
            pool.train(RECIPE.with_epochs(100_000), [0], "stacked", ignored)
        assert pool.train(RECIPE, [1], "stacked", ignored).seeds.tolist() == [1]
    finally:
        pool.close()


def test_a_worker_with_many_programs_ends_and_a_fresh_one_takes_its_place(monkeypatch):
    pool = Workers(1)
    try:
        pool.train(RECIPE, [0], "stacked", ignored)
        first = pool._workers[0]._process
        monkeypatch.setattr(workers, "PROGRAMS", 1)
        pool.train(RECIPE, [1], "stacked", ignored)
        first.join(10)
        assert first.exitcode == -signal.SIGKILL
        assert pool.train(RECIPE, [2], "stacked", ignored).seeds.tolist() == [2]
    finally:
        pool.close()


def test_closed_workers_end_at_once():
    pool = Workers(1)
    pool.train(RECIPE, [0], "stacked", ignored)
    process = pool._workers[0]._process
    pool.ahead(RECIPE.with_epochs(1_000_000), [0], "stacked")
    pool.close()
    assert process.exitcode == -signal.SIGKILL
