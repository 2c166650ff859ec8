"""How the cells of a notebook came out, in sentences: those that came out alike in one."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.notebook.running.cell_run import CellRun

_MOST = 12  # cells that are named


def came_out(runs: Sequence[CellRun]) -> list[tuple[int, str]]:
    """Return a cell and a sentence for all that was not as it should be, and for what was left out of cells.

    Of cells that were not run, and of those that lacked a name, the first one stands for the others.
    """
    alike = [[run for run in runs if _lacks_a_name(run)], [run for run in runs if run.outcome == "not run"]]
    told: list[tuple[int, str]] = []
    for run in runs:
        group = next((group for group in alike if run in group), [run])
        if run.sentence and run is group[0]:
            told.append((run.cell, run.sentence + _so_did(group)))
        told += [(run.cell, f"[{run.cell}] {remark}") for remark in run.remarks]
    return told


def _lacks_a_name(run: CellRun) -> bool:
    return run.outcome == "failed" and run.error == "NameError"


def _so_did(group: Sequence[CellRun]) -> str:
    """Return which cells came out as the first one did; many of them as a number."""
    others = [f"[{run.cell}]" for run in group[1:]]
    if not others:
        return ""
    cells = ", ".join(others) if len(others) <= _MOST else f"{len(others)} other cells"
    if group[0].outcome == "not run":
        return f"; nor were {cells}"
    return f"; so did {cells}, for want of names that other cells would have bound"
