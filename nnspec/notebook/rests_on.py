"""Fits and evaluations that rest on what a failed cell did not come to bind: they have older data or models.

After a cell that failed the next one runs, and may find a name as a cell far above left it. What is trained
then is not what the author trained.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nnspec.notebook.captured import Captured
from nnspec.notebook.findings.lineage import binder_above
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.source import bound_names, read_names
from nnspec.notebook.static import Static


def without_stale(static: Static, runs: Sequence[CellRun], captured: Captured) -> Captured:
    """Return what was captured, fits and evaluations with the reason if they rest on what was not bound."""
    unbound = _unbound(static, runs)
    whys = {run.cell: _why(static, unbound, run.cell) for run in runs} if unbound else {}
    fits = [replace(one, why=one.why or whys.get(one.cell or 0, "")) for one in captured.fits]
    evaluations = [replace(one, why=one.why or whys.get(one.cell or 0, "")) for one in captured.evaluations]
    return replace(captured, fits=tuple(fits), evaluations=tuple(evaluations))


def stale_cells(static: Static, runs: Sequence[CellRun]) -> set[int]:
    """Return the cells that rest on what a failed one did not come to bind, and those that failed."""
    unbound = _unbound(static, runs)
    failed = {run.cell for run in runs if run.outcome != "ran"}
    return failed | {run.cell for run in runs if unbound and _why(static, unbound, run.cell)}


def _unbound(static: Static, runs: Sequence[CellRun]) -> dict[int, set[str]]:
    """Return by failed cells the names that they bind from the line on in which they failed."""
    found: dict[int, set[str]] = {}
    for run in runs:
        tree = static.code.trees.get(run.cell)
        if tree is None or run.outcome == "ran" or run.went_on:
            continue
        done = [one for one in tree.body if run.line is not None and (one.end_lineno or 0) < run.line]
        bound = {name for one in done for name in bound_names(ast.Module([one], []))}
        if names := bound_names(tree) - bound:
            found[run.cell] = names
    return found


def _why(static: Static, unbound: Mapping[int, set[str]], cell: int) -> str:
    trees = static.code.trees
    seen, waiting = {cell}, [cell] if cell in trees else []
    while waiting:
        reader = waiting.pop(0)
        for name in sorted(_needed(trees[reader])):
            above = binder_above(static, reader, name)
            if above is None:
                continue
            if name in unbound.get(above, ()):
                return f"it rests on {name}, which cell [{above}] failed to bind: what it has is older"
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return ""


def _needed(tree: ast.Module) -> set[str]:
    """Return the names that a cell reads before it binds them itself."""
    first: dict[str, tuple[int, bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            at = node.lineno, isinstance(node.ctx, ast.Store)  # of one line the reading comes first
            first[node.id] = min(first.get(node.id, at), at)
    return {name for name in read_names(tree) if not first[name][1]}
