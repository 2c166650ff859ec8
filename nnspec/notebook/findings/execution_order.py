"""Execution counts that do not rise from cell to cell, or leave some out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nnspec.notebook.findings.finding import Finding, listed
from nnspec.notebook.static import Static


def execution_order(static: Static) -> Iterator[Finding]:
    """Yield what the execution counts say: cells that ran before one above them, and runs without a cell."""
    ran = [(cell.number, cell.execution_count) for cell in static.notebook.code if cell.execution_count]
    counts = [(number, count) for number, count in ran if count is not None]
    back = [(one, other) for one, other in pairwise(counts) if other[1] <= one[1]]
    if back:
        places = listed([f"[{other}] as number {m} after [{one}] as {n}" for (one, n), (other, m) in back])
        cells = tuple(other for _, (other, _) in back)
        yield Finding("execution order", cells, f"Cells did not run from the top: {places}.")
    there = {count for _, count in counts}
    missing = sorted(set(range(1, max(there, default=0) + 1)) - there)
    if missing:
        what = f"{len(missing)} of {max(there)} runs left no cell"
        spans = listed([f"{a}" if a == b else f"{a}–{b}" for a, b in _spans(missing)])
        cells = tuple(number for number, count in counts if count - 1 in missing)
        yield Finding("execution gap", cells, f"{what} ({spans}): cells were run again, changed or deleted.")


def _spans(numbers: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans
