"""The printed figures of a notebook as a page shows them, and the orders of its models."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnspec.notebook import figure_words as words
from nnspec.notebook.found import Found
from nnspec.report.claim import ShownClaim, evidence
from nnspec.report.drawing.strip import strip
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import count


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its claim as the report draws it, and what a table says of it in words."""

    cell: int
    what: str
    metric: str
    printed: str
    place: str
    reader: str
    odd: bool
    item: ShownClaim


def shown_figures(found: Found) -> tuple[ShownFigure, ...]:
    """Return the figures that were placed, in the order of the notebook."""
    placing = found.placing
    if placing is None:
        return ()
    shown = []
    for number, one in enumerate(placing.placed, 1):
        item = _drawn(evidence(printable(one.result), placing.results.budget))
        asked = one.asked
        told = words.printed(asked), words.place(one), words.reader_gets(one), one.odd
        runs = f"{one.result.successes or 0:,} of {count(one.result.seeds or 0, 'run')}"
        title = f"{printable(asked.key)} {told[0]}, {words.what(one)}: {runs} do at least as well"
        shown.append(
            ShownFigure(
                asked.figure.cell,
                words.what(one),
                printable(asked.key),
                *told,
                replace(item, found=title, anchor=f"figure-{number}"),
            )
        )
    return tuple(sorted(shown, key=lambda figure: figure.cell))


def _drawn(item: ShownClaim) -> ShownClaim:
    """Return a claim with its runs beside the printed figure, without what its statement says already."""
    figure = next(iter(item.figures.values()))
    strips = tuple(
        strip(one.label, one.claim, documented=figure.documented, own="trained again")
        for one in item.quantities
    )
    plain = replace(item, says="", reading_sentence="", because="", asked_in_words="")
    # what a reader gets stands in the table of the figures
    return replace(plain, strips=strips, profile="", gets=("",) * len(strips))


def shown_orders(found: Found) -> tuple[ShownClaim, ...]:
    """Return the orders of models among the runs."""
    budget = found.placing.results.budget if found.placing else "standard"
    items = [evidence(printable(one), budget) for one in found.orders]
    return tuple(replace(item, anchor=f"order-{number}") for number, item in enumerate(items, 1))
