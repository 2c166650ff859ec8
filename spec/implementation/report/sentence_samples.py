"""Claims that read the sentences of a document in every way, and what a report on them says."""

from __future__ import annotations

from typing import Any

from nnspec.report import render
from spec.implementation.report.report_samples import (
    Page,
    claim,
    complete,
    figure,
    placed,
    plain,
    results,
    said,
)
from spec.implementation.stored_pages import readable

SAYS = "ReLU and a sigmoid separate the circles."
REACHED = "At least 0.99 of the points are right."
HOLDS = {"verdict": "holds", "expected": "holds", "successes": 250, "claimed_share": 0.5}
FIGURE = {"loss in epoch 5": figure(documented=0.6942, better="lower", as_well=256, places=["unlucky"])}
CASE = placed("one case", "mostly", id="case", says="Our model guesses no more.", headline="No guessing")
RUN = placed("figure", "lucky", id="run", says="We got 0.99.", statement=REACHED)
APART = [claim(id="apart", part="as run", says=SAYS), claim(id="apart", part="half", says=SAYS, **HOLDS)]
ALIKE = [claim(id="alike", part=part, says="Both.", figures={}, **HOLDS) for part in "ab"]
OURS = claim(id="ours", says=SAYS, beyond="the printed code, which was not run", figures={})
ALWAYS = claim(id="always", says="It always works.", word="always", figures={})


def shown(*claims: dict[str, Any]) -> Page:
    """Return the report on these claims."""
    return Page(render(results(*map(complete, claims))))


def lines(*claims: dict[str, Any]) -> list[str]:
    """Return what the report on these claims says, before how it is read."""
    return said(plain(readable(render(results(*map(complete, claims)))))).splitlines()
