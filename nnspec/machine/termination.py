"""SIGTERM, which ends a job that somebody cancelled: it stops a run as Ctrl-C does, and nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

EXIT_CODE = 128 + signal.SIGTERM  # 143, as shells tell it
_stopping = threading.Event()


class Terminated(KeyboardInterrupt):
    """The process got SIGTERM. What ends well at Ctrl-C ends as well at this."""


@contextmanager
def termination_like_ctrl_c() -> Iterator[None]:
    """Raise `Terminated` in the main thread at the first SIGTERM; the handler that was there comes back.

    Nothing changes in other threads, where SIGTERM is ignored, or where somebody outside Python handles it.
    Who is ended twice is no quicker: what is done is written first.
    """
    before, stopped = signal.getsignal(signal.SIGTERM), _stopping.is_set()
    main = threading.current_thread() is threading.main_thread()
    ours = main and before not in (None, signal.SIG_IGN) and not isinstance(before, _Handler)
    if ours:
        signal.signal(signal.SIGTERM, _Handler(os.getpid()))
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, before)
        if not stopped:
            _stopping.clear()


def somebody_stopped(error: type[BaseException]) -> bool:
    """Tell whether somebody stopped the run; pytest interrupts itself too, by a class of its own."""
    return error in (KeyboardInterrupt, Terminated)


def stopping() -> None:
    """Note that the run is about to end: from now on SIGTERM does not disturb it."""
    _stopping.set()


class _Handler:
    def __init__(self, process: int) -> None:
        self._process = process

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:  # a fork of this process, which ends as such processes do
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTERM)
        elif not _stopping.is_set():
            _stopping.set()
            raise Terminated("SIGTERM")
