"""Fits whose printed figures are of other data than the runs, since the notebook draws them anew each time.

Whether such figures differ because something has changed, or because of the data, no training tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nnspec.notebook.captured import Captured
from nnspec.notebook.drawn import drawn_for
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.static import Static


def other_data_of(static: Static, captured: Captured, asked: Sequence[Asked]) -> dict[int, str]:
    """Return by the number of a fit what draws data without a seed, of which it or its evaluations rest."""
    cells: dict[int, set[int | None]] = {}
    fits = {fit.number: fit for fit in captured.fits}
    for one in asked:
        own = cells.setdefault(one.fit, {fits[one.fit].cell})
        own |= set() if one.evaluation is None else {one.evaluation.cell}
    found: dict[int, str] = {}
    for fit, where in cells.items():
        if drawn := drawn_for(static, where):
            calls = ", ".join(f"{name} in [{cell}]" for cell, name in drawn)
            found[fit] = f"the notebook draws its data without a seed ({calls})"
    return found


def differing(one: Captured, other: Captured) -> dict[int, str]:
    """Return by the number of a fit that two runs of a notebook gave it, or its evaluations, other data."""
    found: dict[int, str] = {}
    theirs: Mapping[int, object] = {fit.number: fit.data for fit in other.fits}
    evaluated: Mapping[int, object] = {each.number: each.data for each in other.evaluations}
    for fit in one.fits:
        mine = [each for each in one.evaluations if each.fit == fit.number]
        same = theirs.get(fit.number, fit.data) == fit.data
        if not same or any(evaluated.get(each.number, each.data) != each.data for each in mine):
            found[fit.number] = "two runs of the notebook had other data, which no seed holds"
    return found
