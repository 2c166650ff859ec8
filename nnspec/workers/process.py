"""A worker process: it trains blocks of seeds on a core of its own.

A compiled program stays in a process's memory until the process ends, so a worker that has compiled
many is replaced by a fresh one.
"""

from __future__ import annotations

import math
import multiprocessing
import signal
import threading
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from nnspec.basics.errors import NnspecError
from nnspec.machine.memory import memory_in_use
from nnspec.runs.runs import Runs
from nnspec.training import ENGINES
from nnspec.workers.block import Block

PROGRAMS = 20  # a process with so many takes about two gigabytes besides its data
Task = tuple[Callable[[Block], Runs], Block]


class WorkerDied(NnspecError, RuntimeError):
    """A worker process ended in the middle of a training, for lack of memory or by a signal."""


class Worker:
    """One process, which starts with its first task; another takes its place after `most_memory` bytes."""

    def __init__(self, most_memory: float = math.inf) -> None:
        self._most_memory = most_memory
        self._process: Any = None
        self._connection: Any = None
        self._closed = False
        self._lock = threading.Lock()  # held where the process begins or ends, which two threads may ask for

    def answer(self, task: Task) -> Runs:
        """Return the runs of a task when they are trained; what its function raises is raised here.

        Raises
        ------
        WorkerDied
            If the process ended while it trained.
        """
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
                f"a worker process ended with exit code {code} while it trained, and so did those that tried "
                "again; expected one to finish; a machine out of memory ends it with -9: close other "
                "programs, or let fewer processes train with --max-memory"
            ) from None
        if programs >= PROGRAMS or memory > self._most_memory:
            with self._lock:
                self._end()
        if isinstance(result, BaseException):
            raise result
        return result  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the process; whoever waits for its answer is told that it ended."""
        with self._lock:
            self._closed = True
            self._end()

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
    while True:
        try:
            answer = _answer(*connection.recv())
            programs = sum(engine.programs() for engine in ENGINES.values())
            connection.send((answer, programs, memory_in_use()))
        except (EOFError, ConnectionError):
            return  # the main process has closed the connection, or was killed


def _answer(function: Callable[[Block], Runs], block: Block) -> Runs | Exception:
    """Return the runs, or what kept them from being trained."""
    try:
        return function(block)
    except Exception as error:  # travels to whoever waits for the result
        error.add_note("in a worker process:\n" + traceback.format_exc())
        return error
