"""The pytest plugin: options, one test item for every claim and fact, results and report at the end."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.basics.nearest import suggestion
from nnspec.claims.declarations import Claim, Fact
from nnspec.pytest_plugin.items import ClaimItem, declaration_error, fact_item
from nnspec.pytest_plugin.state import STATE


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
    # whoever names the function, as FILE::NAME, means this item
    asked = any(argument.endswith(f"::{name}") for argument in collector.config.args)
    called = name if asked else obj.key
    return (
        ClaimItem.of(collector, obj, called) if isinstance(obj, Claim) else fact_item(collector, obj, called)
    )


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


def _asked_for(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the items that --nnspec-id and --nnspec-only leave."""
    ids = set(config.getoption("nnspec_id"))
    known = {name for item in items for name in _names(item)}
    for unknown in sorted(ids - known):
        remedy = suggestion(unknown, sorted(known), "`nnspec claims` lists those there are")
        raise InvalidValue("id", unknown, "the id of a claim that was collected", remedy)
    if ids:
        return [item for item in items if _names(item) & ids]
    return [item for item in items if _names(item)] if config.getoption("nnspec_only") else items


def _names(item: pytest.Item) -> set[str]:
    declaration = getattr(item, "nnspec", None)
    return set() if declaration is None else {declaration.id, declaration.key}
