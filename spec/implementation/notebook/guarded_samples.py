"""What was found of a notebook, made without a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.notebook.guarding.guarded import Found, Guarded
from nnspec.notebook.repeating.together import FitTogether, Together
from nnspec.results.claim_result import ClaimResult
from nnspec.statistics.figures import place
from nnspec.statistics.scales import how_often

RATE = 1e-3
MISSING: dict[str, Any] = dict.fromkeys(("claimed_share", "interval", "counterfactual", "training_seconds"))


def result(name: str, reading: str, successes: int, seeds: int, **changed: Any) -> ClaimResult:
    values: dict[str, Any] = {
        **{"id": name, "part": "", "document": "made", "title": "made.ipynb", "kind": "share"},
        **{"statement": "A run does so", "reading": reading, "verdict": "placed", "values": ()},
        **{"seeds": seeds, "successes": successes, "share": successes / seeds, "figures": {}},
        **MISSING,
        **changed,
    }
    return ClaimResult(**values)


def figure_found(name: str, as_well: int, seeds: int = 512, fit: int = 0) -> Found:
    """Return a figure that so many runs do at least as well as."""
    placed = place(0.5, np.where(np.arange(seeds) < as_well, 0.6, 0.4), "higher", RATE)
    places, interval = placed.places, placed.interval
    found = result(
        name, "figure", as_well, seeds, figures={"accuracy": placed}, places=places, interval=interval
    )
    return Found(found, fit=fit, reader=(0.41, 0.52, 0.63))


def order_found(name: str, successes: int, seeds: int = 512) -> Found:
    """Return an order that so many runs have."""
    places = how_often(successes, seeds, RATE)
    return Found(result(name, "one case", successes, seeds, places=places if len(places) < 3 else ()), fit=0)


def guarded(found: dict[str, Found], *p_values: float, seeds: int = 512, **changed: Any) -> Guarded:
    """Return what was found, the figures of every fit having a p-value together."""
    fits = tuple(FitTogether(number, 4, seeds, p) for number, p in enumerate(p_values))
    return Guarded(found, Together(fits), **changed)
