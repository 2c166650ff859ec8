"""A pytest run that somebody stops, by Ctrl-C, SIGTERM or SIGHUP: what trains ends, what is done is kept."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

import pytest

from nnspec.claims.declarations import Claim
from nnspec.machine.termination import Terminated, stopping, termination_like_ctrl_c
from nnspec.pytest_plugin.items import ClaimItem
from nnspec.pytest_plugin.state import STATE
from nnspec.session.session import Session


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


def _is_judged(session: Session, claim: Claim) -> bool:
    try:
        return not session.why_not(claim)
    except Exception:  # what its data do wrong is told by a run that goes on
        return False


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

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Pass over what is not judged once somebody has stopped a run that shares out its time."""
        session = self._config.stash[STATE].session_if_any
        if session is None or session.stopped is None:
            return None
        return None if isinstance(item, ClaimItem) and _is_judged(session, item.nnspec) else True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, Any, Any]:
        """End such a run as one that is stopped, when all that is judged is told."""
        result = yield
        session = self._config.stash[STATE].session_if_any
        if session is not None and session.stopped is not None:
            raise session.stopped
        return result

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the exit code say which signal it was, when all has been written and told as at Ctrl-C."""
        if self._exit_code:
            session.exitstatus = self._exit_code
