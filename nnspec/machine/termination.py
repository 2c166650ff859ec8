"""SIGTERM and SIGHUP, by which jobs are cancelled and terminals closed: they stop a run as Ctrl-C does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_stopping = threading.Event()


class Terminated(KeyboardInterrupt):
    """The process got SIGTERM or SIGHUP. What ends well at Ctrl-C ends as well at this."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number  # 143 and 129, as shells tell it


@contextmanager
def termination_like_ctrl_c() -> Iterator[None]:
    """Raise `Terminated` in the main thread at the first of `SIGNALS`; the handlers of before come back.

    Nothing changes in other threads, where a signal is ignored, or where somebody outside Python handles it.
    Who is ended twice is no quicker: what is done is written first.
    """
    stopped, main = _stopping.is_set(), threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in SIGNALS if main}
    ours = [
        number
        for number, handler in before.items()
        if handler not in (None, signal.SIG_IGN) and not isinstance(handler, _Handler)
    ]
    for number in ours:
        signal.signal(number, _Handler(os.getpid()))
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
        if not stopped:
            _stopping.clear()


def somebody_stopped(error: type[BaseException]) -> bool:
    """Tell whether somebody stopped the run; pytest interrupts itself too, by a class of its own."""
    return error in (KeyboardInterrupt, Terminated)


def stopping() -> None:
    """Note that the run is about to end: from now on no such signal disturbs it."""
    _stopping.set()


class _Handler:
    def __init__(self, process: int) -> None:
        self._process = process

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:  # a fork of this process, which ends as such processes do
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        elif not _stopping.is_set():
            _stopping.set()
            raise Terminated(number)
