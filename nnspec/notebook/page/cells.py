"""The cells of a notebook as a page shows them: those of which there is something to tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnspec.notebook.captured import Fit
from nnspec.notebook.figure_words import without_a_place
from nnspec.notebook.found import Found
from nnspec.notebook.page.figures import ShownFigure
from nnspec.notebook.page.links import cells_in
from nnspec.notebook.run_words import came_out

_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*\s*$", re.M)


@dataclass(frozen=True)
class ShownCell:
    """A cell with what is told of it.

    `under` is the heading of the notebook above it, `source` its code, empty for a cell of Markdown. `told`
    are sentences on its run and on what is not captured, `fits` what it trained, `figures` those with a place
    and `without` the reasons of the others; `findings` and `candidates` are sentences about it.
    """

    number: int
    under: str
    source: str
    told: tuple[str, ...]
    fits: tuple[str, ...]
    figures: tuple[ShownFigure, ...]
    without: tuple[str, ...]
    findings: tuple[str, ...]
    candidates: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any((self.told, self.fits, self.figures, self.without, self.findings, self.candidates))


def shown_cells(found: Found, figures: tuple[ShownFigure, ...]) -> tuple[ShownCell, ...]:
    """Return the cells with something to tell, and those that are named elsewhere, in their order."""
    cells = [*_all(found, figures)]
    named = {
        number
        for cell in cells
        for text in (*cell.told, *cell.fits, *cell.without, *cell.findings)
        for number in cells_in(text)
    }
    return tuple(cell for cell in cells if not cell.is_empty or cell.number in named)


def told_of_runs(found: Found, together: bool = False) -> list[tuple[int | None, str]]:
    """Return what is told of the runs of cells, each with its cell: errors, remarks, what is not captured.

    `together` tells of cells that came out alike in one sentence.
    """
    told: list[tuple[int | None, str]] = []
    for runs in [found.runs] if together else [[run] for run in found.runs]:
        told += came_out(runs)
    for cell, remark in found.captured.remarks if found.captured else ():
        told.append((cell, f"{'' if cell is None else f'[{cell}] '}{remark}"))
    for one in found.missing:
        where = "" if one.cell is None else f"[{one.cell}] "
        told.append((one.cell, f"{where}{one.what} is not captured: {one.why}"))
    return told


def _all(found: Found, figures: tuple[ShownFigure, ...]) -> list[ShownCell]:
    notebook, told = found.static.notebook, told_of_runs(found)
    refused = without_a_place(found.placing.not_placed) if found.placing else []
    fits = found.captured.fits if found.captured else ()
    shown, under = [], ""
    for cell in notebook.cells:
        if cell.kind == "markdown" and (headings := _HEADING.findall(cell.source)):
            under = headings[-1]
        shown.append(
            ShownCell(
                cell.number,
                under,
                cell.source if cell.kind == "code" else "",
                tuple(text for number, text in told if number == cell.number),
                tuple(fit_in_words(fit) for fit in fits if fit.cell == cell.number and fit.ended),
                tuple(one for one in figures if one.cell == cell.number),
                tuple(why for number, why in refused if number == cell.number),
                tuple(one.sentence for one in found.findings if cell.number in one.cells),
                _candidates(found, cell.number),
            )
        )
    return shown


def fit_in_words(fit: Fit) -> str:
    """Return a captured fit in a sentence: what it trains, on how much, and where it ended in this run."""
    inside = f" in {fit.functions[-1]}()" if fit.functions else ""
    epochs = fit.arguments.get("epochs", 1)
    shape = (fit.data.get("x") or {}).get("shape")
    examples = f", {shape[0]:,} examples" if shape else ""
    start = fit.start.get("initial", "")
    after = fit.start.get("after")
    begins = {
        "continued": f", goes on after fit {after}",
        "transferred": f", begins with weights of fit {after}",
    }.get(start, "")
    last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in fit.history.items() if values)
    ended = f"it failed: {fit.error}" if fit.error else f"this run ended with {last}" if last else "it ended"
    number = f"{epochs} epoch" + "s" * (epochs != 1)
    return f"Fit {fit.number}{inside}: {fit.model['name']}, {number}{examples}{begins}; {ended}."


def _candidates(found: Found, cell: int) -> tuple[str, ...]:
    """Return the figures that a cell of prose names, each once with its sentence."""
    of = {one: f" of {one.data}" if one.data else "" for one in found.static.candidates if one.cell == cell}
    said = [
        f"{one.metric} {one.printed}{' %' * one.percent}{data}: “{one.sentence[:200]}”"
        for one, data in of.items()
    ]
    return tuple(dict.fromkeys(said))
