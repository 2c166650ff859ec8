"""The process beside this one that has Keras on JAX: started when it is first asked, ended with this one.

Keras has one backend in a process. A worker trains stacked recipes and calls `model.fit` on TensorFlow;
what it trains here goes to a process of its own, whoever started the worker: nnspec, joblib or Dask.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from nnspec.basics.errors import NnspecError
from nnspec.machine.jax_setup import ENVIRONMENT
from nnspec.machine.outside import unwatched

_MAIN = "from nnspec.training.vectorised.serving import main; main({connection})"
Progress = Callable[[float], None]


class BesideDied(NnspecError, RuntimeError):
    """The process with JAX ended in the middle of a training, for lack of memory or by a signal."""


class Beside:
    """One process with Keras on JAX; `programs` is how many models it has compiled."""

    def __init__(self) -> None:
        self.programs = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Any = None
        self._of = 0  # the process that started it; one forked from that has to start its own
        self._lock = threading.Lock()

    def ask(self, name: str, *arguments: Any, progress: Progress = lambda _: None) -> Any:
        """Return what a function of `nnspec.training.vectorised.serving` returns there.

        What it raises is raised here.

        Raises
        ------
        BesideDied
            If the process ended before it answered.
        """
        told = pickle.dumps((name, arguments, dict(os.environ)))
        with self._lock:
            connection = self._begun()
            try:
                connection.send_bytes(told)
                while True:
                    kind, answer, programs = connection.recv()
                    if kind != "progress":
                        break
                    progress(answer)
            except (EOFError, OSError):
                code = self._ended()
                raise BesideDied(
                    f"the process with JAX ended with exit code {code} while it trained; expected it to "
                    "finish; a machine out of memory ends it with -9: close other programs"
                ) from None
            except BaseException:  # interrupted: what it answers later is nobody's
                self._ended()
                raise
            self.programs = programs
        if kind == "raised":
            raise answer
        return answer

    def close(self) -> None:
        """End the process."""
        if self._of == os.getpid():
            self._ended()

    def _begun(self) -> Any:
        if self._process is not None and self._of == os.getpid():
            return self._connection
        ours, theirs = socket.socketpair()
        with theirs, ours:
            inherited = theirs.fileno()
            path = os.pathsep.join(filter(None, sys.path))
            environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": path}
            with unwatched():
                self._process = subprocess.Popen(  # noqa: S603  # Python itself, and a line of our own
                    [sys.executable, "-c", _MAIN.format(connection=inherited)],
                    stdin=subprocess.PIPE,  # it ends when this is closed, as it is when this process ends
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[inherited],
                    env=environment,
                )
            self._connection = Connection(ours.detach())
        self._of, self.programs = os.getpid(), 0
        return self._connection

    def _ended(self) -> int | None:
        """End the process, if it has not, and return its exit code; the next question starts another."""
        process, self._process = self._process, None
        if process is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        code = process.poll()
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        self._connection.close()
        return code


beside = Beside()
atexit.register(beside.close)


@contextlib.contextmanager
def fresh() -> Iterator[None]:
    """Have no process from before, and leave none behind."""
    beside.close()
    try:
        yield
    finally:
        beside.close()
