"""A notebook run from the top, cell after cell: what failed is told, and the rest goes on."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.cells import Cell, Notebook
from nnspec.notebook.inside.told_error import told
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.kernel import Kernel, kernel
from nnspec.notebook.running.limits import Limits
from nnspec.notebook.running.prepared import prepared
from nnspec.notebook.running.today import today_of

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


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
            runs.append(await _cell(running, cell, min(left, limits.cell_seconds)))
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


async def _cell(running: Kernel, cell: Cell, seconds: float) -> CellRun:
    ready = prepared(cell.source)
    if not ready.source.strip():
        return CellRun(cell.number, "ran", remarks=ready.remarks)
    running.tell(f"__import__('nnspec.notebook.inside.place', fromlist=['place']).begin_cell({cell.number})")
    answer = await running.run(ready.source, seconds)
    remarks = ready.remarks + (("printed more than is kept",) if answer.cut else ())
    error = answer.error
    if answer.died:
        late = f"it did not stop after {seconds:g} s, and had to be ended"
        why = late if answer.stopped else "it died, of too little memory for example"
        return CellRun(cell.number, "kernel died", answer.seconds, message=why, remarks=remarks)
    if answer.stopped:
        why = f"it took more than {seconds:.3g} s"
        return CellRun(cell.number, "stopped", answer.seconds, message=why, remarks=remarks)
    if error is None:
        return CellRun(cell.number, "ran", answer.seconds, remarks=remarks)
    message = _message(error["ename"], error["evalue"])
    trace = [_ANSI.sub("", text) for text in error["traceback"]]
    line = _line(trace)
    code = cell.source.split("\n")[line - 1] if line and line <= cell.source.count("\n") + 1 else cell.source
    today = today_of(f"{error['ename']}: {error['evalue']}", code)
    return CellRun(cell.number, "failed", answer.seconds, error["ename"], message, line, today, remarks)


def _message(name: str, value: str) -> str:
    """Return an error in a line, and what it means where that is not plain."""
    if name == "ModuleNotFoundError" and (found := re.search(r"No module named '([^']+)'", value)):
        return f"the package {found[1]} is not installed"
    if name == "StdinNotImplementedError":
        return "it asks for input, and nobody is there to answer"
    return told(name, value)


def _line(trace: list[str]) -> int | None:
    """Return the line of the cell in which an error was raised, which IPython marks in the first frame."""
    text = "\n".join(trace)
    found = re.search(r"(?:Cell In\[\d+\], line |<ipython-input[^>]*>.*line )(\d+)", text)
    return int(found[1]) if found else None
