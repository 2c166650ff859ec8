"""Steps and examples that logs count, against those that the run had."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from nnspec.notebook.after_run.calls_behind import evaluation_of, fit_of
from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.figures import Log
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.static import Static

_OF_EXAMPLES, _OF_STEPS = "bar by sample", "Keras 3 bar"  # others count either, by their version


def steps(static: Static, captured: Captured) -> Iterator[Finding]:
    """Yield the logs that count other steps, or examples, than their call had when the notebook was run."""
    for log in static.logs:
        call = (fit_of if log.kind == "fit" else evaluation_of)(static, captured, log)
        given = None if call is None else _given(call)
        if call is None or given is None:
            continue
        examples, batches = given
        if log.examples not in (None, examples):
            told = f"stores a log of {log.examples} examples, and its {log.kind} has {examples}"
            yield Finding("steps", (log.cell,), f"Cell [{log.cell}] {told}.")
        elif log.steps is not None and log.steps not in _counted(log, examples, batches):
            told = f"stores a log that counts to {log.steps}, and {_today(log, call, examples, batches)}"
            yield Finding("steps", (log.cell,), f"Cell [{log.cell}] {told}.")


def _today(log: Log, call: Fit | Evaluation, examples: int, batches: int) -> str:
    if log.form == _OF_EXAMPLES:
        return f"its {log.kind} has {examples} examples"
    if _asked(call) is not None:
        return f"its {log.kind} is given {batches} steps"
    size = call.arguments.get("batch_size", 32)
    return f"{examples} examples in batches of {size} are {batches} steps"


def _counted(log: Log, examples: int, batches: int) -> tuple[int, ...]:
    """Return what a log of this form may count up to."""
    if log.form == _OF_EXAMPLES:
        return (examples,)
    return (batches,) if log.form == _OF_STEPS else (batches, examples)


def _given(call: Fit | Evaluation) -> tuple[int, int] | None:
    """Return examples and steps of an epoch, or of an evaluation; None where they are not known."""
    size = _size(call.data.get("x"))
    batch = call.arguments.get("batch_size", 32)
    if not size or not isinstance(batch, int) or batch < 1:
        return None
    share = call.arguments.get("validation_split", 0.0)
    examples = math.floor(size * (1 - share)) if share else size  # as Keras splits
    batches = math.ceil(examples / batch)
    asked = _asked(call)
    if asked is None:
        return examples, batches
    return (examples, asked) if 0 < asked <= batches else None  # of more, data would run out


def _asked(call: Fit | Evaluation) -> int | None:
    name = "steps_per_epoch" if isinstance(call, Fit) else "steps"
    found = call.arguments.get(name)
    return None if found is None else int(found)


def _size(kept: Mapping[str, Any] | None) -> int | None:
    """Return how many examples an array has, or the first one of several."""
    while kept is not None and "parts" in kept:
        parts = kept["parts"]
        kept = next(iter(parts.values() if isinstance(parts, Mapping) else parts), None)
    shape = None if kept is None or "why" in kept else kept.get("shape")
    return int(shape[0]) if shape else None
