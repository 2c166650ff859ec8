"""The captured call that a printed log is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.figures import Log
from nnspec.notebook.static import Static

T = TypeVar("T", Fit, Evaluation)


def fit_of(static: Static, captured: Captured, log: Log) -> Fit | None:
    """Return the fit that printed a log today; None where a cell has another number of them than of logs."""
    return _of(static, log, [one for one in captured.fits if one.cell == log.cell and one.prints])


def evaluation_of(static: Static, captured: Captured, log: Log) -> Evaluation | None:
    """Return the evaluation that printed a line today, as `fit_of`."""
    return _of(static, log, [one for one in captured.evaluations if one.cell == log.cell and one.prints])


def _of(static: Static, log: Log, calls: Sequence[T]) -> T | None:
    logs = [one for one in static.logs if (one.cell, one.kind) == (log.cell, log.kind)]
    return calls[log.order] if len(calls) == len(logs) else None
