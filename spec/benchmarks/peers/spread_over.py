"""Blocks of seeds on the workers of a backend: as many as asked for, on this machine."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np

from nnspec import Recipe
from nnspec.backends import BACKENDS, Dask, Loky
from nnspec.errors import one_of
from nnspec.spread import Spread
from nnspec.training.runs import Runs
from nnspec.training.workers import Workers
from spec.benchmarks.interleaved import Round, timed


def dask_cluster(workers: int) -> Any:
    """Return a Dask scheduler with so many worker processes on this machine."""
    from distributed import LocalCluster

    return LocalCluster(workers, threads_per_worker=1, processes=True, dashboard_address=None)


class SpreadOver:
    """Trains on `workers` processes of a backend; the first training starts and compiles in all of them."""

    libraries = ("tensorflow", "keras", "nnspec")

    def __init__(self, recipe: Recipe, seeds: int, backend: str, workers: int) -> None:
        one_of("backend", backend, BACKENDS)
        self._recipe, self._seeds = recipe, seeds
        self._workers: Any
        self._cluster: Any = None
        if backend == "processes":
            self._workers = Workers(workers)
        elif backend == "loky":
            self._workers = Spread(Loky(workers))
        else:
            self._cluster = dask_cluster(workers)
            self._workers = Spread(Dask(self._cluster.scheduler_address))

    def compile(self) -> float:
        """Train an epoch twice and return what the first time took longer."""
        first, again = (timed(self._train, 0, 1)[0] for _ in range(2))
        return max(0.0, first - again)

    def train(self, number: int) -> Round:
        """Train the seeds of a round."""
        seconds, runs = timed(self._train, number, self._recipe.epochs)
        return Round(seconds, self._seeds, self._recipe.epochs, tuple(map(float, runs.accuracy)))

    def close(self) -> None:
        """End the workers."""
        self._workers.close()
        if self._cluster is not None:
            self._cluster.close()

    def _train(self, number: int, epochs: int) -> Runs:
        seeds = range(number * self._seeds, (number + 1) * self._seeds)
        return self._workers.train(self._recipe.with_epochs(epochs), seeds, "stacked", lambda _: None)


class TasksWithoutWork:
    """Tasks of a backend that take no time and answer like a block of seeds: what handing them out costs."""

    libraries = ("nnspec",)

    def __init__(self, recipe: Recipe, tasks: int, backend: str) -> None:
        one_of("backend", backend, ("loky", "dask"))
        cores = len(os.sched_getaffinity(0))
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
    from nnspec.training.initial_weights import kernel_shapes

    seeds = np.arange(64) + 64 * index
    metrics = {name: np.zeros(64, np.float32) for name in ("loss", "accuracy", "test_loss", "test_accuracy")}
    history = {name: np.zeros((64, recipe.epochs), np.float32) for name in ("loss", "accuracy")}
    shapes = [shape for kernel in kernel_shapes(recipe) for shape in (kernel, kernel[1:])]
    return Runs(
        recipe, seeds, history, metrics, tuple(np.zeros((64, *shape), np.float32) for shape in shapes)
    )
