"""Worker processes train what this process would, ahead of time, and their end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import types
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from nnspec import Adam, Circles, Dataset, Dense, Experiment, InvalidValue, Recipe, train
from nnspec.recipes.identity import key_of
from nnspec.training import ENGINES
from nnspec.workers import process as worker
from nnspec.workers.own_processes import OwnProcesses, _Queues
from nnspec.workers.pool import ClusterLost, Workers
from nnspec.workers.process import WorkerDied

RECIPE = Recipe(Circles(100), [Dense(2, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 3)


@pytest.fixture(scope="module")
def two():
    """Return two workers, which end with the module."""
    pool = Workers(OwnProcesses(2))
    yield pool
    pool.close()


@pytest.fixture
def one():
    """Return a single worker and the pool around it."""
    processes = OwnProcesses(1)
    pool = Workers(processes)
    yield pool, processes.processes[0]
    pool.close()


def ignored(done):
    """Take note of nothing."""


@dataclass(frozen=True)
class Draw(Experiment):
    """An experiment that no engine trains."""

    data: Dataset = field(default_factory=Circles)

    def outcome(self, seed):
        """Return the seed itself, and which process this is."""
        return {"seed": seed, "process": os.getpid()}


@dataclass(frozen=True)
class Halves(Dataset):
    """Four points of two classes."""

    def examples(self):
        """Return them."""
        return np.eye(4), np.array([0, 0, 1, 1])


@dataclass(frozen=True)
class Kills(Experiment):
    """An experiment that ends its process as a machine does that has run out of memory, so many times."""

    file: str
    times: int
    data: Dataset = field(default_factory=Circles)

    def outcome(self, seed):
        """Return the seed where nothing is left to end."""
        file = Path(self.file)
        ended = len(file.read_text()) if file.exists() else 0
        if ended < self.times:
            file.write_text("x" * (ended + 1))
            os.kill(os.getpid(), signal.SIGKILL)
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
    ((_, begun),) = two._ahead[key_of(RECIPE), (0, 1, 2), "stacked"]
    first = two.train(RECIPE, range(3), "stacked", ignored)
    assert begun.result() is not None
    np.testing.assert_array_equal(first.seeds, [0, 1, 2])
    assert not two._ahead


def test_other_experiments_are_repeated_by_all_workers(two):
    found = two.train(Draw(), range(8), "stacked", ignored).metrics
    assert found["seed"].tolist() == list(range(8))
    processes = set(found["process"].tolist())
    assert len(processes) == 2
    assert np.float32(os.getpid()) not in processes


def test_what_a_worker_gives_is_of_the_very_recipe_that_was_asked_for(two):
    assert two.train(RECIPE, [0], "stacked", ignored).recipe is RECIPE


def test_a_class_that_is_another_in_the_worker_is_trained_here(two, monkeypatch):
    """A module that was edited, or a class that a notebook defined anew, since the worker imported it."""
    expected = train(RECIPE.with_(data=Halves()), [0])
    two.train(RECIPE.with_(data=Halves()), [0], "stacked", ignored)
    monkeypatch.setattr(Halves, "examples", lambda self: (np.eye(4), np.array([1, 0, 1, 0])))
    monkeypatch.setattr(Draw, "outcome", lambda self, seed: {"seed": -seed})
    other = two.train(RECIPE.with_(data=Halves()), [0], "stacked", ignored)
    assert other.loss[0] == train(RECIPE.with_(data=Halves()), [0]).loss[0] != expected.loss[0]
    assert two.train(Draw(), [4, 2], "stacked", ignored).metrics["seed"].tolist() == [-4, -2]


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


def test_what_a_killed_worker_trained_is_trained_again_by_another(one):
    pool, process = one
    long = RECIPE.with_epochs(20_000)
    pool.train(RECIPE, [1], "stacked", ignored)  # compiles the program of both
    first = process._process.pid
    pool.ahead(long, [0], "stacked")
    time.sleep(0.3)
    ((_, begun),) = pool._ahead[key_of(long), (0,), "stacked"]
    assert not begun.done()
    os.kill(first, signal.SIGKILL)
    found = pool.train(long, [0], "stacked", ignored)
    assert process._process.pid != first
    for ours, theirs in zip(found.weights, train(long, [0]).weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("times", [2, 3])
def test_a_block_that_ends_two_processes_is_tried_a_third_time_and_no_more(one, tmp_path, times):
    pool, _ = one
    experiment = Kills(str(tmp_path / "killed"), times)
    if times == 2:
        assert pool.train(experiment, [7], "stacked", ignored).seeds.tolist() == [7]
        return
    remedy = "exit code -9 while it trained, and so did those that tried again.*out of memory.*--max-memory"
    with pytest.raises(WorkerDied, match=remedy):
        pool.train(experiment, [7], "stacked", ignored)
    assert len((tmp_path / "killed").read_text()) == 3
    assert pool.train(RECIPE, [1], "stacked", ignored).seeds.tolist() == [1]


def test_a_worker_whose_main_process_was_killed_ends_without_a_word():
    code = (
        "import os, signal, threading, time\n"
        "from nnspec import Adam, Circles, Dense, Recipe\n"
        "from nnspec.workers.block import importable, packed, train_block\n"
        "from nnspec.workers.process import Worker\n"
        "if __name__ == '__main__':\n"
        "    recipe = Recipe(Circles(100), [Dense(1, 'sigmoid')], 'binary_crossentropy', Adam(), 3)\n"
        "    one = Worker()\n"
        "    block = packed(recipe, importable(recipe), [1], 'stacked')\n"
        "    threading.Thread(target=one.answer, args=((train_block, block),)).start()\n"
        "    while one._process is None: time.sleep(0.01)\n"
        "    time.sleep(0.5)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # the standard error stays open until the worker, which has it too, has ended
    ended = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, timeout=120
    )
    assert ended.returncode == -signal.SIGKILL
    assert "Traceback" not in ended.stderr


def test_a_worker_with_many_programs_ends_and_a_fresh_one_takes_its_place(one, monkeypatch):
    pool, process = one
    pool.train(RECIPE, [0], "stacked", ignored)
    first = process._process
    monkeypatch.setattr(worker, "PROGRAMS", 1)
    pool.train(RECIPE, [1], "stacked", ignored)
    first.join(10)
    assert first.exitcode == -signal.SIGKILL
    assert pool.train(RECIPE, [2], "stacked", ignored).seeds.tolist() == [2]


def test_closed_workers_end_at_once_and_say_so(one):
    pool, process = one
    pool.train(RECIPE, [0], "stacked", ignored)
    ended = process._process
    pool.ahead(RECIPE.with_epochs(1_000_000), [0], "stacked")
    pool.close()
    assert ended.exitcode == -signal.SIGKILL
    with pytest.raises(ClusterLost, match="backend='processes'; expected a backend that answers"):
        pool.train(RECIPE, [1], "stacked", ignored)


def test_recipes_that_share_a_program_have_a_home_in_common():
    home = ENGINES["stacked"].home
    assert home(RECIPE) == home(RECIPE.with_(epochs=7).with_learning_rate(0.5))
    assert home(RECIPE) != home(RECIPE.with_(batch_size=2))
    assert home(RECIPE) != home(RECIPE.with_hidden_activations("tanh"))


def test_what_waits_behind_a_long_block_is_taken_by_an_idle_worker():
    long = RECIPE.with_(batch_size=1).with_epochs(1_000_000)  # still trains when the test ends
    short = RECIPE.with_epochs(2)
    other = RECIPE.with_(batch_size=2)
    processes = OwnProcesses(2)
    homes, home_of, pool = processes.queues.homes, ENGINES["stacked"].home, Workers(processes)
    try:
        pool.train(short, [0], "stacked", ignored)
        home = homes[home_of(short)]
        homes[home_of(long)] = home
        pool.ahead(long, [0], "stacked")
        pool.ahead(short, [1], "stacked")
        pool.ahead(other, [1], "stacked")
        assert pool.train(short, [1], "stacked", ignored).seeds.tolist() == [1]
        assert pool.train(other, [1], "stacked", ignored).seeds.tolist() == [1]
        assert homes[home_of(short)] != home
    finally:
        pool.close()


def took(queues, place):
    """Return the recipe of the block that this worker is given."""
    _, (_, recipe) = queues.take(place)
    return recipe


def put(queues, recipe, place=0):
    """Let a block of a recipe wait."""
    queues.put(recipe, place, (None, recipe))


def queued(*recipes):
    """Return two workers' queues in which one block of each recipe waits, in turn."""
    queues = _Queues(2)
    for recipe in recipes:
        put(queues, recipe)
    return queues


def test_a_recipe_waits_for_the_worker_that_has_compiled_it_while_that_is_idle():
    queues = queued("a", "b")
    assert took(queues, 0) == "a"
    assert took(queues, 1) == "b"
    for recipe in "aab":
        put(queues, recipe)
    assert took(queues, 0) == "a"
    assert took(queues, 1) == "b"
    assert took(queues, 1) == "a"  # the worker that has compiled it is busy
    put(queues, "a")
    assert took(queues, 1) == "a"


def test_an_idle_worker_leaves_what_an_idle_worker_will_take():
    queues = queued("a", "b")
    took(queues, 0)
    waits = threading.Thread(target=queues.take, args=(0,), daemon=True)
    assert took(queues, 1) == "b"
    waits.start()
    put(queues, "b")
    waits.join(10)
    assert not waits.is_alive()  # worker 1 is busy, and 0 has nothing of its own
    queues = queued("a", "b")
    waits = threading.Thread(target=lambda: (queues.take(0), queues.take(0)), daemon=True)
    waits.start()
    waits.join(0.2)
    assert waits.is_alive()  # worker 1 has not begun, and will take "b" itself
    assert took(queues, 1) == "b"
    queues.close()
    waits.join(10)
    assert not waits.is_alive()


def test_blocks_that_are_asked_for_together_go_to_all_workers():
    queues = _Queues(2)
    for place in range(4):
        queues.put("a", place, (None, place))
    taken = [queues.take(place)[1][1] for place in (0, 1, 1, 1)]
    assert sorted(taken) == [0, 1, 2, 3]
    queues.close()
    assert queues.take(0) is None
