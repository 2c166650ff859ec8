"""`nnspec data`: what is there of the downloaded data, and fetching the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import one_of
from nnspec.data import files as data_files

if TYPE_CHECKING:
    from rich.console import Console

_COMPLETE, _FAILED = 0, 1


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    data = commands.add_parser(
        "data",
        usage="%(prog)s [-h] [fetch [NAME ...]]",
        help="show which data sets are there; `data fetch` downloads them",
        description="Show which of the downloaded data sets are there, and in which folder; nothing is "
        "downloaded without fetch.",
        epilog="Exit code: 0 shown, also where data sets are missing, 2 wrong usage.",
    )
    data.set_defaults(run=_show)
    fetch = data.add_subparsers(metavar="fetch", prog="nnspec data").add_parser(
        "fetch",
        help="download, verify and store what is missing or damaged",
        description="Download, verify and store what is missing or damaged. An interrupted download goes "
        "on where it stopped.",
        epilog="Exit code: 0 everything that was asked for is there, 1 something is not, 2 wrong usage, "
        "130 interrupted.",
    )
    fetch.set_defaults(run=_fetch)
    fetch.add_argument("name", metavar="NAME", nargs="*", help=f"one of {', '.join(_names())} (default: all)")


def _names() -> list[str]:
    return sorted({file.dataset for file in data_files.FILES.values()})


def _show(options: argparse.Namespace) -> int:
    from rich.table import Table
    from rich.text import Text

    folder, console = data_files.data_folder(), _console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "file", "state", "size", "remedy"):
        table.add_column(heading, justify="right" if heading == "size" else "left", no_wrap=True)
    for file in data_files.FILES.values():
        path = folder / file.name
        there = path.exists()
        state = ("present" if data_files.looks_whole(file.name) else "damaged") if there else "missing"
        size = f"{path.stat().st_size / 1e6:.1f} MB" if there else ""
        remedy = "" if state == "present" else f"nnspec data fetch {file.dataset}"
        style = "" if state == "present" else "dark_orange"
        table.add_row(*map(Text, (file.dataset, file.name)), Text(state, style), Text(size), Text(remedy))
    console.print(table)
    console.print(f"folder {folder} (NNSPEC_DATA names another one)", markup=False, soft_wrap=True)
    return _COMPLETE


def _fetch(options: argparse.Namespace) -> int:
    names: Sequence[str] = [one_of("name", name, _names()) for name in options.name] or _names()
    from nnspec.data.download import DownloadFailed
    from nnspec.data.fetch import fetch

    console, code = _console(), _COMPLETE
    for name in dict.fromkeys(names):
        try:
            with _Bars(console, name) as bars:
                fetched = fetch(name, bars.show)
        except DownloadFailed as error:
            print(f"nnspec: {error}", file=sys.stderr)
            code = _FAILED
            continue
        done = f"stored {', '.join(fetched)} in" if fetched else "there already, verified, in"
        console.print(f"{name}: {done} {data_files.data_folder()}", markup=False, soft_wrap=True)
    return code


class _Bars:
    """A progress bar for every file that is downloaded, on a terminal."""

    def __init__(self, console: Console, name: str) -> None:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(20),
            DownloadColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        # one more, because importing Keras and what it makes of the reviews take a while too
        self._progress.add_task(f"fetching {name}", total=None)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, name: str, done: int, total: int | None) -> None:
        """Show that so many bytes of a file were received."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name, total=total)
        self._progress.update(self._tasks[name], completed=done, total=total)


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 120)
    return console
