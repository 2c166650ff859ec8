"""Figures in the prose that are not the printed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnspec.notebook.figures import Figure
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.sentences import Candidate
from nnspec.notebook.static import Static

_HEDGED = re.compile(
    r"[≈~]|\b(about|around|over|above|below|nearly|almost|approx\w*|roughly|less|more|up to|at least|should"
    r"|could|would|baseline|random|state of the art|typical\w*|expect\w*|might|may be|close to)\b",
    re.I,
)
_NEAR = 0.05  # a share that lies further off is rarely said of the same figure


def prose(static: Static) -> Iterator[Finding]:
    """Yield sentences, right below a test's or validation's accuracy, with another figure at their digits.

    Only sentences without a hedge that say which examples they are of, none of whose figures is printed
    anywhere; of several figures the one that is nearest to what is printed.
    """
    for sentence, group in _by_sentence(static.candidates).items():
        own = [one for one in group if one.name == "accuracy" and one.data in ("test", "validation")]
        pairs = [
            (abs(one.value - candidate.value), one, candidate)
            for candidate in own
            for one in _above(static, candidate.cell)
            if _same(one, candidate)
        ]
        shown = any(
            _may_be_of(one, candidate) and _agrees(one, candidate)
            for one in static.figures
            for candidate in own
        )
        if not pairs or shown or _HEDGED.search(sentence[1]):
            continue
        distance, one, candidate = min(pairs, key=lambda pair: pair[0])
        if distance < _NEAR:
            mark, sign = " %" if candidate.percent else "", " %" if one.percent else ""
            yield Finding(
                "prose",
                (candidate.cell, one.cell),
                f"Cell [{candidate.cell}] says {candidate.data} accuracy {candidate.printed}{mark}, and cell "
                f"[{one.cell}] printed {one.printed}{sign}.",
            )


def _by_sentence(candidates: Sequence[Candidate]) -> dict[tuple[int, str], list[Candidate]]:
    groups: dict[tuple[int, str], list[Candidate]] = {}
    for one in candidates:
        groups.setdefault((one.cell, one.sentence), []).append(one)
    return groups


def _above(static: Static, cell: int) -> list[Figure]:
    """Return the figures of the cells of code between a cell of prose and the prose before it."""
    prose = [one.number for one in static.notebook.cells if one.kind == "markdown" and one.number < cell]
    return [one for one in static.figures if max(prose, default=-1) < one.cell < cell]


def _same(one: Figure, candidate: Candidate) -> bool:
    last = one.kind != "fit" or one.epoch == one.epochs
    return last and not one.outdone and _data(one) == candidate.data


def _data(one: Figure) -> str:
    """Return which examples an accuracy is of; empty for figures of something else."""
    if not one.name.endswith("accuracy"):
        return ""
    if one.name.startswith("val_"):
        return "validation"
    return one.data or ("test" if one.kind == "evaluate" else "")


def _may_be_of(one: Figure, candidate: Candidate) -> bool:
    """Return whether a printed accuracy may be the one of the prose, for all that is said of its examples."""
    return _data(one) == candidate.data or (one.name == "accuracy" and not one.data and one.kind != "fit")


def _agrees(one: Figure, candidate: Candidate) -> bool:
    unit = 10.0 ** -(candidate.decimals + (2 if candidate.percent else 0))
    return abs(one.value - candidate.value) < unit * 1.001  # rounded, or cut off
