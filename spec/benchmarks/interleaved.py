"""Contenders, each in a process of its own, measured one after another in every round.

Drifts of the machine's speed then meet all of them alike, and none disturbs another by its threads, its
memory or its settings.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Round:
    """What a contender did in one round.

    seconds : wall time of the training alone.
    seeds, epochs : how much was trained in it.
    accuracies : those of the trained seeds on the training part, where the contender knows them.
    aside : what else was measured, by name.
    """

    seconds: float
    seeds: int = 1
    epochs: int = 1
    accuracies: tuple[float, ...] = ()
    aside: Mapping[str, float] = field(default_factory=dict)

    @property
    def seconds_per_seed(self) -> float:
        """Wall time divided by seeds."""
        return self.seconds / self.seeds

    @property
    def seconds_per_epoch(self) -> float:
        """Wall time divided by seeds and epochs."""
        return self.seconds / self.seeds / self.epochs


class Trainer(Protocol):
    """What a contender does. Making one imports its libraries and loads its data."""

    libraries: tuple[str, ...]  # distributions whose versions are recorded

    def compile(self) -> float:
        """Do what is paid once for an architecture, not for a seed, and return its seconds."""

    def train(self, number: int) -> Round:
        """Train round `number`, from seeds that no other round has where that is possible."""


class Contender:
    """A trainer in a fresh process; `with` ends the process.

    `make` is pickled and called there. `cores` is the number of cores that the process may use, all
    that this one may if None.
    """

    def __init__(self, make: Callable[[], Trainer], cores: int | None = None) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.rounds: list[Round] = []
        try:
            self.libraries, self.memory_at_start, self.compile_seconds = self._do(_start, make, cores)
        except BaseException:
            self._pool.shutdown()
            raise

    def round(self) -> None:
        """Measure one more round and keep it in `rounds`."""
        self.rounds.append(self._do(_train, len(self.rounds)))

    def peak_memory(self) -> float:
        """Return the most memory that the process has held so far, MiB."""
        return float(self._do(peak_memory))

    def _do(self, function: Callable[..., Any], *arguments: object) -> Any:
        return self._pool.submit(function, *arguments).result()

    def __enter__(self) -> Contender:
        return self

    def __exit__(self, *_: object) -> None:
        self._do(_end)
        self._pool.shutdown()


def interleaved(benchmark: Any, ours: Contender, *theirs: Contender, rounds: int) -> None:
    """Measure all contenders round by round, the others first; `benchmark` keeps the times of ours.

    Rounds that a contender has from before are forgotten.
    """
    for contender in (ours, *theirs):
        contender.rounds.clear()

    def others() -> None:
        for contender in theirs:
            contender.round()

    benchmark.pedantic(ours.round, setup=others, rounds=rounds)


def peak_memory() -> float:
    """Return the most memory that this process has held and those it began hold still, added up, MiB.

    Not `ru_maxrss`, which starts at what the parent held when it made this process.
    """
    began = [
        int(number)
        for path in Path("/proc/self/task").glob("*/children")
        for number in path.read_text().split()
    ]
    return sum(_peak(process) for process in (os.getpid(), *began))


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


_trainer: Trainer | None = None  # of the contender's own process


def _start(make: Callable[[], Trainer], cores: int | None) -> tuple[tuple[str, ...], float, float]:
    global _trainer
    if cores is not None:  # before anything counts the cores
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    _trainer = make()
    return _trainer.libraries, peak_memory(), _trainer.compile()


def _train(number: int) -> Round:
    assert _trainer is not None
    return _trainer.train(number)


def _end() -> None:
    close = getattr(_trainer, "close", None)
    if close is not None:  # a process whose own processes wait for work would not end
        close()


def timed(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> tuple[float, Any]:
    """Return the wall time of a call and its result."""
    started = time.perf_counter()
    result = function(*arguments, **keywords)
    return time.perf_counter() - started, result
