"""The memory that training takes is bounded: by how many processes there are and when one is replaced."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from nnspec import Adam, Circles, Dense, Recipe
from nnspec.machine import memory
from nnspec.training.stacked import engine as stacked
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.implementation.workers.worker_samples import Draw

GB = 10**9
PROGRAMS = 6
LARGE = """
import sys
from pathlib import Path

from nnspec import Adam, Circles, Dense, Recipe, train
from nnspec.machine.process import one_thread

one_thread()
data = Circles(100_000, train_size=80_000)
layers = [*[Dense(30, "relu")] * 3, Dense(1, "sigmoid")]
train(Recipe(data, layers, "binary_crossentropy", Adam(), 1, batch_size=80_000), range(2))
assert "jax" not in sys.modules, "TensorFlow imports it where it finds it, for a tenth of a gigabyte"
# getrusage would tell of the process that began this one, where that is larger
print(*(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line))
"""
TRAINING = """
import sys
from nnspec import Adam, Circles, Dense, Recipe
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers

def main():
    pool = Workers(OwnProcesses(4, int(float(sys.argv[1]))))
    recipe = Recipe(Circles(1000), [Dense(8, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 3)
    for units in range(3, 3 + PROGRAMS):
        recipe = recipe.with_(layers=[Dense(units, "relu"), Dense(1, "sigmoid")])
        assert len(pool.train(recipe, range(256), "stacked", lambda done: None)) == 256
    pool.close()

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("wanted", "most", "started"),
    [(2, 3.5 * GB, 2), (16, 3.5 * GB, 2), (16, 64 * GB, 16), (16, 8 * GB, 5), (4, memory.LEAST, 1)],
)
def test_no_more_processes_begin_than_fit(wanted: int, most: float, started: int) -> None:
    assert OwnProcesses(wanted, int(most)).workers == started


@pytest.mark.parametrize("machine", [2 * GB, 4 * GB, 24 * GB])
def test_the_default_is_safe_on_four_gigabytes(monkeypatch: pytest.MonkeyPatch, machine: int) -> None:
    monkeypatch.setattr(memory, "machine_memory", lambda: machine)
    assert memory.default_memory() == max(3_500_000_000, machine * 3 // 4)


def test_the_memory_of_this_process_is_that_of_the_system(tmp_path: Path) -> None:
    before = memory.memory_in_use()
    taken = bytearray(os.urandom(10**6) * 100)
    assert before + 9e7 < memory.memory_in_use() < memory.machine_memory()
    assert len(taken) == 10**8


def test_a_worker_that_has_grown_beyond_its_share_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = OwnProcesses(1, 3 * GB)
    pool, process = Workers(processes), processes.processes[0]
    try:
        pool.train(Draw(), [0], "stacked", lambda done: None)
        first = process._process
        assert first is not None
        process._most_memory = 1
        pool.train(Draw(), [1], "stacked", lambda done: None)
        first.join(10)
        assert first.exitcode == -signal.SIGKILL
        assert pool.train(Draw(), [2], "stacked", lambda done: None).seeds.tolist() == [2]
    finally:
        pool.close()
    assert memory.WORKER > memory.HEADROOM


@pytest.mark.parametrize(
    ("units", "batch", "seeds"),
    [(10, 32, 64), (50, 800, 64), (50, 8_000, 16), (500, 8_000, 2), (50, 80_000, 2), (1_000, 80_000, 2)],
)
def test_fewer_seeds_are_trained_at_once_where_a_batch_is_large(units: int, batch: int, seeds: int) -> None:
    layers = [Dense(units, "relu"), Dense(1, "sigmoid")]
    recipe = Recipe(Circles(100_000, train_size=80_000), layers, "binary_crossentropy", Adam(), 1, batch)
    assert stacked.block_size(recipe) == seeds


def test_a_batch_of_all_of_many_examples_fits_into_what_a_worker_has() -> None:
    """Beyond `WORKER` a worker may grow by what one task may add; here all values of a batch take 60 MB."""
    ran = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)  # noqa: S603
    assert 1024 * int(ran.stdout) < memory.WORKER + memory.HEADROOM


def held(process: int) -> int:
    """Return the bytes that a process and its descendants have in memory, shared pages counted once each."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):  # it ends while it is looked at
        first = psutil.Process(process)
        for one in [first, *first.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += one.memory_full_info().pss
    return total


def workers_of(process: int) -> set[int]:
    """Return the numbers of the worker processes that a process has begun."""
    found = set()
    with contextlib.suppress(psutil.NoSuchProcess):
        for one in psutil.Process(process).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if any("spawn_main" in word for word in one.cmdline()):
                    found.add(one.pid)
    return found


def test_what_trains_stays_within_the_memory_that_it_may_take(tmp_path: Path) -> None:
    (tmp_path / "training.py").write_text(TRAINING.replace("PROGRAMS", str(PROGRAMS)))
    most = 2 * GB
    process = subprocess.Popen([sys.executable, str(tmp_path / "training.py"), str(most)])  # noqa: S603
    peak, workers = 0, set[int]()
    while process.poll() is None:
        peak = max(peak, held(process.pid))
        workers |= workers_of(process.pid)
        time.sleep(0.1)
    print(f"peak {peak / GB:.2f} GB of {most / GB:.1f} GB")
    assert process.returncode == 0
    assert 0.2 * GB < peak < most
    assert 1 <= len(workers) < PROGRAMS, "a worker is replaced for its programs, not for what each one has"
