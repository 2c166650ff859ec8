"""The page of a notebook: figures first, then orders of models and findings, then the cells."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.notebook.figure_words import OPEN, drawn, not_luck, offers, seeded
from nnspec.notebook.found import Found
from nnspec.notebook.page.cells import shown_cells, told_of_runs
from nnspec.notebook.page.figures import ShownFigure, shown_figures, shown_orders
from nnspec.notebook.page.links import linked
from nnspec.report.page import template
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import count, duration

Tile = tuple[str, int, str]  # class in HTML, number, what is counted


def render(found: Found) -> str:
    """Return all that was found of a notebook as one HTML file, which asks the network nothing."""
    figures, orders = shown_figures(found), shown_orders(found)
    cells = printable(shown_cells(found, figures))
    told = printable([text for _, text in told_of_runs(found)])
    placing = found.placing
    numbers = {cell.number for cell in cells}
    said = [*not_luck(placing), drawn(placing), offers(placing), seeded(placing)] if placing else []
    return template("notebook.html.jinja").render(
        file=printable(found.name),
        lead=_lead(found),
        how=how_it_ran(found),
        tiles=_tiles(found, figures),
        figures=figures,
        orders=orders,
        findings=printable([one.sentence for one in found.findings]),
        told=told,
        served=found.captured.served if found.captured else (),
        said=printable([one for one in said if one]),
        cells=cells,
        results=placing.results if placing else None,
        environment={"date": "", "machine": "", "engine": ""}
        | dict(printable(placing.results.environment) if placing else {}),
        with_links=lambda text: linked(text, numbers),
        since=None,
        open=OPEN,
    )


def how_it_ran(found: Found) -> str:
    """Return how the notebook's own run was, in a sentence."""
    if not found.runs:
        return "Nothing was run: this is what can be read."
    ran = len(found.runs) - len(found.failed)
    seconds = duration(sum(run.seconds for run in found.runs))
    fits = len([fit for fit in found.captured.fits if fit.ended and not fit.error]) if found.captured else 0
    return (
        f"Run once, from the top: {ran} of {count(len(found.runs), 'cell')} of code came to their end, in "
        f"{seconds}; {count(fits, 'fit')} captured."
    )


def _lead(found: Found) -> str:
    if found.placing is not None:
        return (
            "An author runs a notebook once, and prints what came out. Here every fit of it is trained from "
            "many seeds, and each printed figure is placed among these runs: what a reader will get, and how "
            "many runs do as well."
        )
    if found.runs:
        return "The notebook was run once, and what it fits was captured; nothing was trained again."
    return "Nothing was run or trained: this is what the notebook says, and what does not fit in it."


def _tiles(found: Found, figures: Sequence[ShownFigure]) -> list[Tile]:
    odd = sum(one.odd for one in figures)
    undecided = sum(one.place == OPEN for one in figures)
    tiles: list[Tile] = []
    if found.placing is not None:
        without = len(found.placing.not_placed)
        tiles = [
            ("placed", len(figures), "printed figures among the runs"),
            ("refuted", odd, "lucky, unlucky or out of reach"),
            ("undecided", undecided, "open, for want of seeds"),
            ("undecided", without, "without a place"),
        ]
    findings = len(found.findings)
    return [*tiles, ("facts", findings, "finding" if findings == 1 else "findings")]
