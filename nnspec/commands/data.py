"""`nnspec data`: what is there of the downloaded data, and fetching the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import one_of
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.parser import add_command
from nnspec.commands.terminal.console import console
from nnspec.data import files as data_files

if TYPE_CHECKING:
    from rich.console import Console


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    data = add_command(
        commands,
        "data",
        run,
        usage="%(prog)s [-h] [fetch [NAME ...]]",
        help="show which data sets are there; `data fetch` downloads them",
        description="Show which of the downloaded data sets are there, and in which folder; nothing is "
        "downloaded without fetch.",
        epilog="Exit code: 0 shown, also where data sets are missing, 2 wrong usage.",
    )
    fetch = add_command(
        data.add_subparsers(metavar="fetch", prog="nnspec data"),
        "fetch",
        _fetch,
        help="download, verify and store what is missing or damaged",
        description="Download, verify and store what is missing or damaged. An interrupted download goes "
        "on where it stopped.",
        epilog="Exit code: 0 everything that was asked for is there, 1 something is not, 2 wrong usage, "
        "130 interrupted.",
    )
    fetch.add_argument("name", metavar="NAME", nargs="*", help=f"one of {', '.join(_names())} (default: all)")


def _names() -> list[str]:
    return sorted({file.dataset for file in data_files.FILES.values()})


def run(options: argparse.Namespace) -> int:
    """Show what is there."""
    from rich.table import Table
    from rich.text import Text

    folder, terminal = data_files.data_folder(), console()
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
    terminal.print(table)
    terminal.print(f"folder {folder} (NNSPEC_DATA names another one)", markup=False, soft_wrap=True)
    return DONE


def _fetch(options: argparse.Namespace) -> int:
    names: Sequence[str] = [one_of("name", name, _names()) for name in options.name] or _names()
    from nnspec.data.download import DownloadFailed
    from nnspec.data.fetch import fetch

    terminal, code = console(), DONE
    for name in dict.fromkeys(names):
        try:
            with _bars(terminal, name) as show:
                fetched = fetch(name, show)
        except DownloadFailed as error:
            print(f"nnspec: {error}", file=sys.stderr)
            code = DIFFERENT
            continue
        done = f"stored {', '.join(fetched)} in" if fetched else "there already, verified, in"
        terminal.print(f"{name}: {done} {data_files.data_folder()}", markup=False, soft_wrap=True)
    return code


@contextmanager
def _bars(terminal: Console, name: str) -> Iterator[Callable[[str, int, int | None], None]]:
    """Show a progress bar for every file of a data set, on a terminal, and give what moves them on."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), DownloadColumn())
    hidden = not terminal.is_terminal
    tasks: dict[str, Any] = {}
    with Progress(
        *columns, TimeElapsedColumn(), console=terminal, disable=hidden, transient=True
    ) as progress:
        # one more, because importing Keras and what it makes of the reviews take a while too
        progress.add_task(f"fetching {name}", total=None)

        def show(file: str, done: int, total: int | None) -> None:
            if file not in tasks:
                tasks[file] = progress.add_task(file, total=total)
            progress.update(tasks[file], completed=done, total=total)

        yield show
