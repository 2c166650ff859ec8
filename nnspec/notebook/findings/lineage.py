"""The cells of code on which a cell rests, by the names that it reads."""

from __future__ import annotations

from nnspec.notebook.source import bound_names, read_names
from nnspec.notebook.static import Static


def binder_above(static: Static, reader: int, name: str) -> int | None:
    """Return the last cell above a reader that binds a name."""
    trees = static.code.trees
    cells = [cell for cell in trees if cell < reader and name in bound_names(trees[cell])]
    return cells[-1] if cells else None


def lineage(static: Static, cell: int) -> list[int]:
    """Return a cell, those above that bind what it reads, and those that compile in between, from the top."""
    trees = static.code.trees
    found, waiting = {cell}, [cell] if cell in trees else []
    while waiting:
        reader = waiting.pop()
        for name in read_names(trees[reader]):
            above = binder_above(static, reader, name)
            if above is None or above in found:
                continue
            compiled = {
                call.cell
                for call in static.calls
                if call.method == "compile" and call.model == name and above < call.cell < reader
            }
            new = {above, *compiled} - found
            found |= new
            waiting += new
    return sorted(found)
