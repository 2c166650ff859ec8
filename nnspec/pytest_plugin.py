"""The pytest plugin: options, one test item for every claim and fact, results and report at the end."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from nnspec import budget, hooks, results
from nnspec.claims import Claim, Fact
from nnspec.errors import InvalidValue
from nnspec.items import ClaimItem, FactEvidence, fact_item, fact_record
from nnspec.plugin_state import STATE, PluginState
from nnspec.recipe import Recipe
from nnspec.training import ENGINES, Runs


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of nnspec and its settings in the configuration file."""
    group = parser.getgroup("nnspec", "claims about neural networks, judged over many seeds")
    group.addoption("--nnspec-results", metavar="FILE", help="write everything that was found as JSON")
    group.addoption("--nnspec-report", metavar="FILE", help="write the report, one HTML file")
    budgets = ", ".join(f"{name} {seeds}" for name, seeds in budget.SEEDS.items())
    group.addoption("--nnspec-budget", default="standard", metavar="NAME", help=f"most seeds a verdict: {budgets}")
    group.addoption("--nnspec-seeds", metavar="SEEDS", help="128 (so many), 256-511 (a range) or 4,11 (these)")
    group.addoption("--nnspec-engine", default="stacked", metavar="NAME", help=" or ".join(ENGINES))
    group.addoption("--nnspec-id", action="append", default=[], metavar="ID", help="only this claim; repeatable")
    parser.addini("nnspec_error_rate", "probability of any wrong verdict in the whole suite", default="1e-3")
    parser.addini("nnspec_verdicts", "how many verdicts the error rate is split over; 0 counts them", default="0")
    parser.addini("nnspec_inventory", "file with the known ids, one a line; # starts a comment", default="")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make the progress hook known."""
    pluginmanager.add_hookspecs(hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Check the settings before anything is collected, and listen to all reports."""
    try:
        state = config.stash[STATE] = PluginState(config)
    except InvalidValue as error:
        raise pytest.UsageError(f"nnspec: {error}") from None
    config.pluginmanager.register(_Listener(state), "nnspec-listener")


def pytest_pycollect_makeitem(collector: pytest.Module, obj: object) -> Any:
    """Make one test item of every claim and fact that the module itself declares."""
    if not isinstance(obj, Claim | Fact):
        return None
    function = obj.predicate if isinstance(obj, Claim) else obj.function
    if function.__module__ != collector.obj.__name__:
        return []
    try:
        collector.config.stash[STATE].declare(obj, f"{collector.nodeid}::{function.__name__}")
    except InvalidValue as error:
        raise collector.CollectError(str(error)) from None
    return ClaimItem.of(collector, obj) if isinstance(obj, Claim) else fact_item(collector, obj)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Split the error rate over the verdicts and keep the items that --nnspec-id names."""
    try:
        config.stash[STATE].split_error_rate(2 * sum(isinstance(item, ClaimItem) for item in items))
    except InvalidValue as error:
        raise pytest.UsageError(f"nnspec: {error}") from None
    ids = set(config.getoption("nnspec_id"))
    if ids:
        unknown = ids - {name for item in items for name in _names(item)}
        if unknown:
            remedy = "`nnspec claims` lists those there are"
            raise pytest.UsageError(f"nnspec: no claim is called {min(unknown)!r}; {remedy}")
        dropped = [item for item in items if not _names(item) & ids]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if _names(item) & ids]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the record of the claim or fact, and its pictures, to the report of the item."""
    report = yield
    declaration = getattr(item, "nnspec", None)
    if declaration is not None and (report.when == "call" or report.outcome != "passed"):
        error = call.excinfo.value if call.excinfo else None
        if isinstance(declaration, Fact):
            record = fact_record(item, declaration, report.outcome, error)
        else:
            record = getattr(item, "nnspec_record", None) or results.unjudged(declaration, "error", str(error))
        # attributes of a report, unlike the item, travel from xdist's workers to the main process
        report.nnspec_record = record  # type: ignore[attr-defined]
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
            self.state.records.append(record)
            key = f"{record['id']}[{record['part']}]" if record["part"] else record["id"]
            self.state.pictures[key] = report.nnspec_pictures

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write what was asked for; xdist's workers leave that to the main process."""
        config = session.config
        if hasattr(config, "workerinput") or config.getoption("collectonly"):
            return
        document = self.state.document()
        if path := config.getoption("nnspec_results"):
            results.write(Path(path).absolute(), document)
        if path := config.getoption("nnspec_report"):
            from nnspec.report import html

            pictures = {
                key: [html.Picture(p["title"], p["alt"], base64.b64decode(p["png"])) for p in group]
                for key, group in self.state.pictures.items()
            }
            html.write(Path(path).absolute(), document, pictures)


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> FactEvidence:
    """What a fact shows besides passing: notes and pictures for the report."""
    return FactEvidence(request.node, request.config.stash[STATE].wants_pictures)


@pytest.fixture
def trained(request: pytest.FixtureRequest) -> Callable[[Recipe, Sequence[int]], Runs]:
    """Return a function from a recipe and seeds to its runs, kept and reused like those of claims."""
    return request.config.stash[STATE].session.runs


def _names(item: pytest.Item) -> set[str]:
    declaration = getattr(item, "nnspec", None)
    return set() if declaration is None else {declaration.id, declaration.key}
