"""What a kernel's answer to a cell says of its run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nnspec.notebook.cells import Cell
from nnspec.notebook.inside.told_error import told
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.kernel import Answer
from nnspec.notebook.running.today import today_of

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def cell_run(cell: Cell, answer: Answer, seconds: float, remarks: Sequence[str] = ()) -> CellRun:
    """Return how a cell came out that was given so many seconds."""
    number, took = cell.number, answer.seconds
    said = tuple(remarks) + (("printed more than is kept",) if answer.cut else ())
    if answer.died:
        late = f"it did not stop after {seconds:.3g} s, and had to be ended"
        why = late if answer.stopped else "it died, of too little memory for example"
        return CellRun(number, "kernel died", took, message=why, remarks=said)
    if answer.stopped:
        return CellRun(number, "stopped", took, message=f"it took more than {seconds:.3g} s", remarks=said)
    if answer.error is None:
        return CellRun(number, "ran", took, remarks=said)
    name, value = answer.error["ename"], answer.error["evalue"]
    line = _line(answer.error["traceback"])
    lines = cell.source.split("\n")
    code = lines[line - 1] if line and line <= len(lines) else cell.source
    today = today_of(f"{name}: {value}", code)
    return CellRun(number, "failed", took, name, _message(name, value), line, today, said)


def _message(name: str, value: str) -> str:
    """Return an error in a line, and what it means where that is not plain."""
    if name == "ModuleNotFoundError" and (found := re.search(r"No module named '([^']+)'", value)):
        return f"the package {found[1]} is not installed"
    if name == "StdinNotImplementedError":
        return "it asks for input, and nobody is there to answer"
    return told(name, value)


def _line(trace: Sequence[str]) -> int | None:
    """Return the line of the cell in which an error was raised, which IPython marks in the first frame."""
    text = _ANSI.sub("", "\n".join(trace))
    found = re.search(r"(?:Cell In\[\d+\], line |<ipython-input[^>]*>.*line )(\d+)", text)
    return int(found[1]) if found else None
