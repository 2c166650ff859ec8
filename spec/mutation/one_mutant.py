"""Runs the witnesses of one mutant with pytest, in this process, and writes what each of them said.

`python -m spec.mutation.one_mutant NAME FILE STORE` is started anew for every mutant, so that nothing of one
is left when the next one runs. Training happens in this process, where the fault is.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import pytest

import nnspec.pytest_plugin.state
import nnspec.training
from spec.implementation.training import apart
from spec.mutation.everything import CONTROL, MUTANTS, witnesses


class InThisProcess:
    """Stands in for the worker processes, which would not have the fault."""

    def __init__(self, *resources):
        """Take how many processes and how much memory there may be."""

    def train(self, recipe, seeds, engine, progress):
        """Train here."""
        return nnspec.training.train(recipe, seeds, engine, progress)

    def ahead(self, recipe, seeds, engine):
        """Do nothing ahead."""

    def close(self):
        """Have nothing to end."""


class Outcomes:
    """A pytest plugin that notes how every test came out, and what could not be collected."""

    def __init__(self):
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report):
        """Keep the worst outcome of a test's phases."""
        if report.when == "call" or report.outcome != "passed":
            self.found[report.nodeid] = report.outcome

    def pytest_collectreport(self, report):
        """Keep what could not be collected: nobody could be asked."""
        if report.failed:
            raise pytest.UsageError(f"{report.nodeid} cannot be collected: {report.longreprtext[-300:]}")


def outcomes(name: str) -> dict[str, str]:
    """Return how each witness of a mutant came out, by node id: passed, failed or skipped."""
    claims, tests = witnesses(name)
    costly = list(MUTANTS[name].costly_claims) if name != CONTROL else []
    undo = [edit.apply() for edit in MUTANTS[name].edits] if name != CONTROL else []
    plugin = Outcomes()
    nnspec.pytest_plugin.state.Workers = InThisProcess
    apart.training_apart = lambda: contextlib.nullcontext(nnspec.training.train)
    try:
        ask(plugin, name, "standard", [*claims, *tests])
        if costly:
            ask(plugin, name, "quick", costly)
    finally:
        for back in undo:
            back()
    return plugin.found


def ask(plugin: Outcomes, name: str, budget: str, nodes: list[str]) -> None:
    """Run these claims and tests under this budget."""
    options = ["-p", "no:cacheprovider", "-q", "--no-header", "--tb=line", "-m", ""]
    code = pytest.main([*options, f"--nnspec-budget={budget}", *nodes], plugins=[plugin])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) or not plugin.found:
        raise SystemExit(f"{name}: pytest ended with {code!r}; expected tests that pass or fail")


if __name__ == "__main__":
    mutant, file, os.environ["NNSPEC_STORE"] = sys.argv[1:]
    Path(file).write_text(json.dumps(outcomes(mutant)), encoding="utf-8")
