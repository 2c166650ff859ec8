"""What `nnspec verify` shows while it works: a live display on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import Any

import pytest
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from nnspec.basics.streams import uncaptured
from nnspec.commands.exit_codes import DIFFERENT, DONE, GO_ON, HUNG_UP, INTERRUPTED, TERMINATED, WRONG_USAGE
from nnspec.commands.terminal import verdicts_table as summary
from nnspec.commands.terminal.console import console as console_of
from nnspec.commands.terminal.plain_terminal import PlainTerminal
from nnspec.machine.termination import somebody_stopped
from nnspec.pytest_plugin.state import COSTS, STATE
from nnspec.recipes.experiment import Experiment
from nnspec.results.claim_result import ClaimResult
from nnspec.session.time_left import TimeLeft

# an error of pytest itself verifies nothing either; claims that could not be collected are wrong usage
_EXIT_CODES = {0: DONE, 1: DIFFERENT}
_EVERY = 5.0  # seconds between two lines on the time that is left
_LISTED = "`nnspec claims` lists those there are"
_DECLARED = "a function under @claim is one; `nnspec init FOLDER` writes an example"
_NOTHING = "nothing was verified; addopts in the configuration of pytest may ask for something else"


class Display(PlainTerminal):
    """A pytest plugin that shows progress and, at the end, the verdicts.

    `files` are the report and the results that will be written.
    """

    def __init__(self, files: tuple[str, str], console: Console | None = None) -> None:
        super().__init__()
        # what is shown while a claim trains is shown while pytest captures what the claim prints
        self.console = console_of(console or Console(file=uncaptured(), highlight=False))
        self.files: tuple[str, ...] = files
        self.found: list[summary.Found] = []
        self.total = 0
        self.interrupted = False
        self._problem = ""
        self.started = time.perf_counter()
        self._time_left = TimeLeft(0.0)
        self._announced: set[Experiment] = set()
        self._costs: dict[str, float] = {}
        self._said = 0.0
        # ids and recipes hold brackets, which rich would read as markup
        self._progress = Progress(
            TextColumn(
                "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
            ),
            BarColumn(20),
            TextColumn("{task.fields[count]}", markup=False, table_column=Column(no_wrap=True)),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}", markup=False, table_column=Column(no_wrap=True)),
            console=self.console,
            disable=not self.console.is_terminal,
            transient=True,
        )
        self._claims = self._progress.add_task("collecting", total=None, count="", left="")
        self._training = self._progress.add_task("", total=None, count="", left="", visible=False)

    def pytest_sessionstart(self) -> None:
        """Begin to show progress."""
        self._progress.start()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Show how much there is to do."""
        self.total = len(session.items)
        self.started = time.perf_counter()
        self._costs = session.config.stash.get(COSTS, {})
        self._time_left = TimeLeft(sum(self._costs.values()))
        left = self._time_left.text(0.0)
        self._progress.update(self._claims, total=self.total, count=f"0/{self.total}", left=left)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Show what is being verified."""
        self._progress.update(self._claims, description=f"verifying {nodeid.rpartition('::')[2]}")
        self._progress.update(self._training, visible=False)

    def pytest_nnspec_progress(self, recipe: Experiment, done: float, wanted: int) -> None:
        """Show what is being trained and how far it is."""
        if not self.console.is_terminal:
            if recipe not in self._announced:
                self.console.print(f"{'':9} training {recipe}", markup=False, soft_wrap=True)
            self._announced.add(recipe)
            return
        if done == 0:
            self._progress.reset(self._training)
        count = f"{int(done)}/{wanted} seeds"
        text = f"  training {recipe}"
        self._progress.update(
            self._training, description=text, completed=done, total=wanted, count=count, visible=True
        )
        self._time_left.expect(sum(self._costs.values()))
        self._progress.update(self._claims, left=self._time_left.text(self._elapsed()))

    def pytest_nnspec_time(self, decided: int, left: int, seconds: float) -> None:
        """Show how far a run has come that has a time."""
        text = f"{decided} claims decided, {left} open, {seconds:.0f} s left"
        self._progress.update(self._claims, description=text, left="")
        now = time.perf_counter()
        if not self.console.is_terminal and now - self._said >= _EVERY:
            self._said = now
            self.console.print(f"{'':9} {text}", markup=False, soft_wrap=True)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Show the verdict of a claim that is done."""
        record = getattr(report, "nnspec_record", None)
        if record is None:
            return
        self.found.append(summary.Found(record, report.outcome, report.longreprtext, report.nnspec_evidence))
        cost, total, items = getattr(report, "nnspec_cost", (0.0, 0.0, self.total))
        if not self.total:  # xdist's main process collects nothing
            self.total, self._time_left = items, TimeLeft(total)
        self._time_left.expect(total)
        self._time_left.finished(cost, self._elapsed(), worked=record.took_work)
        left, count = self._time_left.text(self._elapsed()), f"{len(self.found)}/{self.total}"
        self._progress.update(self._claims, completed=len(self.found), count=count, left=left)
        if not self.console.is_terminal:
            line = f"{count:>9} {record.key:32} {summary.verdict(record):12} {_seeds(record):16}"
            times = f"{self._elapsed():4.0f} s" + (f", {left}" if left else "")
            self.console.print(f"{line} {times}", markup=False, soft_wrap=True)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember that somebody stopped the run."""
        self.interrupted = somebody_stopped(excinfo.type)

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Give the terminal back, and note what could not be kept."""
        super().pytest_unconfigure(config)
        self._progress.stop()
        if STATE in config.stash:
            state = config.stash[STATE]
            self._problem = state.problem
            self.files = tuple(file if file in state.written else "" for file in self.files)

    def exit_code(self, pytest_code: int) -> int:
        """Print verdicts, evidence and summary; return the exit code of `nnspec verify`."""
        self._progress.stop()
        stopped = pytest_code if pytest_code in (TERMINATED, HUNG_UP) else INTERRUPTED
        code = stopped if self.interrupted else _EXIT_CODES.get(pytest_code, WRONG_USAGE)
        if not self.interrupted and (self.not_run or (code == DONE and self._any_failed())):
            code = DIFFERENT
        elif pytest_code == pytest.ExitCode.NO_TESTS_COLLECTED and not self.errors:
            told = ["no claim was found", *self.left_out, _LISTED if self.left_out else _DECLARED]
            self.usage_error, self.left_out = "; ".join(told), []
        elif code == DONE and not self.found:  # also where pytest ended before it had a session
            code, self.usage_error = WRONG_USAGE, _NOTHING
        self.complain()
        if self.found:
            summary.show(self.console, self.found, self._elapsed(), self.files, len(self.not_run))
        for line in self.left_out:
            self.console.print(line, markup=False, soft_wrap=True)
        if self._problem:
            self.console.print(f"nnspec: {self._problem}", markup=False, soft_wrap=True)
        if self.interrupted:
            self.console.print(f"interrupted; {GO_ON}", markup=False, soft_wrap=True)
        return code

    def _any_failed(self) -> bool:
        return any(one.outcome == "failed" for one in self.found)

    def _elapsed(self) -> float:
        return time.perf_counter() - self.started


def _seeds(record: ClaimResult) -> str:
    return "" if record.seeds is None else f"{record.successes}/{record.seeds} seeds"
