"""What a run does not reach: items that were not run, files that were skipped, and what nobody asked for.

PYTEST_DONT_REWRITE: there is no assert in it, and the command line has imported it before pytest does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.pathlib import fnmatch_ex

from nnspec.basics.error_text import text_of
from nnspec.machine.termination import somebody_stopped
from nnspec.pytest_plugin.spec_files import declares, is_test_file, may_declare
from nnspec.pytest_plugin.state import STATE

_NAMED = 5
_NEVER_SPECIFICATIONS = (".*", "__pycache__", "build", "dist", "node_modules", "venv", "*.egg")


def named(names: Collection[str]) -> str:
    """Return the first few of some names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(list(names)[:_NAMED]) + more


class NotRun:
    """A pytest plugin that compares what was collected with what was run; no exit code 0 for a part."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._waiting: dict[str, None] = {}  # node ids, in order; a set would lose it
        self._ran: set[str] = set()
        self._collected = self._broken = False
        self._ended = self._reason = ""
        self.not_run: list[str] = []
        self.not_asked_for: dict[str, None] = {}
        self.files_not_asked_for: dict[str, None] = {}
        self.skipped_files: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, None, None]:
        """Note which items anybody takes out, also who does not say so."""
        before = [item for item in items if hasattr(item, "nnspec")]
        yield
        self._waiting = {item.nodeid: None for item in items if hasattr(item, "nnspec")}
        self.not_asked_for |= {_name(one.nodeid): None for one in before if one.nodeid not in self._waiting}
        self._collected = True

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Note what a process of xdist has collected; which of them are claims it does not say.

        One that takes the place of another that has ended collects again what has been run.
        """
        self._waiting |= {nodeid: None for nodeid in ids if nodeid not in self._ran}
        self._collected = True

    @pytest.hookimpl(wrapper=True)
    def pytest_ignore_collect(self, collection_path: Path) -> Generator[None, bool | None, bool | None]:
        """Note the files of claims that somebody ignores."""
        ignored = yield
        if ignored and self._config.getoption("nnspec_only"):
            for path in self._of_claims(collection_path):
                self.files_not_asked_for[self._shown(path)] = None
        return ignored

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that was skipped as a whole, and that something could not be collected."""
        self._broken = self._broken or report.failed
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
            self.skipped_files[report.nodeid] = " ".join(re.sub(r"^[\w.]*Skip\w*: ", "", reason).split())

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note what was run, or skipped."""
        if report.when == "call" or report.outcome != "passed":
            self._ran.add(report.nodeid)
            self._waiting.pop(report.nodeid, None)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note why the run ends early."""
        if somebody_stopped(excinfo.type):
            self._reason = "interrupted"
        else:
            self._reason = self._ended = text_of(excinfo.value) or excinfo.typename

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that would otherwise pass although something was not run."""
        if (output := getattr(self._config, "workeroutput", None)) is not None:
            output["nnspec_not_asked_for"] = [*self.not_asked_for], [*self.files_not_asked_for]
            return
        if self._config.getoption("collectonly") or self._broken:
            return
        self.not_run = [_name(nodeid) for nodeid in self._waiting]
        self._reason = self._reason or str(session.shouldfail or session.shouldstop or "")
        wanted = self._config.getoption("nnspec_only") or self._config.stash[STATE].places
        early = self._ended and not self._collected and wanted
        if session.exitstatus == pytest.ExitCode.OK and (self.not_run or early):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what nobody asked a process of xdist for."""
        items, files = getattr(node, "workeroutput", {}).get("nnspec_not_asked_for", ((), ()))
        self.not_asked_for |= dict.fromkeys(items)
        self.files_not_asked_for |= dict.fromkeys(files)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was not run; the rest pytest says itself."""
        for line in self.lines_not_run():
            terminalreporter.write_line(f"nnspec: {line}")

    def lines_not_run(self) -> list[str]:
        """Return what was not run, with the reason: a line, or none."""
        if self._ended and not self._collected:
            return [f"ended before all was collected: {self._ended}"]
        why = f" ({self._reason})" if self._reason else ""
        return [f"{len(self.not_run)} not run: {named(self.not_run)}{why}"] if self.not_run else []

    def lines(self) -> list[str]:
        """Return all that is to be told: not run, skipped files, not asked for."""
        found = self.lines_not_run()
        found += [f"1 file skipped: {file}: {reason}" for file, reason in self.skipped_files.items()]
        if self.not_asked_for:
            # who chooses some by name knows that there are others
            chosen = self._config.getoption("nnspec_id") or "-k" in self._config.invocation_params.args
            which = "" if chosen else f": {named(self.not_asked_for)}"
            found.append(f"{len(self.not_asked_for)} not asked for{which}")
        if files := self.files_not_asked_for:
            found.append(f"{len(files)} file{'s' * (len(files) > 1)} not asked for: {named(files)}")
        return found

    def _of_claims(self, path: Path) -> list[Path]:
        root, patterns = self._config.rootpath, self._config.getini("python_files")
        if path.is_file():
            test = path.suffix == ".py" and is_test_file(path, patterns) and may_declare(path, root)
            return [path] if path.suffix == ".py" and (test or declares(path)) else []
        never = any(fnmatch_ex(one, path) for one in _NEVER_SPECIFICATIONS)
        if never or (path / "pyvenv.cfg").is_file():
            return []
        return [file for file in sorted(path.rglob("*.py")) if declares(file)]

    def _shown(self, path: Path) -> str:
        root = self._config.rootpath
        return str(path.relative_to(root) if root in path.parents else path)


def _name(nodeid: str) -> str:
    return nodeid.partition("::")[2] or nodeid


NOT_RUN = pytest.StashKey[NotRun]()


@pytest.hookimpl(trylast=True)  # the other plugin makes the state
def pytest_configure(config: pytest.Config) -> None:
    """Follow the run, also in the processes of xdist, which collect."""
    if STATE in config.stash:
        config.stash[NOT_RUN] = NotRun(config)
        config.pluginmanager.register(config.stash[NOT_RUN], "nnspec-not-run")
