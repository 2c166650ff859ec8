"""Where in the notebook something is called: its cell, the line, the helper functions around it."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass
class _Now:
    cell: int | None = None


_now = _Now()


def begin_cell(number: int) -> None:
    """Note that a cell begins."""
    _now.cell = number


def place() -> dict[str, object]:
    """Return the cell that runs, the line of its code, and the author's functions, from the outermost.

    `line` is None where the call is in another file.
    """
    frame = sys._getframe(1)
    functions: list[str] = []
    line = None
    while frame is not None:
        if _is_of_a_cell(frame.f_code.co_filename):
            name = frame.f_code.co_name
            if name != "<module>":
                functions.append(name)
            else:
                line = frame.f_lineno
                break
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    return {"cell": _now.cell, "line": line, "functions": functions[::-1]}


def _is_of_a_cell(file: str) -> bool:
    """Tell a cell, which IPython compiles under a name of its own, also under %%time, from a library."""
    return "ipykernel_" in file or file.startswith(("<ipython-input", "<timed"))
