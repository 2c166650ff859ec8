"""The pytest plugin: options, one test item for every claim and fact, results and report at the end."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from nnspec import budget, hooks, results
from nnspec.claims import Claim, Fact
from nnspec.errors import InvalidValue, MissingData
from nnspec.items import ClaimItem, declaration_error, fact_item, record_of
from nnspec.plugin_state import STATE, PluginState
from nnspec.pytest_compare import CompareAtTheEnd
from nnspec.training import ENGINES

pytest_plugins = [
    "nnspec.junit_properties",
    "nnspec.pytest_fixtures",
    "nnspec.pytest_progress",
    "nnspec.pytest_summary",
    "nnspec.pytest_training",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of nnspec and its settings in the configuration file."""
    group = parser.getgroup("nnspec", "claims about neural networks, judged over many seeds")
    group.addoption("--nnspec-results", metavar="FILE", help="write everything that was found as JSON")
    group.addoption("--nnspec-report", metavar="FILE", help="write the report, one HTML file")
    group.addoption(
        "--nnspec-compare",
        nargs="?",
        const="baselines/claims",
        metavar="FOLDER",
        help="fail if something has moved since the baseline (default: %(const)s), and tell what",
    )
    group.addoption(
        "--nnspec-budget",
        default="checks",
        metavar="NAME",
        help=f"most seeds a verdict, of recipes of low, medium and high cost: {budget.LISTED}",
    )
    group.addoption(
        "--nnspec-seeds", metavar="SEEDS", help="128 (so many), 256-511 (a range) or 4,11 (these)"
    )
    group.addoption("--nnspec-engine", default="stacked", metavar="NAME", help=" or ".join(ENGINES))
    group.addoption(
        "--nnspec-id", action="append", default=[], metavar="ID", help="only this claim; repeatable"
    )
    group.addoption("--nnspec-only", action="store_true", help="only claims and facts, no other tests")
    parser.addini("nnspec_error_rate", "probability of any wrong verdict in the whole suite", default="1e-3")
    parser.addini(
        "nnspec_verdicts", "how many verdicts the error rate is split over; 0 counts them", default="0"
    )
    parser.addini("nnspec_inventory", "file with the known ids, one a line; # starts a comment", default="")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make the progress hook known."""
    pluginmanager.add_hookspecs(hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Check the settings before anything is collected, and listen to all reports."""
    # joblib replaces a process that has grown, and warns in a thread that an error would end for good
    config.addinivalue_line("filterwarnings", "ignore:A worker stopped while some jobs:UserWarning")
    try:
        state = config.stash[STATE] = PluginState(config)
        if (folder := config.getoption("nnspec_compare")) is not None and not hasattr(config, "workerinput"):
            config.pluginmanager.register(CompareAtTheEnd(state, folder), "nnspec-compare")
    except InvalidValue as error:
        raise pytest.UsageError(f"nnspec: {error}") from None
    config.pluginmanager.register(_Listener(state), "nnspec-listener")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Save, where only claims are wanted, the import of test files without the words claim and fact."""
    if not config.getoption("nnspec_only") or collection_path.suffix != ".py":
        return None
    text = collection_path.read_bytes()
    return None if b"claim" in text or b"fact" in text else True


def pytest_pycollect_makeitem(collector: pytest.Module, name: str, obj: object) -> Any:
    """Make one test item of every claim and fact that the module itself declares."""
    if not isinstance(obj, Claim | Fact):
        return None
    function = obj.predicate if isinstance(obj, Claim) else obj.function
    if function.__module__ != collector.obj.__name__:
        return []
    try:
        collector.config.stash[STATE].declare(obj, f"{collector.nodeid}::{name}")
    except InvalidValue as error:
        raise collector.CollectError(str(error)) from None
    return ClaimItem.of(collector, obj) if isinstance(obj, Claim) else fact_item(collector, obj)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Say of a wrong declaration where it is and what is wrong, without the traceback below it."""
    report = yield
    call: pytest.CallInfo[Any] | None = getattr(report, "call", None)
    if call is not None and call.excinfo and isinstance(call.excinfo.value, InvalidValue):
        report.longrepr = declaration_error(call.excinfo, collector.config.rootpath)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Split the error rate over the verdicts and keep the items that are asked for."""
    try:
        config.stash[STATE].split_error_rate(2 * sum(isinstance(item, ClaimItem) for item in items))
        kept = _asked_for(config, items)
        if any(isinstance(item, ClaimItem) for item in kept) and not config.getoption("collectonly"):
            config.stash[STATE].session  # noqa: B018  # opens the store: one that cannot be used is told now
    except InvalidValue as error:
        if not hasattr(config, "workerinput"):
            raise pytest.UsageError(f"nnspec: {error}") from None
        # to xdist an error in a worker is a crash, so the main process raises it
        config.workeroutput["nnspec_usage_error"] = f"nnspec: {error}"  # type: ignore[attr-defined]
        kept = []
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    if not hasattr(config, "workerinput"):  # xdist's processes would train the same claims ahead
        config.stash[STATE].plan[:] = [item.nnspec for item in items if isinstance(item, ClaimItem)]


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
    if report.skipped and (without_data or (isinstance(item, ClaimItem) and report.when == "call")):
        # the skip was raised inside of nnspec, which is not where the reader wants to look
        path, line, _ = item.reportinfo()
        report.longrepr = (str(path), (line or 0) + 1, f"Skipped: {error}")
    if hasattr(item, "nnspec") and (report.when == "call" or report.outcome != "passed"):
        # attributes of a report, unlike the item, travel from xdist's workers to the main process
        report.nnspec_record = record_of(item, report.when or "", report.outcome, error)  # type: ignore[attr-defined]
        report.nnspec_evidence = getattr(item, "nnspec_evidence", "")  # type: ignore[attr-defined]
        report.nnspec_pictures = getattr(item, "nnspec_pictures", [])  # type: ignore[attr-defined]
    return report


class _Listener:
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
            try:
                _write(self.state, stopped=exitstatus == pytest.ExitCode.INTERRUPTED)
            except OSError as error:
                raise pytest.UsageError(f"nnspec: cannot write {error.filename}: {error.strerror}") from None


def _write(state: PluginState, *, stopped: bool) -> None:
    document, option = state.document(), state.config.getoption
    results_file, report_file = option("nnspec_results"), option("nnspec_report")
    if results_file:
        results.write(Path(results_file).absolute(), document)
    if report_file:
        from nnspec.full_report import full_report

        # who has stopped a run does not wait for comparisons
        root = None if stopped else state.config.rootpath
        full_report(Path(report_file).absolute(), document, state.pictures, root)


def _asked_for(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the items that --nnspec-id and --nnspec-only leave."""
    ids = set(config.getoption("nnspec_id"))
    unknown = ids - {name for item in items for name in _names(item)}
    if unknown:
        expected = "the id of a claim that was collected"
        raise InvalidValue("id", min(unknown), expected, "`nnspec claims` lists those there are")
    if ids:
        return [item for item in items if _names(item) & ids]
    return [item for item in items if _names(item)] if config.getoption("nnspec_only") else items


def _names(item: pytest.Item) -> set[str]:
    declaration = getattr(item, "nnspec", None)
    return set() if declaration is None else {declaration.id, declaration.key}
