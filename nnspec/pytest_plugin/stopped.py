"""A pytest run that somebody stops, by Ctrl-C, SIGTERM or SIGHUP: what trains ends, what is done is kept."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest

from nnspec.machine.termination import Terminated, stopping, termination_like_ctrl_c
from nnspec.pytest_plugin.state import STATE


@pytest.hookimpl(trylast=True)  # the other plugin makes the state
def pytest_configure(config: pytest.Config) -> None:
    """Listen to whoever stops the run, also in the processes of xdist."""
    if STATE in config.stash:
        config.pluginmanager.register(_StopsTraining(config), "nnspec-training-stop")
        handler = ExitStack()
        handler.enter_context(termination_like_ctrl_c())
        config.add_cleanup(handler.close)


def _end_processes_of(xdist: Any) -> None:
    """Hand SIGTERM on to xdist's processes on this machine: execnet would give them five seconds.

    Whoever presses Ctrl-C in a terminal presses it for all of them, which SIGTERM need not do.
    """
    for gateway in xdist.nodemanager.group:
        process = getattr(gateway._io, "popen", None)
        if process is not None:
            process.terminate()


class _StopsTraining:
    """A pytest plugin that ends the processes that train before pytest tells what was interrupted.

    They would keep all cores busy for the seconds that this takes.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._exit_code = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """End them; nobody disturbs the writing of results from now on."""
        stopping()
        if isinstance(excinfo.value, Terminated):
            self._exit_code = excinfo.value.exit_code
        self._config.stash[STATE].close()
        if self._exit_code and (xdist := self._config.pluginmanager.get_plugin("dsession")):
            _end_processes_of(xdist)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the exit code say which signal it was, when all has been written and told as at Ctrl-C."""
        if self._exit_code:
            session.exitstatus = self._exit_code
