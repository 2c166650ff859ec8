"""How the run of one cell came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["ran", "failed", "stopped", "kernel died", "not run"]


@dataclass(frozen=True)
class CellRun:
    """The run of a cell.

    `error` and `message` are of what it raised, `line` the line of the cell in which that was, from 1.
    `today` is the call that does now what a failed one did when it was written, where it is known. `remarks`
    are sentences on what was left out, without the cell as their subject. `went_on` is true of a cell whose
    rest was run without an import that failed.
    """

    cell: int
    outcome: Outcome
    seconds: float = 0.0
    error: str = ""
    message: str = ""
    line: int | None = None
    today: str = ""
    remarks: tuple[str, ...] = ()
    went_on: bool = False

    @property
    def sentence(self) -> str:
        """Return what there is to say of it in a line; empty for a cell that ran."""
        if self.outcome == "ran":
            return ""
        where = f"[{self.cell}]" + (f" line {self.line}" if self.line else "")
        what = {
            "failed": f"failed: {self.message}",
            "stopped": f"was stopped: {self.message}",
            "kernel died": f"ended its kernel: {self.message}",
            "not run": f"was not run: {self.message}",
        }[self.outcome]
        return f"{where} {what}" + (f"; today: {self.today}" if self.today else "")
