"""All that a notebook prints and its code no longer does, as far as its one run shows it."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.notebook.after_run.metrics import metrics
from nnspec.notebook.after_run.steps import steps
from nnspec.notebook.after_run.summaries import summaries
from nnspec.notebook.captured import Captured
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.rests_on import stale_cells
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.static import Static

_CHECKS = (steps, metrics, summaries)


def found_after_run(static: Static, captured: Captured, runs: Sequence[CellRun] = ()) -> tuple[Finding, ...]:
    """Return all that is printed and no longer done, kind by kind: none of it can come about by chance.

    Of cells that failed, and those that rest on them, nothing is said: what they did was not what is meant.
    """
    left_out = stale_cells(static, runs)
    found = (finding for check in _CHECKS for finding in check(static, captured))
    return tuple(one for one in found if not left_out & set(one.cells))
