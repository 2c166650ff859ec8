"""`nnspec notebook`: the figures that a notebook prints, what does not fit in it, and what it trains."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import writing
from nnspec.commands.exit_codes import DIFFERENT, DONE
from nnspec.commands.notebook_budget import add_budget, budget_of, time_of
from nnspec.commands.notebook_files import (
    add_files,
    check_draft,
    check_files,
    write_claims,
    write_files,
    write_reading,
)
from nnspec.commands.parser import add_command

if TYPE_CHECKING:
    from nnspec.notebook.captured import Captured
    from nnspec.notebook.found import Found
    from nnspec.notebook.repeating.placing import Placing
    from nnspec.notebook.static import Static


def add_to(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = add_command(
        commands,
        "notebook",
        run,
        help="run a notebook once: its fits, the figures that it prints, and what does not fit",
        description="A notebook (.ipynb) or a script (.py) is code: it is run, once, from the top, in a "
        "kernel of its own in its folder, as you would run it. What it fits is captured: models, data, "
        "arguments; cells that fail with today's libraries are told, and the rest goes on. Beside that "
        "stand the figures that its stored outputs print, and what does not fit: cells run out of order, "
        "logs of other code, figures older than their model. Then every captured fit is trained from many "
        "seeds, each printed figure is placed among the runs, and the printed order of models that are "
        "evaluated on the same examples is judged. With --static nothing is run.",
        epilog="Exit code: 0 nothing was found, 1 there are findings, cells that failed, fits that were not "
        "captured, figures that are lucky, unlucky or out of reach or orders that few runs have, 2 wrong "
        "usage or a file that cannot be read, 130 interrupted, 143 ended by SIGTERM, 129 by SIGHUP.",
    )
    parser.add_argument("file", metavar="FILE", help="a notebook or a script")
    parser.add_argument("--static", action="store_true", help="run nothing, and show what can be read")
    parser.add_argument(
        "--captured",
        metavar="FOLDER",
        help="keep what is captured: capture.json, arrays and the author's code as pickles; where they are "
        "there already, of this code and these libraries, the notebook is not run again",
    )
    parser.add_argument(
        "--run-limit", metavar="TIME", default="1h", help="time for the notebook's own run (default: 1h)"
    )
    parser.add_argument(
        "--once", action="store_true", help="run it once and capture, and train nothing again"
    )
    add_budget(parser)
    parser.add_argument(
        "--figure",
        action="append",
        default=[],
        metavar="CELL:METRIC=FIGURE",
        help="a figure that no output holds, of the prose for example: 12:accuracy=0.91; may be repeated",
    )
    add_files(parser)


def run(options: argparse.Namespace) -> int:
    """Read the notebook, run it unless that is not wanted, and print what is in it."""
    from nnspec.commands.terminal import notebook_tables
    from nnspec.notebook.findings.all_findings import findings_of
    from nnspec.notebook.found import Found
    from nnspec.notebook.reading import read_notebook
    from nnspec.notebook.static import read_static

    _check(options)
    check_files(options)
    static = read_static(read_notebook(options.file))
    check_draft(options, static)
    found = Found(static, findings_of(static))
    write_reading(options, found)
    notebook_tables.show(static, found.findings, run=not options.static)
    if options.static:
        write_files(options, found)
        return DIFFERENT if found.is_strange else DONE
    with _folder(options.captured) as folder:
        found = _run_once(options, found, folder)
        if found.captured is not None and not options.once:
            found = replace(found, placing=_place(options, static, found.captured))
        write_files(options, found)
        write_claims(options, found)
    return DIFFERENT if found.is_strange else DONE


def _run_once(options: argparse.Namespace, found: Found, folder: Path) -> Found:
    """Run the notebook, capture what it trains, and return what was found with that."""
    from nnspec.commands.terminal import notebook_run_tables
    from nnspec.commands.terminal.progress_line import progress_line
    from nnspec.notebook.after_run.all_found import found_after_run
    from nnspec.notebook.capture_record import FILE, capture_record, read_runs, write_capture
    from nnspec.notebook.captured import read_captured
    from nnspec.notebook.not_captured import not_captured
    from nnspec.notebook.rests_on import without_stale
    from nnspec.notebook.running.limits import Limits
    from nnspec.notebook.running.run import run_notebook

    static, before = found.static, (folder / FILE).exists()
    if before:
        runs = read_runs(static.notebook, folder)
    else:
        limits = Limits(seconds=time_of("--run-limit", options.run_limit).seconds or 0.0)
        with progress_line("Running the notebook") as tell:
            runs = run_notebook(
                static.notebook, folder, limits, lambda cell: tell(f"Running cell [{cell.number}]")
            )
    captured = without_stale(static, runs, read_captured(folder))
    missing = not_captured(static, runs, captured)
    if options.captured and not before:
        with writing("--captured", options.captured, "a folder that can be written"):
            write_capture(capture_record(static.notebook, runs, captured, missing), captured)
    notebook_run_tables.show(runs, captured, missing, before=options.captured if before else "")
    told = {(one.kind, one.cells) for one in found.findings}
    gone = [one for one in found_after_run(static, captured, runs) if (one.kind, one.cells) not in told]
    notebook_run_tables.show_gone(gone)
    findings = (*found.findings, *gone)
    return replace(found, findings=findings, runs=runs, captured=captured, missing=missing)


def _place(options: argparse.Namespace, static: Static, captured: Captured) -> Placing:
    """Train from many seeds, and place the printed figures."""
    from nnspec.commands.terminal import placed_table
    from nnspec.commands.terminal.progress_line import progress_line
    from nnspec.notebook.repeating.placing import place_figures

    with progress_line("Training from many seeds") as tell:
        placing = place_figures(
            static,
            captured,
            budget_of(options),
            given=options.figure,
            progress=lambda recipe, done, wanted: tell(f"Training {recipe}: {done:.0f} of {wanted} seeds"),
        )
    placed_table.show(placing)
    return placing


def _check(options: argparse.Namespace) -> None:
    """Refuse options that say nothing beside one another, before anything is run."""
    from nnspec.notebook.repeating.given_figures import checked

    budget_of(options)
    time_of("--run-limit", options.run_limit)
    for text in options.figure:
        checked("--figure", text)
    for name in ("captured", "results", "write", "seeds", "time", "figure"):
        if options.static and getattr(options, name):
            raise InvalidValue(f"--{name}", getattr(options, name), "none with --static, which runs nothing")
        if options.once and name != "captured" and getattr(options, name):
            expected = "none with --once, which trains nothing again"
            raise InvalidValue(f"--{name}", getattr(options, name), expected)


@contextlib.contextmanager
def _folder(asked: str | None) -> Iterator[Path]:
    """Give the folder that was asked for, new or with a capture, or one that is removed afterwards."""
    from nnspec.notebook.capture_record import FILE

    if asked is None:
        with tempfile.TemporaryDirectory(prefix="nnspec-notebook-") as name:
            yield Path(name)
        return
    path = Path(asked)
    with writing("--captured", asked, "a folder that can be written"):
        path.mkdir(parents=True, exist_ok=True)
        taken = any(path.iterdir()) and not (path / FILE).exists()
    if taken:
        raise InvalidValue(
            "--captured", asked, "a new or an empty folder, or one with what was captured before"
        )
    yield path
