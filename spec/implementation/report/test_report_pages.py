"""What the report says, one stored page for each kind of claim; only one page has how to read it."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec.report import Picture, render
from nnspec.report.parts import FreshSeeds
from spec.implementation.report.report_samples import (
    claim,
    complete,
    fact,
    figure,
    how_it_is_read,
    placed,
    png,
    results,
    said,
)
from spec.implementation.stored_pages import readable

CODE = {"printed": "Adam(lr=0.01)", "happens": "raises", "today": "Adam(0.01)", "since": ""}
WORKING = {"printed": "a()", "happens": "warns", "today": "b()", "since": "Keras 3", "works": True}
ODD = {"loss": figure(as_well=0, places=["out of reach"], interval=[0.0, 0.02], gap=[0.93, 0.99]),
       "accuracy": figure(median_interval=[0.8, 0.9], explained="why-it-moved")}  # fmt: skip
HOLDS = {"verdict": "holds", "expected": "holds", "successes": 250, "interval": [0.9004, 1.0]}
OPEN = {"verdict": "undecided", "expected": "undecided", "successes": 225, "interval": [0.8, 0.95]}
UNJUDGED = {"seeds": None, "share": None, "as_recorded": False}
QUICK = {"seeds": 64, "successes": 60, "as_recorded": False, "expected": "holds", "interval": [0.7, 0.99]}
ARMS = {"small": "Moons: 3-1", "large": "Moons: 50-1", "other": "Moons: 7-1"}
PAIR = {"label": "loss of small - loss of large", "operator": "<", "threshold": 0.0,
        "claim": [0.1] * 60 + [-0.2] * 196, "counterfactual": [0.3] * 64}  # fmt: skip
TOLD = claim()["counterfactual"] | {"verdict": "placed", "successes": 10, "without": "the ReLU"}
NULL = {"null": True, "description": "relu in the place of every arm, from other seeds",
        "verdict": "undecided", "seeds": 256, "successes": 120, "interval": [0.36, 0.58]}  # fmt: skip
RATE = {"label": "rate", "claim": [0.005, 0.015, 0.03], "counterfactual": []}
RANGE = [RATE | {"operator": "≥", "threshold": 0.01}, RATE | {"operator": "≤", "threshold": 0.02}]


def short(name: str, **changes: Any) -> dict[str, Any]:
    """Return a claim without drawings of the seeds, figures, recipes and worst seeds."""
    nothing = {"values": [], "figures": {}, "recipes": {}, "worst_seeds": []}
    said = {"id": name, "statement": f"This is {name}.", "predicate": "", "replay": ""}
    return claim(**nothing | said | changes)


def passes(verdict: str) -> dict[str, Any]:
    """Return a counterfactual with this verdict."""
    return {"counterfactual": claim()["counterfactual"] | {"verdict": verdict}}


KINDS: dict[str, list[dict[str, Any]]] = {
    "holds": [claim(**HOLDS, best_seeds=[18, 23], diverged=2)],
    "refuted": [claim(), fact(), short("all", claimed_share=1.0, successes=255, interval=[0.9, 0.999])],
    "undecided": [claim(**OPEN, diverged=1), short("more", **OPEN), short("fresh", **OPEN)],
    "paired": [claim(values=[PAIR], recipes=ARMS, predicate="loss of small - loss of large < 0", figures={},
                     scripts={"small": "one", "large": "two"}),
               short("second", **HOLDS, recipes={"large": "Moons: 50-1"}, scripts={"large": "two"})],
    "figures": [short("c", **HOLDS, figures=ODD), short("range", values=RANGE, predicate="rate ≥ 0.01"),
                short("few", **HOLDS | {"seeds": 2, "successes": 2}, figures=ODD)],
    "beyond": [short("ours", beyond="on other data", figures=ODD)],
    "told": [placed("one case", "seldom", id="case", says="It failed once.", headline="It fails"),
             placed("one case", "seldom", "a coin toss", id="with", counterfactual=TOLD),
             placed("figure", "lucky", id="run", says="We got 0.991."), short("half", claimed_share=0.5),
             short("always", says="It always works.", word="always", counterfactual=NULL)],
    "depends": [short("read", part="1", says="So it is."),
                short("read", part="2", says="So it is.", claimed_share=0.5, **HOLDS)],
    "readings": [short("read", part="1", because="by the loss; nine runs of ten"),
                 short("read", part="2", because="by the accuracy; nine runs of ten")],
    "many_readings": [short("read", part="1", says="So it is.", counterfactual=NULL, because="by the loss",
                            **HOLDS),
                      short("read", part="2", says="So it is.", counterfactual=NULL, because="by accuracy",
                            best_seeds=[3, 5], **HOLDS),
                      short("read", part="3", says="So it is.", because="by the loss"),
                      claim(id="read", part="4", says="So it is.", figures={}, **HOLDS),
                      short("read", part="5", says="So it is.", **OPEN)],
    "few_seeds": [short("verdict", **QUICK, verdict="undecided"),
                  short("cause", **QUICK, verdict="holds", **passes("undecided")),
                  short("against", **QUICK, verdict="refuted"),
                  short("passes", **QUICK, verdict="holds", **passes("holds"))],
    "not_as_recorded": [short("a"), short("b", part="x", expected="holds", as_recorded=False),
                        short("cause", **passes("holds")),
                        short("open", seeds=64, verdict="undecided", expected="holds", as_recorded=False),
                        short("skipped", verdict="skipped", **UNJUDGED),
                        short("error", verdict="error", message="epochs=-1", **UNJUDGED)],
    "facts": [short("a", **HOLDS), fact(), fact(id="fun-1", document="others", notes=["counted", "twice"]),
              fact(id="tfc-broken", kind="share", verdict="error", as_recorded=False, message="epochs=-1")],
    "drift": [fact(kind="drift", drift=[CODE, CODE, WORKING], notes=["lr is learning_rate"]),
              fact(id="one", document="one changed", drift=[CODE]),
              fact(id="two", document="two still work", drift=[WORKING, WORKING])],
}  # fmt: skip
FRESH = {"more": FreshSeeds("holds 15, undecided 5 in 20 blocks.", "holds", 99, 100),
         "fresh": FreshSeeds("undecided in each.", "undecided", 45, 50)}  # fmt: skip


def rendered(kind: str) -> str:
    document = results(*map(complete, KINDS[kind]))
    budget = {"budget": "quick"} if kind == "few_seeds" else {}
    pictures = {"tfc-relu-sigmoid": [Picture("Boundary", "Two half planes", png())]}
    return render(document | budget, pictures if kind == "holds" else None, reruns=FRESH)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_report_says_of_a_kind_of_claim_is_stored(kind: str, stored_page: Any) -> None:
    stored_page(f"claim_{kind}", said(readable(rendered(kind))))


def test_how_a_report_is_read_is_stored(stored_page: Any) -> None:
    stored_page("how_to_read", how_it_is_read(readable(rendered("refuted"))))
