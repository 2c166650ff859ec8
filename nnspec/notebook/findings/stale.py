"""Figures that a model or data of another moment printed, by the execution counts."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnspec.notebook.findings.finding import Finding
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

    Names are followed through the cells that bind them; only the last run of a cell has a count.
    """
    runs = _runs(static)
    figures = {one.cell for one in static.figures if one.kind in ("fit", "evaluate") and one.cell in runs}
    done: set[tuple[int, int, str]] = set()
    for cell in sorted(figures):
        waiting = [(cell, _used(static, cell))]
        seen: set[int] = set()
        while waiting:
            reader, names = waiting.pop()
            if reader in seen:
                continue
            seen.add(reader)
            for name in sorted(names):
                above = _above(static, runs, reader, name)
                if above is None:
                    continue
                finding = _compare(runs, reader, above, name)
                if finding is None:
                    waiting.append((above, set(runs[above].reads)))
                elif (key := (reader, finding.cells[-1], name)) not in done:
                    done.add(key)
                    yield finding


def _compare(runs: Mapping[int, _Run], reader: int, above: int, name: str) -> Finding | None:
    when = runs[reader].count
    if runs[above].count > when:
        return Finding(
            "printed before",
            (reader, above),
            f"Cell [{reader}] ran as number {when}, before the last run of cell [{above}] (number "
            f"{runs[above].count}), which binds {name}: what it shows is older than that {name}.",
        )
    between = [
        (run.count, cell)
        for cell, run in runs.items()
        if cell > reader and name in run.binds and runs[above].count < run.count < when
    ]
    if not between or runs[max(between)[1]].code == runs[above].code:
        return None
    count, below = max(between)
    return Finding(
        "bound below",
        (reader, below),
        f"Cell [{reader}] ran as number {when}, after cell [{below}] (number {count}), which stands below it "
        f"and binds {name} anew: what it shows may be of that {name}.",
    )


def _above(static: Static, runs: Mapping[int, _Run], reader: int, name: str) -> int | None:
    """Return the last cell above that binds a name; None where it never ran, or the cell binds it itself."""
    cells = [cell for cell, tree in static.code.trees.items() if cell < reader and name in bound_names(tree)]
    return cells[-1] if cells and cells[-1] in runs and name not in runs[reader].binds else None


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
