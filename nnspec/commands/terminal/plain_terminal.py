"""Quiet for pytest's own terminal output, so that another display can take its place."""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any

import pytest

from nnspec.pytest_plugin.not_run import NOT_RUN


class PlainTerminal:
    """A pytest plugin that takes pytest's own lines off the terminal and keeps its errors instead."""

    def __init__(self) -> None:
        self.usage_error = ""
        self.errors: list[str] = []
        self.not_run: list[str] = []  # names
        self.left_out: list[str] = []  # lines on what the run did not reach

    @pytest.hookimpl(wrapper=True)
    def pytest_cmdline_main(self) -> Generator[None, Any, Any]:
        """Keep the sentence of wrong usage, which pytest would print in its own form."""
        try:
            return (yield)
        except pytest.UsageError as error:
            self.usage_error = str(error).partition("\n")[0].removeprefix("nnspec: ")
            return pytest.ExitCode.USAGE_ERROR

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take away the terminal reporter; its options stay known, because configuration files use them."""
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            config.pluginmanager.unregister(reporter)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Note what the run did not reach."""
        if NOT_RUN in config.stash:
            found = config.stash[NOT_RUN]
            self.not_run, self.left_out = found.not_run, found.lines()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected; what several files import is told once."""
        if report.failed and (text := report.longreprtext.strip()) not in self.errors:
            self.errors.append(text)

    def pytest_internalerror(self, excrepr: object) -> None:
        """Keep an error of pytest or of a plugin."""
        self.errors.append(str(excrepr))

    def complain(self) -> None:
        """Print what went wrong before anything could be verified, to the error stream."""
        for text in [self.usage_error] if self.usage_error else self.errors:
            print(f"nnspec: {text}", file=sys.stderr)
