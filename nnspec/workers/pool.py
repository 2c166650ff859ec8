"""The pool of worker processes: blocks of seeds wait for their recipe's worker, or for any that is idle."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from nnspec.machine.memory import HEADROOM, RESERVED, WORKER, default_memory
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs, concatenate
from nnspec.training import train
from nnspec.training.stacked import engine as stacked
from nnspec.workers.process import NotImportable, Task, Worker, importable

Key = tuple[str, tuple[int, ...], str]


class Workers:
    """As many worker processes as there are cores, or `number`; they start when first needed.

    Together with this process they take at most `max_memory` bytes, about: fewer start where it would not
    do for all, and one that has grown beyond its share is replaced after its task.
    A recipe's blocks go to the worker that has compiled its programs, and several that are asked for
    together to all workers in turn; a worker without any takes one from a worker that is busy, and has
    that recipe's blocks from then on. `close` ends the processes and gives up what they do.
    """

    def __init__(self, number: int | None = None, max_memory: int | None = None) -> None:
        max_memory = default_memory() if max_memory is None else max_memory
        wanted = number or len(os.sched_getaffinity(0))
        fitting = (max_memory - RESERVED) // WORKER
        number = max(1, min(wanted, fitting))
        share = max(WORKER, (max_memory - RESERVED) // number)
        self._queues = _Queues(number)
        self._workers = [Worker(share - HEADROOM) for _ in range(number)]
        self._threads: list[threading.Thread] = []
        self._ahead: dict[Key, list[Future[Runs]]] = {}

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
        self._queues.close()
        for worker in self._workers:
            worker.close()

    def _begun(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> bool:
        """Hand the blocks to the workers; tell whether the recipe is of a kind that can travel to them."""
        travelling = importable(recipe)
        if travelling is None or not isinstance(recipe, Recipe):
            return False
        size = stacked.block_size(recipe) if engine == "stacked" else 1
        blocks = [list(seeds[start : start + size]) for start in range(0, len(seeds), size)]
        self._ahead[recipe.content_hash, tuple(seeds), engine] = self._queues.put(
            recipe.content_hash, [(travelling, block, engine) for block in blocks]
        )
        if not self._threads:
            for place, worker in enumerate(self._workers):
                thread = threading.Thread(target=self._serve, args=(place, worker), daemon=True)
                self._threads.append(thread)
                thread.start()
        return True

    def _serve(self, place: int, worker: Worker) -> None:
        """Let a worker do what waits for it until the pool is closed."""
        while (waiting := self._queues.take(place)) is not None:
            future, task = waiting
            try:
                future.set_result(worker.answer(task))
            except BaseException as error:  # whoever waits for the result gets it
                future.set_exception(error)


class _Queues:
    """What waits for each of a number of workers, in the order in which it was asked for."""

    def __init__(self, number: int) -> None:
        self._waiting: list[dict[int, tuple[str, Future[Runs], Task]]] = [{} for _ in range(number)]
        self._busy = [False] * number
        self._homes: dict[str, int] = {}  # by a recipe's hash: who has compiled it
        self._turns = itertools.count()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, recipe: str, tasks: Sequence[Task]) -> list[Future[Runs]]:
        """Queue the blocks of a recipe and return their futures."""
        futures: list[Future[Runs]] = [Future() for _ in tasks]
        with self._changed:
            home = self._homes.setdefault(recipe, min(range(len(self._busy)), key=self._load))
            for index, (future, task) in enumerate(zip(futures, tasks, strict=True)):
                place = (home + index) % len(self._waiting)
                self._waiting[place][next(self._turns)] = recipe, future, task
            self._changed.notify_all()
        return futures

    def take(self, place: int) -> tuple[Future[Runs], Task] | None:
        """Wait for what this worker is to do next and return it, None when the pool is closed."""
        with self._changed:
            self._busy[place] = False
            while not self._closed:
                source = self._source(place)
                if source is not None:
                    recipe, future, task = self._waiting[source].pop(min(self._waiting[source]))
                    if source != place:
                        self._homes[recipe] = place
                    self._busy[place] = True
                    self._changed.notify_all()  # what else waits there may be taken by another from now on
                    return future, task
                self._changed.wait()
            return None

    def close(self) -> None:
        """Let nobody take anything more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _load(self, place: int) -> int:
        return len(self._waiting[place]) + self._busy[place]

    def _source(self, place: int) -> int | None:
        """Return whose queue to take from: one's own, else the busy one where one has waited longest."""
        if self._waiting[place]:
            return place
        busy = [i for i, waiting in enumerate(self._waiting) if waiting and self._busy[i]]
        return min(busy, key=lambda i: min(self._waiting[i]), default=None)
