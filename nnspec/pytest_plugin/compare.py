"""What has moved since the baseline, told at the end of a pytest run."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.pytest_plugin.state import PluginState
from nnspec.results import baseline, reading
from nnspec.results.drift import Drift, drift


class CompareAtTheEnd:
    """A pytest plugin that compares what the run examined with a folder of baselines.

    The folder is read at once, so that one that cannot be used is told before anything is trained.
    """

    def __init__(self, state: PluginState, folder: str) -> None:
        self.state, self.folder = state, folder
        self.old = baseline.records(Path(folder))
        self.found: Drift | str = "nothing that the baseline knows was examined"

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare, and fail a run that would otherwise pass if something has moved."""
        if not self.state.records:
            return
        new = reading.records(self.state.results(), "this run")
        # a run of a few claims says nothing about the others
        old = {name: record for name, record in self.old.items() if name in new}
        try:
            self.found = drift(old, new)
        except InvalidValue:
            return
        if self.found.changed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the comparison."""
        terminalreporter.section("nnspec compare")
        terminalreporter.write_line(self._text())

    def _text(self) -> str:
        if isinstance(self.found, str):
            return self.found
        from nnspec.report.drift import markdown

        return markdown(self.found, {"OLD": self.folder, "NEW": "this run"})
