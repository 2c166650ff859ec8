"""What `nnspec verify` shows: progress while it trains, then the table of verdicts."""

from __future__ import annotations

import time
from typing import Any

import pytest
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from nnspec.plain_terminal import silence
from nnspec.recipe import Recipe

SYMBOLS = {"holds": "✓", "refuted": "✗", "undecided": "?", "skipped": "-", "error": "!"}
_STYLES = {"holds": "blue", "refuted": "dark_orange", "undecided": "magenta", "error": "bold red"}
_EXIT_CODES = {0: 0, 1: 1, 2: 2, 3: 2, 4: 2, 5: 2}


class Display:
    """A pytest plugin that shows a live display on a terminal, and plain lines elsewhere."""

    def __init__(self, report: str, results: str, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        if not self.console.is_terminal:
            self.console.width = max(self.console.width, 120)
        self.files = (report, results)
        self.records: list[dict[str, Any]] = []
        self.failures: list[str] = []
        self.errors: list[str] = []
        self.total = 0
        self.interrupted = False
        self.started = time.perf_counter()
        self._progress = Progress(
            TextColumn("{task.description}", table_column=None),
            BarColumn(24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
            transient=True,
        )
        self._claims = self._progress.add_task("claims", total=None, count="")
        self._training = self._progress.add_task("collecting", total=None, count="")

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take the place of pytest's own lines."""
        silence(config)
        self._progress.start()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected."""
        if report.failed:
            self.errors.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Show how much there is to do."""
        self.total = len(session.items)
        self._progress.update(self._claims, total=self.total, count=f"0/{self.total}")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Show what is being verified."""
        name = nodeid.rpartition("::")[2]
        self._progress.update(self._claims, description=f"verifying {name}")
        self._progress.reset(self._training, description="", count="", total=None)

    def pytest_nnspec_progress(self, recipe: Recipe, done: float, wanted: int) -> None:
        """Show what is being trained and how far it is."""
        text = f"{int(done)}/{wanted} seeds"
        self._progress.update(
            self._training, description=f"  training {recipe}", completed=done, total=wanted, count=text
        )

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Show the verdict of a claim that is done."""
        if report.failed:
            self.failures.append(f"{report.nodeid}\n{report.longreprtext}")
        record = getattr(report, "nnspec_record", None)
        if record is None:
            return
        self.records.append(record)
        self._progress.update(self._claims, advance=1, count=f"{len(self.records)}/{self.total}")
        if not self.console.is_terminal:
            elapsed = time.perf_counter() - self.started
            left = elapsed / len(self.records) * (self.total - len(self.records))
            line = f"[{len(self.records):3}/{self.total}] {_key(record):32} {_verdict(record):12} {_seeds(record):16}"
            self.console.print(f"{line} {elapsed:4.0f} s, about {left:.0f} s left", markup=False, soft_wrap=True)

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that somebody stopped the run."""
        self.interrupted = True

    def pytest_internalerror(self, excrepr: object) -> None:
        """Keep an error of pytest or of the plugin itself."""
        self.errors.append(str(excrepr))

    def pytest_unconfigure(self) -> None:
        """Give the terminal back."""
        self._progress.stop()

    def exit_code(self, pytest_code: int) -> int:
        """Print the table and the summary; return the exit code of `nnspec verify`."""
        self._progress.stop()
        for text in self.errors:
            self.console.print(text, markup=False)
        if self.records:
            self.console.print(self._table())
        for text in self.failures:
            self.console.print("\n" + text, markup=False, soft_wrap=True)
        self.console.print(self._summary(), markup=False, soft_wrap=True)
        if self.interrupted:
            self.console.print("interrupted; run the same command again: what was trained is kept", markup=False)
            return 130
        return _EXIT_CODES.get(pytest_code, 2)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("verdict", no_wrap=True)
        table.add_column("recorded", no_wrap=True)
        table.add_column("claim", no_wrap=True)
        table.add_column("share", justify="right", no_wrap=True)
        table.add_column("claimed", justify="right", no_wrap=True)
        table.add_column("statement", overflow="fold", ratio=1)
        for record in self.records:
            share = "" if record["share"] is None else f"{record['share']:.0%} of {record['seeds']}"
            claimed = "" if record["claimed_share"] is None else f"{record['claimed_share']:.0%}"
            recorded = "as recorded" if record["as_recorded"] else f"NOT {record['expected']}"
            style = _STYLES.get(record["verdict"], "")
            table.add_row(
                f"[{style}]{_verdict(record)}[/]" if style else _verdict(record),
                recorded,
                _key(record).replace("[", r"\["),
                share,
                claimed,
                record["statement"].replace("[", r"\["),
            )
        return table

    def _summary(self) -> str:
        if not self.records:
            return "no claim was verified"
        counts = {verdict: sum(r["verdict"] == verdict for r in self.records) for verdict in SYMBOLS}
        words = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
        different = sum(not record["as_recorded"] for record in self.records)
        recorded = "all as recorded" if not different else f"{different} NOT as recorded"
        trained = sum(record["seeds_trained"] for record in self.records)
        elapsed = time.perf_counter() - self.started
        files = f"report: {self.files[0]}, results: {self.files[1]}"
        return f"\n{words}; {recorded}; {trained} trainings in {elapsed:.0f} s\n{files}"


def _key(record: dict[str, Any]) -> str:
    return f"{record['id']}[{record['part']}]" if record["part"] else str(record["id"])


def _verdict(record: dict[str, Any]) -> str:
    return f"{SYMBOLS.get(record['verdict'], '!')} {record['verdict']}"


def _seeds(record: dict[str, Any]) -> str:
    return "" if record["seeds"] is None else f"{record['successes']}/{record['seeds']} seeds"
