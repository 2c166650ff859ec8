"""A printed figure as a claim: placed among the runs of what it is of, as figures of documents are."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nnspec.claims.declarations import Claim
from nnspec.claims.document import Document
from nnspec.claims.figure import Figure
from nnspec.notebook import figures
from nnspec.notebook.cells import Notebook
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.quantities import Quantity
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.runs.runs import Runs
from nnspec.statistics.figures import MOST_DECIMALS, slack

_SINGLE = 7  # digits beyond which a printed number is a float32 written out


def document_of(notebook: Notebook) -> Document:
    """Return a notebook as a document, whose sections are its cells."""
    name = Path(notebook.path).name
    key = re.sub(r"[^\w.-]+", "-", Path(notebook.path).stem).strip("-.") or "notebook"
    return Document(key, name, tuple(section_of(cell.number) for cell in notebook.cells))


def claim_of(asked: Asked, repeated: Repeated, quantity: Quantity, document: Document) -> Claim | str:
    """Return the claim that a run does at least as well as a printed figure, or why there is none."""
    figure = asked.figure
    written = documented(figure)
    if written is None:
        return f"{figure.printed} is no number that runs could be compared with"
    name, of, better = quantity.name, quantity.of, quantity.better
    printed = Figure(written, of, better)
    said = figure.printed + (" %" if figure.percent else "")
    section, verb = section_of(figure.cell), "is said to give" if figure.form == "given" else "prints"

    near = slack(printed.number, printed.decimals)

    def predicate(runs: Runs) -> Any:
        values = of(runs)
        return values >= printed.number - near if better == "higher" else values <= printed.number + near

    return Claim(
        id=f"{document.key}-cell-{figure.cell}-line-{figure.line}-{name}",
        part="",
        source=document.at(section),
        statement=f"A run does at least as well as {asked.key} {said}, which {section} {verb} "
        f"({quantity.what})",
        says=f"{section} {verb} {asked.key} {said}.",
        reading="figure",
        word="",
        recipes=MappingProxyType({"runs": repeated.recipe}),
        counterfactual=MappingProxyType({}),
        without="",
        share=0.5,
        because="a figure of one run of the notebook",
        documented=MappingProxyType({name: printed}),
        verdict="undecided",
        measured="",
        predicate=predicate,
        picture=None,
        beyond="",
        headline="",
    )


def documented(figure: figures.Figure) -> float | str | None:
    """Return a figure as a claim has it: in the digits that were printed, a percentage as a share.

    A value that Python wrote out whole, as of a list that was returned, is the number itself; None where it
    is not finite.
    """
    try:
        number = Decimal(figure.printed)
    except ArithmeticError:
        return None
    if not number.is_finite():
        return None
    number = number.scaleb(-2) if figure.percent else number
    # nobody prints a share in a single decimal: such a one, 1.0, is written out
    short = figure.kind == "sentence" and figure.decimals < 2 and not figure.percent
    long = len(number.as_tuple().digits) > _SINGLE or "e" in figure.printed.lower()
    if short or long or figure.form.startswith("returned"):
        return float(number)
    text = format(number, "f")
    return text if len(text.partition(".")[2]) <= MOST_DECIMALS else float(number)


def section_of(cell: int) -> str:
    """Return what the section of a cell is called."""
    return f"Cell [{cell}]"
