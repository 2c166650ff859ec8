"""What of a notebook's training is not captured, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnspec.notebook.captured import Captured
from nnspec.notebook.repeating.chains import chain_of
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.static import Static


@dataclass(frozen=True)
class NotCaptured:
    """A call in a cell that cannot be repeated, and why."""

    cell: int | None
    what: str
    why: str


def not_captured(static: Static, runs: Sequence[CellRun], captured: Captured) -> tuple[NotCaptured, ...]:
    """Return the fits and evaluations that were not captured, in the order of the cells."""
    found = [*_refused(runs, captured), *_not_reached(static, runs, captured)]
    return tuple(sorted(found, key=lambda one: -1 if one.cell is None else one.cell))


def _refused(runs: Sequence[CellRun], captured: Captured) -> Iterator[NotCaptured]:
    fits = {fit.number: fit for fit in captured.fits}
    stopped = {run.cell: run.message for run in runs if run.outcome == "stopped"}
    for fit in captured.fits:
        if fit.stopped and fit.cell in stopped:
            yield NotCaptured(fit.cell, "fit", f"its cell was stopped: {stopped[fit.cell]}")
        elif fit.error:
            yield NotCaptured(fit.cell, "fit", f"it failed: {fit.error}")
        elif not fit.ended:
            yield NotCaptured(fit.cell, "fit", "it did not end")
        elif fit.why:
            yield NotCaptured(fit.cell, "fit", fit.why)
        elif isinstance(why := chain_of(fit, fits), str):
            yield NotCaptured(fit.cell, "fit", why)
    for one in captured.evaluations:
        if one.why:
            yield NotCaptured(one.cell, "evaluate", one.why)
    for problem in captured.problems:
        yield NotCaptured(problem.cell, problem.what, f"it could not be written down: {problem.error}")


def _not_reached(static: Static, runs: Sequence[CellRun], captured: Captured) -> Iterator[NotCaptured]:
    """Yield the fits in the source, outside of functions, of cells that did not come to them."""
    ended = {run.cell: run for run in runs}
    for cell, run in ended.items():
        calls = [
            call for call in static.calls if call.cell == cell and call.method == "fit" and not call.function
        ]
        begun = [fit for fit in captured.fits if fit.cell == cell and not fit.functions]
        missing = [call for call in calls if all(call.line > (fit.line or 0) for fit in begun)]
        if run.outcome != "ran":
            for call in missing:
                why = {"not run": "its cell was not run"}.get(run.outcome, "its cell ended before it")
                yield NotCaptured(cell, f"{call.model}.fit", why)
