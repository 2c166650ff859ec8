"""A notebook run from the top, cell after cell: what failed is told, and the rest goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.cells import Cell, Notebook, Output
from nnspec.notebook.inside.told_error import told
from nnspec.notebook.running.answered import cell_run
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.kernel import Kernel, kernel
from nnspec.notebook.running.limits import Limits
from nnspec.notebook.running.prepared import prepared, without_import
from nnspec.notebook.shown import write_shown

_PLACE = "nnspec.notebook.inside.place"


def run_notebook(
    notebook: Notebook,
    captured: Path,
    limits: Limits | None = None,
    begun: Callable[[Cell], None] = lambda cell: None,
) -> tuple[CellRun, ...]:
    """Run the cells of a notebook in a fresh kernel in its folder; what it trains is written to `captured`.

    `begun` is called with every cell before it runs. Whatever a cell does, those before it are kept: after a
    cell that failed the next one runs, after one that ended the kernel, or the time, none.

    Raises
    ------
    InvalidValue
        If the notebook is not one of Python, or no kernel starts.
    """
    if notebook.language not in ("", "python"):
        raise InvalidValue("file", notebook.path, "a notebook of Python", f"it is one of {notebook.language}")
    return asyncio.run(_run(notebook, captured, limits or Limits(), begun))


async def _run(
    notebook: Notebook, captured: Path, limits: Limits, begun: Callable[[Cell], None]
) -> tuple[CellRun, ...]:
    path = Path(notebook.path).resolve()
    runs: list[CellRun] = []
    async with kernel(path.parent, limits) as running:
        await _begin(running, path, notebook.kind == "script", captured.resolve(), limits)
        ends = time.monotonic() + limits.seconds
        for cell in notebook.code:
            left = ends - time.monotonic()
            if not running.alive or left <= 0:
                why = "the kernel had died" if not running.alive else f"the {limits.seconds:g} s were over"
                runs.append(CellRun(cell.number, "not run", message=why))
                continue
            begun(cell)
            shown: list[Output] = []
            runs.append(await _cell(running, cell, min(left, limits.cell_seconds), shown))
            write_shown(captured, cell.number, shown)
    return tuple(runs)


async def _begin(running: Kernel, path: Path, script: bool, captured: Path, limits: Limits) -> None:
    """Let the kernel capture what is trained, before anything of the notebook runs."""
    root = str(Path(__file__).resolve().parents[3])  # where the package is found
    lines = ["import sys", f"sys.path.append({root!r})"]
    lines += ["from nnspec.notebook.inside.begin import begin"]
    lines += [f"begin({str(captured)!r}, {limits.largest})", "del begin"]
    if script:
        lines += [
            f"__file__ = {str(path)!r}",
            f"sys.argv = [{str(path)!r}]",
            f"sys.path[0] = {str(path.parent)!r}",
        ]
    lines += [f"sys.path.remove({root!r})", "del sys"]
    answer = await running.run("\n".join(lines), 120.0)
    if answer.died or answer.error is not None:
        why = "it died" if answer.error is None else told(answer.error["ename"], answer.error["evalue"])
        raise InvalidValue("kernel", why, "one in which nnspec can be imported")


async def _cell(running: Kernel, cell: Cell, seconds: float, shown: list[Output]) -> CellRun:
    """Run a cell; where it imports what is not there, the rest of it without that.

    What it shows is added to `shown`.
    """
    ready, ends = prepared(cell.source), time.monotonic() + seconds
    source: str | None = ready.source
    failed: list[CellRun] = []
    last = CellRun(cell.number, "ran", remarks=ready.remarks)
    while source is not None and source.strip():
        running.tell(f"__import__({_PLACE!r}, fromlist=['place']).begin_cell({cell.number})")
        left = max(0.1, ends - time.monotonic())
        answer = await running.run(source, left)
        shown += answer.shown
        last = cell_run(cell, answer, seconds, ready.remarks)
        if last.outcome == "ran":
            break
        failed.append(last)
        missing = last.error in ("ModuleNotFoundError", "ImportError") and last.line is not None
        source = without_import(source, last.line or 0) if missing else None
    if not failed or failed == [last]:
        return last
    first, messages = failed[0], "; ".join(dict.fromkeys(one.message for one in failed))
    went_on = last.outcome == "ran"  # and came to the end of the cell
    return replace(
        last,
        outcome="failed" if went_on else last.outcome,
        went_on=went_on,
        error=first.error,
        line=first.line,
        today=first.today or last.today,
        message=f"{messages}; the rest was run without it" if went_on else messages,
    )
