"""Workers that end: killed, grown, closed, or with whoever asked them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from nnspec import train
from nnspec.recipes.identity import key_of
from nnspec.workers import process as worker
from nnspec.workers.pool import ClusterLost
from nnspec.workers.process import WorkerDied
from spec.implementation.workers.worker_samples import RECIPE, Draw, Kills, Sleeps, ignored


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
    assert pool.train(Draw(), [1], "stacked", ignored).seeds.tolist() == [1]


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
    assert pool.train(Draw(), [2], "stacked", ignored).seeds.tolist() == [2]


def test_closed_workers_end_at_once_and_say_so(one):
    pool, process = one
    pool.train(Draw(), [0], "stacked", ignored)
    ended = process._process
    pool.ahead(Sleeps(600.0), [0], "stacked")
    pool.close()
    assert ended.exitcode == -signal.SIGKILL
    with pytest.raises(ClusterLost, match="backend='processes'; expected a backend that answers"):
        pool.train(RECIPE, [1], "stacked", ignored)
