"""How far a pytest run is and when it will be done: a line now and then, also where xdist runs it."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim
from nnspec.machine.termination import somebody_stopped
from nnspec.pytest_plugin.items import ClaimItem
from nnspec.pytest_plugin.state import COSTS, STATE
from nnspec.session.expected_cost import FACT, OTHER, ExpectedCost
from nnspec.session.time_left import TimeLeft

EVERY = 30.0  # seconds between two lines
_NAMED = 3  # of the items that run at once


def expected(items: Sequence[pytest.Item], budget: Budget) -> dict[str, float]:
    """Return what every item will cost, in the order of the items; nothing where none is a claim."""
    if not any(isinstance(item, ClaimItem) for item in items):
        return {}
    cost = ExpectedCost(budget)

    def seconds(item: pytest.Item) -> float:
        if isinstance(item, ClaimItem):
            return cost.of(item.nnspec)
        return FACT if hasattr(item, "nnspec") else OTHER

    return {item.nodeid: seconds(item) for item in items}


@pytest.hookimpl(trylast=True)  # the other plugin makes the state
def pytest_configure(config: pytest.Config) -> None:
    """Follow the run, in the process that has the terminal."""
    if STATE in config.stash and not hasattr(config, "workerinput"):
        config.pluginmanager.register(ProgressLines(config), "nnspec-progress")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Estimate what was collected, before anybody shows it; the main process of xdist collects nothing."""
    if STATE in session.config.stash and not session.config.getoption("collectonly"):
        budget = session.config.stash[STATE].budget
        costs = session.config.stash[COSTS] = expected(session.items, budget)
        names = {id(item.nnspec): item.nodeid for item in session.items if isinstance(item, ClaimItem)}

        def learned(claim: Claim, seconds: float) -> None:
            costs[names[id(claim)]] += seconds

        session.config.stash[STATE].learned = learned


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the reports of an item tell its cost, that of all items, and how many there are."""
    report = yield
    costs = item.config.stash.get(COSTS, {})
    if costs:
        # what the main process of xdist knows of them it knows from reports
        items = len(item.session.items)
        report.nnspec_cost = (costs.get(item.nodeid, 0.0), sum(costs.values()), items)  # type: ignore[attr-defined]
    return report


class ProgressLines:
    """A pytest plugin that writes how far the run is, where pytest's own terminal reporter writes too."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._started = self._said = time.perf_counter()
        self._time_left: TimeLeft | None = None
        self._running: dict[str, bool] = {}  # node ids; whether anything was done for them
        self._done = self._items = 0
        self._interrupted = False

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Begin to count, where this process collects."""
        costs = session.config.stash.get(COSTS, {})
        self._items = len(session.items)
        self._time_left = TimeLeft(sum(costs.values())) if costs else None

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note what is running."""
        if not self._running and not self._done:
            self._started = self._said = time.perf_counter()
        self._running[nodeid] = False

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note what is done; a test that ended xdist's process has another last report than a teardown's."""
        if report.when in ("setup", "call"):
            record = getattr(report, "nnspec_record", None)
            worked = report.outcome != "skipped" if record is None else record.took_work
            self._running[report.nodeid] = worked and report.when == "call"
            return
        worked = self._running.pop(report.nodeid, False)
        self._done += 1
        if hasattr(report, "nnspec_cost"):
            cost, total, self._items = report.nnspec_cost
            self._time_left = self._time_left or TimeLeft(total)
            self._time_left.expect(total)
            self._time_left.finished(cost, self._elapsed(), worked=worked, alone=not self._running)
        self._say()

    def pytest_nnspec_progress(self) -> None:
        """Say how far the run is while a claim trains for long."""
        if self._time_left is not None:
            self._time_left.expect(sum(self._config.stash[COSTS].values()))
        self._say()

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember that somebody stopped the run."""
        self._interrupted = somebody_stopped(excinfo.type)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how to go on with a run that somebody stopped."""
        if self._interrupted and self._time_left is not None:
            text = "interrupted; run the same command again to go on: what was trained is kept"
            terminalreporter.write_line(f"nnspec: {text}")

    def _say(self) -> None:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        now = time.perf_counter()
        if reporter is None or self._config.get_verbosity() < 0:
            return
        if self._time_left is None or now - self._said < EVERY:
            return
        self._said = now
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        with capture.global_and_fixture_disabled() if capture else nullcontext():
            reporter.write(f"\n{self.line()}\n")

    def line(self) -> str:
        """Return how many items are done, the time left, and what is running."""
        told = f"nnspec: {self._done} of {max(self._done, self._items)} done"
        if self._time_left is not None and (left := self._time_left.text(self._elapsed())):
            told += f", {left}"
        names = [nodeid.rpartition("::")[2] for nodeid in self._running]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return told + (f"; running {', '.join(names[:_NAMED])}{more}" if names else "")

    def _elapsed(self) -> float:
        return time.perf_counter() - self._started
