"""Processes of one's own: blocks of seeds wait for their recipe's worker, or for any that is idle."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future

from nnspec.machine.memory import HEADROOM, RESERVED, WORKER, default_memory
from nnspec.machine.process import available_cores
from nnspec.runs.runs import Runs
from nnspec.workers.block import Block
from nnspec.workers.process import Task, Worker, WorkerDied


class OwnProcesses:
    """As many worker processes as there are cores, or `number`; they start when first needed.

    Together with this process they take at most `max_memory` bytes, about: fewer start where it would not
    do for all, and one that has grown beyond its share is replaced after its task.
    Blocks of one home go to the worker that has compiled their program, and several that are asked for
    together to all workers in turn; a worker without any takes one from a worker that is busy, and has
    the blocks of that home from then on. `close` ends the processes and gives up what they do.
    """

    name = "processes"

    def __init__(self, number: int | None = None, max_memory: int | None = None) -> None:
        max_memory = default_memory() if max_memory is None else max_memory
        wanted = number or available_cores()
        fitting = (max_memory - RESERVED) // WORKER
        self.workers = max(1, min(wanted, fitting))
        share = max(WORKER, (max_memory - RESERVED) // self.workers)
        self.queues = _Queues(self.workers)
        self.processes = [Worker(share - HEADROOM) for _ in range(self.workers)]
        self._threads: list[threading.Thread] = []

    def start(self) -> OwnProcesses:
        """Return the same processes: one that has died is replaced where the next task asks for it."""
        return self

    def submit(self, function: Callable[[Block], Runs], block: Block, /) -> Future[Runs]:
        """Let a worker call the function, and return the future of what it returns."""
        if self.queues.closed:
            raise WorkerDied("the processes are closed")
        future = self.queues.put(block.home, block.place, (function, block))
        if not self._threads:
            for place, worker in enumerate(self.processes):
                thread = threading.Thread(target=self._serve, args=(place, worker), daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def answers(self) -> bool:
        """Return whether the processes are not closed."""
        return not self.queues.closed

    def close(self) -> None:
        """End all processes; what was not finished is lost."""
        self.queues.close()
        for worker in self.processes:
            worker.close()

    def _serve(self, place: int, worker: Worker) -> None:
        """Let a worker do what waits for it until the processes are closed."""
        while (waiting := self.queues.take(place)) is not None:
            future, task = waiting
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(worker.answer(task))
            except BaseException as error:  # whoever waits for the result gets it
                future.set_exception(error)


class _Queues:
    """What waits for each of a number of workers, in the order in which it was asked for."""

    def __init__(self, number: int) -> None:
        self._waiting: list[dict[int, tuple[int, Future[Runs], Task]]] = [{} for _ in range(number)]
        self._busy = [False] * number
        self.homes: dict[int, int] = {}  # by what blocks have in common: who has compiled its program
        self._turns = itertools.count()
        self._changed = threading.Condition()
        self.closed = False

    def put(self, home: int, place: int, task: Task) -> Future[Runs]:
        """Queue a block that has this place among those asked for together, and return its future."""
        future: Future[Runs] = Future()
        with self._changed:
            worker = self.homes.setdefault(home, min(range(len(self._busy)), key=self._load))
            queue = self._waiting[(worker + place) % len(self._waiting)]
            queue[next(self._turns)] = home, future, task
            self._changed.notify_all()
        return future

    def take(self, place: int) -> tuple[Future[Runs], Task] | None:
        """Wait for what this worker is to do next and return it, None when the pool is closed."""
        with self._changed:
            self._busy[place] = False
            while not self.closed:
                source = self._source(place)
                if source is not None:
                    home, future, task = self._waiting[source].pop(min(self._waiting[source]))
                    if source != place:
                        self.homes[home] = place
                    self._busy[place] = True
                    self._changed.notify_all()  # what else waits there may be taken by another from now on
                    return future, task
                self._changed.wait()
            return None

    def close(self) -> None:
        """Let nobody take anything more."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def _load(self, place: int) -> int:
        return len(self._waiting[place]) + self._busy[place]

    def _source(self, place: int) -> int | None:
        """Return whose queue to take from: one's own, else the busy one where one has waited longest."""
        if self._waiting[place]:
            return place
        busy = [i for i, waiting in enumerate(self._waiting) if waiting and self._busy[i]]
        return min(busy, key=lambda i: min(self._waiting[i]), default=None)
