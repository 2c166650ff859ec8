"""A stopwatch measures on a busy machine what it measures on an idle one."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from nnspec.machine import stopwatch
from nnspec.machine.stopwatch import Stopwatch


@pytest.mark.skipif(not stopwatch._WAITS.exists(), reason="this system does not tell who waits for a core")
def test_what_others_take_of_the_core_does_not_count():
    cores = os.sched_getaffinity(0)
    core = min(cores)
    code = f"import os; os.sched_setaffinity(0, [{core}])\nwhile True: pass"
    busy = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]  # noqa: S603  # our own code
    try:
        os.sched_setaffinity(0, {core})
        time.sleep(0.2)
        watch, started, worked = Stopwatch(), time.perf_counter(), time.process_time()
        while time.process_time() - worked < 0.2:
            pass
        elapsed = time.perf_counter() - started
        assert 0.2 <= watch.seconds() < 0.3
        assert elapsed > 0.4
        slept = []
        for _ in range(20):
            watch = Stopwatch()
            time.sleep(0.002)
            slept.append(watch.seconds())
        assert min(slept) >= 0.0019
    finally:
        os.sched_setaffinity(0, cores)
        for process in busy:
            process.kill()
            process.wait()


def test_waiting_for_something_else_than_a_core_counts(monkeypatch, tmp_path):
    watch = Stopwatch()
    time.sleep(0.05)
    assert watch.seconds() >= 0.045
    monkeypatch.setattr(stopwatch, "_WAITS", tmp_path / "none")
    watch = Stopwatch()
    time.sleep(0.05)
    assert watch.seconds() >= 0.05
