"""Figures in the prose that are not the printed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnspec.notebook.figures import Figure
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.metric_names import data_in
from nnspec.notebook.sentences import Candidate
from nnspec.notebook.static import Static

_HEDGED = re.compile(
    r"about|around|over|above|below|nearly|almost|approx|roughly|less|more|up to|at least|should|could|would"
    r"|baseline|random|≈|~|paper|state of the art|typical|expect|might|may be",
    re.I,
)
_NEAR = 0.05  # a share that lies further off is rarely said of the same figure


def prose(static: Static) -> Iterator[Finding]:
    """Yield sentences, right below a test's or validation's figure, with another figure of it at their digits.

    Only accuracies without a hedge, one to a sentence, that say which examples they are of.
    """
    for candidate in static.candidates:
        alone = sum(one.sentence == candidate.sentence for one in static.candidates) == 1
        told = candidate.name == "accuracy" and data_in(candidate.sentence) in ("test", "validation")
        if not (alone and told) or _HEDGED.search(candidate.sentence):
            continue
        printed = [one for one in _above(static, candidate.cell) if _same(one, candidate)]
        shown = [one for one in static.figures if one.name.endswith("accuracy") and _agrees(one, candidate)]
        near = [one for one in printed if abs(one.value - _share(candidate)) < _NEAR]
        if near and not shown:
            mark = " %" if candidate.percent else ""
            yield Finding(
                "prose",
                (candidate.cell, near[-1].cell),
                f"Cell [{candidate.cell}] says {candidate.data} accuracy {candidate.printed}{mark}, and cell "
                f"[{near[-1].cell}] printed {near[-1].printed}{' %' if near[-1].percent else ''}.",
            )


def _above(static: Static, cell: int) -> list[Figure]:
    """Return the figures of the cells of code between a cell of prose and the prose before it."""
    prose = [one.number for one in static.notebook.cells if one.kind == "markdown" and one.number < cell]
    return [one for one in static.figures if max(prose, default=-1) < one.cell < cell]


def _same(one: Figure, candidate: Candidate) -> bool:
    if one.outdone or not one.name.endswith("accuracy"):
        return False
    data = "validation" if one.name.startswith("val_") else "test" if one.kind == "evaluate" else one.data
    return data == candidate.data and (one.kind != "fit" or one.epoch == one.epochs)


def _share(candidate: Candidate) -> float:
    return float(candidate.printed) / (100 if candidate.percent else 1)


def _agrees(one: Figure, candidate: Candidate) -> bool:
    unit = 10.0 ** -(candidate.decimals + (2 if candidate.percent else 0))
    return abs(one.value - _share(candidate)) < unit * 1.001  # rounded, or cut off
