"""What is collected: an item for every claim and fact that a file declares, or an error that names it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestModule

from nnspec.basics.error_text import text_of
from nnspec.basics.errors import InvalidValue
from nnspec.basics.nearest import suggestion
from nnspec.claims.declarations import Claim, Fact
from nnspec.claims.declared import declared_in
from nnspec.pytest_plugin.author_errors import author_line, collection_error
from nnspec.pytest_plugin.facts import fact_items
from nnspec.pytest_plugin.items import ClaimItem
from nnspec.pytest_plugin.marks import mark_claim, unmarked
from nnspec.pytest_plugin.spec_files import declares, is_collected, is_test_file, may_declare
from nnspec.pytest_plugin.state import STATE
from nnspec.pytest_plugin.vanished import check_helpers, lost_in

_COLLECTED = pytest.StashKey[set[int]]()  # of a module: the declarations that have items, by identity
_FILES = pytest.StashKey[set[Path]]()  # the files that were collected


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Save, where only claims are wanted, the import of test files that cannot declare any."""
    if not config.getoption("nnspec_only") or collection_path.suffix != ".py":
        return None
    return None if may_declare(collection_path, config.rootpath) else True


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a file that declares claims although its name is not one of a test file."""
    patterns = parent.config.getini("python_files")
    # pytest itself collects what is asked for by name
    if file_path.suffix != ".py" or parent.session.isinitpath(file_path) or is_test_file(file_path, patterns):
        return None
    if not is_collected(file_path, patterns):
        return None
    hook = parent.session.gethookproxy(file_path)
    module: pytest.Module = hook.pytest_pycollect_makemodule(module_path=file_path, parent=parent)
    return module


def pytest_pycollect_makeitem(collector: pytest.Module, name: str, obj: object) -> Any:
    """Make one test item of every claim and fact that the module itself declares."""
    obj, marks = unmarked(obj)
    if not isinstance(obj, Claim | Fact):
        return None
    function = obj.predicate if isinstance(obj, Claim) else obj.function
    own = any(one.item is obj for one in declared_in(collector.obj))
    if not own and function.__module__ != collector.obj.__name__:
        return []
    collector.stash.setdefault(_COLLECTED, set()).add(id(obj))
    # whoever names the function, as FILE::NAME, means this item
    asked = any(argument.endswith(f"::{name}") for argument in collector.config.args)
    called = name if asked else obj.key
    try:
        collector.config.stash[STATE].declare(obj, f"{collector.nodeid}::{name}")
        if isinstance(obj, Fact):
            return fact_items(collector, name, obj, marks, called)
        item = ClaimItem.of(collector, obj, called)
        mark_claim(item, obj, marks)
    except InvalidValue as error:
        raise collector.CollectError(str(error)) from None
    return item


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Say what was declared and lost, and of a wrong declaration where it is, without a traceback."""
    try:
        report = yield
    except SystemExit as error:  # which pytest takes for its own end
        if not (place := author_line(error, collector.config.rootpath)):
            raise
        text = f"{place}\n  SystemExit: {text_of(error)}"
        return pytest.CollectReport(collector.nodeid, "failed", text, [])
    # doctests are a second collector of the same module
    if isinstance(collector, pytest.Module) and not isinstance(collector, DoctestModule) and report.passed:
        collector.config.stash.setdefault(_FILES, set()).add(collector.path)
        collected = collector.stash.get(_COLLECTED, set())
        if lost := lost_in(collector.obj, collected, collector.config.rootpath):
            report.outcome, report.longrepr, report.result = "failed", lost, []
    call: pytest.CallInfo[Any] | None = getattr(report, "call", None)
    config = collector.config
    if call is not None and call.excinfo and report.failed and not config.getoption("fulltrace"):
        ours = config.getoption("nnspec_only") or declares(collector.path)
        if told := collection_error(call.excinfo, config.rootpath, everything=ours):
            report.longrepr = told
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Split the error rate over the verdicts and keep the items that are asked for."""
    try:
        files = config.stash.get(_FILES, set())
        check_helpers(files, config.rootpath, config.getini("python_files"), _folders(config))
        wanted = sum(item.nnspec.verdicts for item in items if isinstance(item, ClaimItem))
        wanted += sum(getattr(item, "nnspec_verdicts", 0) for item in items)  # of notebooks
        config.stash[STATE].split_error_rate(wanted)
        # an id that is in no file may be in one that could not be collected, which pytest tells next
        kept = _asked_for(config, items, all_collected=not session.testsfailed)
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


def _folders(config: pytest.Config) -> list[Path]:
    """Return the folders in which this run looks, those of files that it is given, and the usual ones."""
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    usual = [config.rootpath / name for name in ("spec", *config.getini("testpaths"))]
    return [path if path.is_dir() else path.parent for path in map(Path.resolve, [*named, *usual])]


def _asked_for(config: pytest.Config, items: list[pytest.Item], *, all_collected: bool) -> list[pytest.Item]:
    """Return the items that --nnspec-id and --nnspec-only leave; an unknown id is refused if all is known."""
    ids = set(config.getoption("nnspec_id"))
    known = {name for item in items for name in _names(item)}
    for unknown in sorted(ids - known) if all_collected else []:
        remedy = suggestion(unknown, sorted(known), "`nnspec claims` lists those there are")
        raise InvalidValue("id", unknown, "the id of a claim that was collected", remedy)
    if ids:
        return [item for item in items if _names(item) & ids]
    return [item for item in items if _names(item)] if config.getoption("nnspec_only") else items


def _names(item: pytest.Item) -> set[str]:
    declaration = getattr(item, "nnspec", None)
    if declaration is None and hasattr(item, "nnspec_verdicts"):  # of a notebook, whose names are its own
        return {item.name}
    return set() if declaration is None else {declaration.id, declaration.key}
