"""Handlers of signals: there while something runs, and afterwards those that were there before."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from nnspec.commands.main import main
from nnspec.machine.termination import Terminated, stopping, termination_like_ctrl_c


def terminate(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(1)


@pytest.fixture
def own_handler():
    """Set a handler of one's own, and put back the one that was there."""

    def handler(number, frame):
        """Do nothing."""

    before = signal.signal(signal.SIGTERM, handler)
    yield handler
    signal.signal(signal.SIGTERM, before)


def test_a_handler_that_was_there_comes_back(own_handler, project, monkeypatch):
    monkeypatch.chdir(project.path)
    with termination_like_ctrl_c(), pytest.raises(Terminated, match="SIGTERM"):
        terminate()
    assert signal.getsignal(signal.SIGTERM) is own_handler
    project.declare("test_x = declare('first', ALWAYS)")
    assert project.pytest().ret == 0
    assert signal.getsignal(signal.SIGTERM) is own_handler
    assert main(["verify", "spec"]) == 0
    assert signal.getsignal(signal.SIGTERM) is own_handler


def test_the_run_within_a_run_leaves_the_handler_of_the_outer_one(own_handler):
    with termination_like_ctrl_c():
        outer = signal.getsignal(signal.SIGTERM)
        with termination_like_ctrl_c():
            stopping()
            terminate()  # which the inner one ignores, because it stops already
        assert signal.getsignal(signal.SIGTERM) is outer
        with pytest.raises(Terminated):
            terminate()


def test_another_thread_changes_no_handler(own_handler):
    found = []

    def run() -> None:
        with termination_like_ctrl_c():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [own_handler]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])  # the second under nohup
def test_who_ignores_a_signal_goes_on_ignoring_it(number):
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with termination_like_ctrl_c():
            assert signal.getsignal(number) == signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_a_fork_ends_as_it_would_have_ended(own_handler):
    with termination_like_ctrl_c():
        process = os.fork()
        if process == 0:
            try:
                terminate()
            finally:
                os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGTERM
