"""What happens around the test of a claim or fact: data that are missing, its record, how it ended."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.error_text import text_of
from nnspec.basics.errors import MissingData
from nnspec.basics.plain_data import plain, read
from nnspec.project.kept import RESULTS
from nnspec.pytest_plugin.items import ClaimItem, record_of
from nnspec.pytest_plugin.state import PluginState
from nnspec.results import record as results
from nnspec.results.claim_result import ClaimResult, Results


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    """Skip a test whose fixtures need data that is not there."""
    with _skip_without_data():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """Skip a claim, a fact or a test that needs data that is not there."""
    with _skip_without_data():
        yield


@contextmanager
def _skip_without_data() -> Iterator[None]:
    try:
        yield
    except MissingData as error:
        pytest.skip(str(error))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the record of the claim or fact, its evidence and its pictures to the report of the item."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    without_data = isinstance(error, pytest.skip.Exception) and isinstance(error.__context__, MissingData)
    of_nnspec = without_data or (isinstance(item, ClaimItem) and report.when == "call")
    if error is not None and report.skipped and of_nnspec:
        # the skip was raised inside of nnspec, which is not where the reader wants to look
        path, line, _ = item.reportinfo()
        report.longrepr = (str(path), (line or 0) + 1, f"Skipped: {text_of(error)}")
    if hasattr(item, "nnspec") and (report.when == "call" or report.outcome != "passed"):
        # attributes of a report, unlike the item, travel from xdist's workers to the main process
        report.nnspec_record = record_of(item, report.when or "", report.outcome, error)  # type: ignore[attr-defined]
        report.nnspec_evidence = getattr(item, "nnspec_evidence", "")  # type: ignore[attr-defined]
        report.nnspec_pictures = getattr(item, "nnspec_pictures", [])  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(
    report: pytest.CollectReport | pytest.TestReport,
) -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """Make the record plain, as xdist's workers and reports on file take nothing else."""
    data = yield
    if data and "nnspec_record" in data:
        data["nnspec_record"] = plain(data["nnspec_record"])
    return data


@pytest.hookimpl(wrapper=True)
def pytest_report_from_serializable(
    data: dict[str, Any],
) -> Generator[None, Any, Any]:
    """Read the record that a worker of xdist sent."""
    report = yield
    if hasattr(report, "nnspec_record"):
        report.nnspec_record = read(ClaimResult, report.nnspec_record)
    return report


class Listener:
    """Gathers the records of all items and writes results and report when the run ends."""

    def __init__(self, state: PluginState) -> None:
        self.state = state

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep the record that came with a report."""
        record = getattr(report, "nnspec_record", None)
        if record is not None:
            file, line, _ = report.location
            self.state.keep(file, line or 0, record, report.nnspec_pictures)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of xdist found out while collecting, which the main process does not."""
        output = getattr(node, "workeroutput", {})
        if message := output.get("nnspec_usage_error"):
            raise pytest.UsageError(message)
        self.state.verdicts = output.get("nnspec_verdicts", self.state.verdicts)
        self.state.told_problem(output.get("nnspec_problem", ""))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write what was asked for, if anything was verified; workers leave that to the main process."""
        config = session.config
        if hasattr(config, "workeroutput"):
            config.workeroutput["nnspec_verdicts"] = self.state.verdicts
            config.workeroutput["nnspec_problem"] = self.state.problem
        elif self.state.records:
            _write(self.state, stopped=exitstatus == pytest.ExitCode.INTERRUPTED)


def _write(state: PluginState, *, stopped: bool) -> None:
    """Write results and report; where one of them cannot be written, note where the results are."""
    found, option = state.results(), state.config.getoption
    results_file, report_file = option("nnspec_results"), option("nnspec_report")

    def report(path: Path) -> None:
        from nnspec.project.full_report import full_report

        # who has stopped a run does not wait for comparisons
        full_report(path, found, state.pictures, None if stopped else state.config.rootpath)

    writers = {results_file: lambda path: results.write(path, found), report_file: report}
    for file, write in writers.items():
        try:
            if file:
                write(Path(file).absolute())
                state.written.append(file)
        except OSError as error:
            state.unwritten.append(f"cannot write {file}: {error.strerror}")
    if state.unwritten:
        where = results_file if results_file in state.written else _rescued(found)
        told = f"the results are in {where}, from which `nnspec report` makes the report"
        state.unwritten.append(told if where else "what was trained is kept; run the same command again")


def _rescued(found: Results) -> str:
    """Return the file in the folder for temporary ones that has the results now, "" if that is full too."""
    try:
        path = Path(tempfile.mkdtemp(prefix="nnspec-")) / RESULTS
        results.write(path, found)
    except OSError:
        return ""
    return str(path)
