"""Blocks of seeds spread over somebody else's executor: joblib's loky on one machine, a Dask cluster on many.

A claim decides after every block of seeds whether it needs more, so blocks are handed out one by one and
waited for as futures; `joblib.Parallel` would hand out a batch and wait for all of it. Recipes travel, arrays
come back; TensorFlow is imported in the worker. Where workers die, what they had not finished is done again.
"""

from __future__ import annotations

import pickle
import platform
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Protocol

from nnspec.basics.errors import InvalidValue
from nnspec.machine.process import one_thread
from nnspec.machine.versions import library_versions
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs, concatenate
from nnspec.training import train
from nnspec.training.stacked import engine as stacked
from nnspec.training.version import engine_version
from nnspec.workers.process import NotImportable, importable

TRIES = 4  # of a block, where workers die again and again
_SECONDS_LOST = 10.0
_one_at_a_time = threading.Lock()  # compiled programs are not shared by threads

Versions = tuple[str, dict[str, str], str]
Task = tuple[bytes, list[int], str, Versions]


class ClusterLost(InvalidValue):
    """Whoever was to train can no longer be reached, or its workers die again and again."""


class Backend(Protocol):
    """Where blocks are trained: `start` gives an executor, which is asked for again when one is broken."""

    name: str
    workers: int

    def start(self) -> Executor:
        """Return an executor that works."""

    def answers(self) -> bool:
        """Return whether work that was handed out can still come back."""

    def close(self) -> None:
        """Give up what is not finished."""


class Spread:
    """Trains as `Workers` does, on the workers of a backend."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.number = backend.workers
        self._executor = backend.start()
        self._ahead: dict[tuple[str, tuple[int, ...], str], list[tuple[Task, Future[Runs]]]] = {}
        self._lost = False

    def train(
        self, recipe: Experiment, seeds: Sequence[int], engine: str, progress: Callable[[float], None]
    ) -> Runs:
        """Return the runs of these seeds, as `nnspec.train` does; what was begun ahead is waited for.

        Raises
        ------
        ClusterLost
            If the backend does not answer any more, or a block's workers died too often.
        InvalidValue
            If a worker has other versions than this process.
        """
        key = (recipe.content_hash, tuple(seeds), engine)
        if key not in self._ahead and not self._begun(recipe, seeds, engine):
            return train(recipe, seeds, engine, progress)
        parts: list[Runs] = []
        try:
            for task, future in self._ahead.pop(key):
                parts.append(self._answer(task, future))
                progress(sum(map(len, parts)))
        except NotImportable:
            return train(recipe, seeds, engine, progress)
        return concatenate(parts)

    def ahead(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> None:
        """Begin to train what will be asked for later."""
        if not self._lost and (recipe.content_hash, tuple(seeds), engine) not in self._ahead:
            self._begun(recipe, seeds, engine)

    def close(self) -> None:
        """Give up what is not finished."""
        for tasks in self._ahead.values():
            for _, future in tasks:
                future.cancel()
        self._backend.close()

    def _begun(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> bool:
        if not isinstance(recipe, Recipe) or (travelling := importable(recipe)) is None:
            return False
        size = stacked.block_size(recipe) if engine == "stacked" else 1
        blocks = [list(seeds[start : start + size]) for start in range(0, len(seeds), size)]
        tasks = [(travelling, block, engine, versions()) for block in blocks]
        self._ahead[recipe.content_hash, tuple(seeds), engine] = [(task, self._ask(task)) for task in tasks]
        return True

    def _ask(self, task: Task) -> Future[Runs]:
        try:
            return self._executor.submit(train_block, *task)
        except (BrokenExecutor, RuntimeError) as error:  # tried again where the answer is waited for
            failed: Future[Runs] = Future()
            failed.set_exception(error if isinstance(error, BrokenExecutor) else BrokenExecutor(str(error)))
            return failed

    def _answer(self, task: Task, future: Future[Runs]) -> Runs:
        for attempt in range(TRIES):
            try:
                return self._waited(future)
            except (BrokenExecutor, CancelledError):
                if attempt == TRIES - 1 or self._lost or not self._backend.answers():
                    break
                self._executor = self._backend.start()
                future = self._ask(task)
        self._lost = self._lost or not self._backend.answers()
        expected = "workers that finish what they begin" if not self._lost else "a backend that answers"
        remedy = "what was finished is kept: run the same command again when it works"
        raise ClusterLost("backend", self._backend.name, expected, remedy)

    def _waited(self, future: Future[Runs]) -> Runs:
        """Wait for an answer for as long as whoever has the task can be reached."""
        silent_since: float | None = None
        while True:
            try:
                return future.result(timeout=1.0)
            except TimeoutError:
                if future.done():
                    raise
            silent_since = None if self._backend.answers() else silent_since or time.monotonic()
            if self._lost or (silent_since and time.monotonic() - silent_since > _SECONDS_LOST):
                raise CancelledError


def versions() -> Versions:
    """Return what runs depend on besides their recipe, which every worker must have in common."""
    return engine_version(), library_versions(), platform.machine()


def train_block(travelling: bytes, seeds: list[int], engine: str, wanted: Versions) -> Runs:
    """Train a block of seeds, in a worker.

    Raises
    ------
    InvalidValue
        If the worker has other versions than whoever asked.
    NotImportable
        If the recipe's data are of a class that the worker does not have.
    """
    if versions() != wanted:
        remedy = "install the same nnspec and libraries for every worker"
        raise InvalidValue("versions of a worker", versions(), f"{wanted}", remedy)
    try:
        recipe = pickle.loads(travelling)  # noqa: S301  # from our own process
    except (ImportError, AttributeError) as error:
        raise NotImportable(str(error)) from None
    one_thread()
    with _one_at_a_time:
        return train(recipe, seeds, engine)
