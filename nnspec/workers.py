"""Worker processes: each trains blocks of seeds on a core of its own, the next ones ahead of time.

A compiled program stays in a process's memory until the process ends, so a worker that has compiled
many is replaced by a fresh one.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import Any

from nnspec.experiment import Experiment
from nnspec.memory import default_memory, memory_in_use
from nnspec.recipe import Recipe
from nnspec.training import stacked, train
from nnspec.training.own_process import one_thread
from nnspec.training.runs import Runs, concatenate

# Bytes, chosen and not measured: what the process that asks takes, what a worker takes at the least, and what
# one task may add to a worker before it is looked at again.
RESERVED, LEAST, HEADROOM = 700_000_000, 1_200_000_000, 300_000_000
PROGRAMS = 20  # a process with so many takes about two gigabytes besides its data
Blocks = list["Future[Runs]"]


class WorkerDied(RuntimeError):
    """A worker process ended in the middle of a training, for lack of memory or by a signal."""


class NotImportable(Exception):
    """A recipe whose data set is of a class that a worker process cannot import."""


def importable(recipe: Experiment) -> bytes | None:
    """Return the recipe as it travels to a worker, None where it is of a kind that cannot."""
    try:
        return pickle.dumps(recipe)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


class Workers:
    """As many worker processes as there are cores, or `number`; they start when first needed.

    Together with this process they take at most `max_memory` bytes, about: fewer start where it would not
    do for all, and one that has grown beyond its share is replaced after its task.
    A recipe's programs are compiled in one worker where one block at a time is trained; several
    blocks are spread over all of them. `close` ends the processes and gives up what they do.
    """

    def __init__(self, number: int | None = None, max_memory: int | None = None) -> None:
        max_memory = default_memory() if max_memory is None else max_memory
        wanted = number or len(os.sched_getaffinity(0))
        fitting = (max_memory - RESERVED) // LEAST
        number = max(1, min(wanted, fitting))
        share = max(LEAST, (max_memory - RESERVED) // number)
        self._workers = [_Worker(share - HEADROOM) for _ in range(number)]
        self._homes: dict[str, _Worker] = {}
        self._ahead: dict[tuple[str, tuple[int, ...], str], Blocks] = {}

    def train(
        self, recipe: Experiment, seeds: Sequence[int], engine: str, progress: Callable[[float], None]
    ) -> Runs:
        """Return the runs of these seeds, as `nnspec.train` does; what was begun ahead is waited for.

        Raises
        ------
        WorkerDied
            If a process ended while it trained.
        """
        key = (recipe.content_hash, tuple(seeds), engine)
        if key not in self._ahead and not self._begun(recipe, seeds, engine):
            return train(recipe, seeds, engine, progress)
        parts = []
        try:
            for block in self._ahead.pop(key):
                parts.append(block.result())
                progress(sum(map(len, parts)))
        except NotImportable:
            return train(recipe, seeds, engine, progress)
        return concatenate(parts)

    def ahead(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> None:
        """Begin to train what will be asked for later."""
        if (recipe.content_hash, tuple(seeds), engine) not in self._ahead:
            self._begun(recipe, seeds, engine)

    def close(self) -> None:
        """End all processes; what was not finished is lost."""
        for worker in self._workers:
            worker.close()

    def _begun(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> bool:
        """Hand the blocks to the workers; tell whether the recipe is of a kind that can travel to them."""
        travelling = importable(recipe)
        if travelling is None or not isinstance(recipe, Recipe):
            return False
        size = stacked.block_size(recipe) if engine == "stacked" else 1
        blocks = [list(seeds[start : start + size]) for start in range(0, len(seeds), size)]
        workers = self._workers if len(blocks) > 1 else [self._home(recipe)]
        key = (recipe.content_hash, tuple(seeds), engine)
        self._ahead[key] = [
            workers[index % len(workers)].ask((travelling, block, engine))
            for index, block in enumerate(blocks)
        ]
        return True

    def _home(self, recipe: Recipe) -> _Worker:
        """Return the worker that trains this recipe; a new one goes where the fewest blocks wait."""
        return self._homes.setdefault(
            recipe.content_hash, min(self._workers, key=lambda worker: worker.waiting)
        )


class _Worker:
    """One process, and the thread of this process that talks to it."""

    def __init__(self, most_memory: float = math.inf) -> None:
        self.waiting = 0
        self._most_memory = most_memory
        self._tasks: queue.SimpleQueue[tuple[Future[Runs], Any]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: Any = None
        self._connection: Any = None
        self._closed = False
        self._lock = threading.Lock()  # held where the process begins or ends, which two threads may ask for

    def ask(self, task: Any) -> Future[Runs]:
        """Return the future of a task (pickled recipe, seeds, engine)."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        future: Future[Runs] = Future()
        self.waiting += 1
        self._tasks.put((future, task))
        return future

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._end()

    def _work(self) -> None:
        while not self._closed:
            future, task = self._tasks.get()
            try:
                future.set_result(self._answer(task))
            except BaseException as error:  # whoever waits for the result gets it
                future.set_exception(error)
            self.waiting -= 1

    def _answer(self, task: Any) -> Runs:
        connection = self._begun()
        try:
            connection.send(task)
            result, programs, memory = connection.recv()
        except (EOFError, OSError):
            with self._lock:
                if self._closed:
                    raise WorkerDied("the workers were closed") from None
                self._process.join(1)
                code = self._process.exitcode
                self._end()
            raise WorkerDied(
                f"a worker process ended with exit code {code} while it trained; expected it to finish; "
                "give the machine more memory, or fewer seeds at a time"
            ) from None
        if programs >= PROGRAMS or memory > self._most_memory:
            with self._lock:
                self._end()
        if isinstance(result, BaseException):
            raise result
        return result  # type: ignore[no-any-return]

    def _begun(self) -> Any:
        """Return the connection to the process, which is started if there is none."""
        with self._lock:
            if self._closed:
                raise WorkerDied("the workers were closed")
            if self._process is None:
                context = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
                self._connection, other = context.Pipe()
                self._process = context.Process(target=_serve, args=(other,), daemon=True)
                self._process.start()
                other.close()
            return self._connection

    def _end(self) -> None:
        """Kill the process and forget it: whoever waits for its answer finds the connection closed."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def _serve(connection: Connection) -> None:
    """Train what is asked for, in the worker process, until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process is interrupted, and ends this one
    warnings.simplefilter("ignore")
    one_thread()
    while True:
        try:
            travelling, seeds, engine = connection.recv()
        except EOFError:
            return
        try:
            recipe = pickle.loads(travelling)  # noqa: S301  # from our own process
        except (ImportError, AttributeError) as error:
            connection.send((NotImportable(str(error)), stacked.programs(), memory_in_use()))
            continue
        try:
            result: Any = train(recipe, seeds, engine)
        except Exception as error:  # travels to whoever waits for the result
            error.add_note("in a worker process:\n" + traceback.format_exc())
            result = error
        connection.send((result, stacked.programs(), memory_in_use()))
