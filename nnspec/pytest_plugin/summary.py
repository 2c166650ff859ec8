"""The summary of a pytest run for continuous integration, and GitHub's annotations beside the claims."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics import streams
from nnspec.basics.files import write_text
from nnspec.pytest_plugin.state import STATE, PluginState
from nnspec.report.ci_summary import Failure, annotation, markdown, relative_to


@pytest.hookimpl(trylast=True)  # the other plugin makes the state
def pytest_configure(config: pytest.Config) -> None:
    """Listen to all reports."""
    if STATE in config.stash and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SummaryAtTheEnd(config.stash[STATE], config), "nnspec-summary")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that what was trained could not be kept."""
    if STATE in config.stash and config.stash[STATE].problem:
        terminalreporter.write_line(f"nnspec: {config.stash[STATE].problem}")


class SummaryAtTheEnd:
    """A pytest plugin that remembers what failed and tells it when the run ends."""

    def __init__(self, state: PluginState, config: pytest.Config) -> None:
        self.state, self.config = state, config
        self._failures: dict[tuple[str, int, str], Failure] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Remember a claim or fact that failed, also where only its teardown did."""
        record = getattr(report, "nnspec_record", None)
        if record is not None and report.outcome == "failed":
            file, line, _ = report.location
            place = relative_to(os.environ.get("GITHUB_WORKSPACE", ""), self.config.rootpath / file)
            shown = file if Path(place).is_absolute() else place
            failure = Failure(record, shown, (line or 0) + 1)
            self._failures.setdefault((file, line or 0, record.key), failure)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the summary, if anything was verified."""
        option, page = self.config.getoption("nnspec_summary"), os.environ.get("GITHUB_STEP_SUMMARY")
        if not self.state.records or not (option or page):
            return
        text = markdown(self.state.results(), self.failures)
        try:
            if option:
                write_text(Path(option).absolute(), text)
            if page:
                with Path(page).open("a", encoding="utf-8") as file:  # other steps have written there too
                    file.write(text)
        except OSError as error:
            self.state.unwritten.append(f"cannot write {option or page}: {error.strerror}")

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Print the annotations, each at the start of a line, when nobody else prints any more."""
        if os.environ.get("GITHUB_ACTIONS"):
            streams.guard()
            for failure in self.failures:
                print(annotation(failure), file=sys.stdout, flush=True)

    @property
    def failures(self) -> list[Failure]:
        """What failed, in the order of files and lines."""
        return [self._failures[place] for place in sorted(self._failures)]
