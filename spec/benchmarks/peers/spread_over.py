"""Blocks of seeds on the workers of a backend: as many as asked for, on this machine."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from nnspec import Recipe
from nnspec.basics.errors import one_of
from nnspec.machine.process import available_cores
from nnspec.runs.runs import Runs
from nnspec.workers.backends import BACKENDS, Dask, Loky
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.peers.stacked import Stacked


def dask_cluster(workers: int) -> Any:
    """Return a Dask scheduler with so many worker processes on this machine."""
    from distributed import LocalCluster

    return LocalCluster(workers, threads_per_worker=1, processes=True, dashboard_address=None)


class SpreadOver(Stacked):
    """Trains on `workers` processes of a backend; the first training starts and compiles in all of them."""

    def __init__(self, recipe: Recipe, seeds: int, backend: str, workers: int) -> None:
        one_of("backend", backend, BACKENDS)
        self._cluster: Any = dask_cluster(workers) if backend == "dask" else None
        if backend == "processes":
            trainer = Workers(OwnProcesses(workers))
        elif backend == "loky":
            trainer = Workers(Loky(workers))
        else:
            trainer = Workers(Dask(self._cluster.scheduler_address))
        super().__init__(recipe, seeds, workers=trainer)

    def close(self) -> None:
        """End the workers."""
        super().close()
        if self._cluster is not None:
            self._cluster.close()


class TasksWithoutWork:
    """Tasks of a backend that take no time and answer like a block of seeds: what handing them out costs."""

    libraries = ("nnspec",)

    def __init__(self, recipe: Recipe, tasks: int, backend: str) -> None:
        one_of("backend", backend, ("loky", "dask"))
        cores = available_cores()
        self._recipe, self._tasks = recipe, tasks
        self._cluster: Any = None if backend == "loky" else dask_cluster(cores)
        self._backend = Loky(cores) if backend == "loky" else Dask(self._cluster.scheduler_address)
        self._executor = self._backend.start()
        self.libraries = ("nnspec", "joblib" if backend == "loky" else "distributed")

    def compile(self) -> float:
        """Do a round, so that all processes are there."""
        return timed(self.train, 0)[0]

    def train(self, number: int) -> Round:
        """Hand out all tasks of a round and wait for all answers; a "seed" is a task here."""
        started = time.perf_counter()
        futures = [self._executor.submit(answer, self._recipe, index) for index in range(self._tasks)]
        assert all(len(future.result()) == 64 for future in futures)
        return Round(time.perf_counter() - started, self._tasks)

    def close(self) -> None:
        """End the workers."""
        self._backend.close()
        if self._cluster is not None:
            self._cluster.close()


def answer(recipe: Recipe, index: int) -> Runs:
    """Return what a block of 64 seeds gives, made up: as many numbers, but no training."""
    from nnspec.training.shapes import kernel_shapes

    seeds = np.arange(64) + 64 * index
    metrics = {name: np.zeros(64, np.float32) for name in ("loss", "accuracy", "test_loss", "test_accuracy")}
    history = {name: np.zeros((64, recipe.epochs), np.float32) for name in ("loss", "accuracy")}
    shapes = [shape for kernel in kernel_shapes(recipe) for shape in (kernel, kernel[1:])]
    return Runs(
        recipe, seeds, history, metrics, tuple(np.zeros((64, *shape), np.float32) for shape in shapes)
    )
