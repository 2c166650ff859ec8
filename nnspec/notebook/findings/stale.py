"""Figures that a model or data of another moment printed, by the execution counts."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnspec.notebook.findings.finding import Finding, listed
from nnspec.notebook.findings.lineage import binder_above
from nnspec.notebook.source import bound_names, read_names
from nnspec.notebook.static import Static


@dataclass(frozen=True)
class _Run:
    """What a cell binds and reads, and when it ran last."""

    count: int
    binds: frozenset[str]
    reads: frozenset[str]
    code: str


def stale(static: Static) -> Iterator[Finding]:
    """Yield cells with figures whose model or data were bound by another cell than the last one above.

    Names are followed through the cells that bind them; only the last run of a cell has a count. A cell that
    was run again after a figure may have been changed before that, so this is said of it.
    """
    runs = _runs(static)
    figures = {one.cell for one in static.figures if one.kind in ("fit", "evaluate") and one.cell in runs}
    for cell in sorted(figures):
        again: dict[str, int] = {}  # names, and the cells that bound them once more
        below: dict[str, int] = {}
        waiting, seen = [(cell, _used(static, cell))], {cell}
        while waiting:
            reader, names = waiting.pop()
            for name in sorted(names):
                above = _above(static, runs, reader, name)
                if above is None:
                    continue
                if runs[above].count > runs[cell].count:
                    again[name] = above
                elif (other := _between(runs, reader, above, name)) is not None:
                    below[name] = other
                elif above not in seen:
                    seen.add(above)
                    waiting.append((above, set(runs[above].reads)))
        count = runs[cell].count
        if again:
            yield Finding(
                "printed before", (cell, *sorted(set(again.values()))), _told(cell, count, again, runs)
            )
        for name, other in below.items():
            yield Finding(
                "bound below",
                (cell, other),
                f"Cell [{cell}] ran as number {count}, after cell [{other}] (number {runs[other].count}), "
                f"which stands below it and binds {name} anew: its figures may be of that {name}.",
            )


def _told(cell: int, count: int, again: Mapping[str, int], runs: Mapping[int, _Run]) -> str:
    parts = [
        f"[{other}], which binds {name}" for name, other in sorted(again.items(), key=lambda one: one[1])
    ]
    last = max(runs[other].count for other in again.values())
    return (
        f"Cell [{cell}] printed its figures as number {count}, and what they rest on was run again "
        f"later, up to number {last}: {listed(parts)}."
    )


def _between(runs: Mapping[int, _Run], reader: int, above: int, name: str) -> int | None:
    """Return the cell below a reader that bound a name last before the reader ran, by other code."""
    when = runs[reader].count
    between = [
        (run.count, cell)
        for cell, run in runs.items()
        if cell > reader and name in run.binds and runs[above].count < run.count < when
    ]
    return max(between)[1] if between and runs[max(between)[1]].code != runs[above].code else None


def _above(static: Static, runs: Mapping[int, _Run], reader: int, name: str) -> int | None:
    """Return the last cell above that binds a name; None where it never ran, or the cell binds it itself."""
    above = binder_above(static, reader, name)
    return above if above in runs and name not in runs[reader].binds else None


def _runs(static: Static) -> dict[int, _Run]:
    runs: dict[int, _Run] = {}
    for cell in static.notebook.code:
        tree = static.code.trees.get(cell.number)
        if tree is not None and cell.execution_count is not None:
            binds, reads = frozenset(bound_names(tree)), frozenset(read_names(tree))
            runs[cell.number] = _Run(cell.execution_count, binds, reads, ast.dump(tree))
    return runs


def _used(static: Static, cell: int) -> set[str]:
    """Return the names that the fits and evaluates of a cell use: models and arguments."""
    calls = [call for call in static.calls if call.cell == cell and call.method != "compile"]
    texts = [text for call in calls for text in (call.model, *call.arguments.values())]
    names: set[str] = set()
    for text in texts:
        try:
            names |= read_names(ast.parse(text, mode="eval"))
        except SyntaxError:  # shortened
            continue
    return names
