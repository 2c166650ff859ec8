"""Results documents made up for the tests of baselines and drift."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.statistics.scales import as_well
from nnspec.statistics.shares import share_interval

ENVIRONMENT = {"nnspec": "0.1.0", "keras": "3.15.1", "machine": "a machine", "date": "2026-11-21T05:00:00"}

ERROR_RATE, VERDICTS = 0.001, 300
RATE = ERROR_RATE / VERDICTS


def judged(
    name: str,
    values: Any,
    *,
    part: str = "",
    verdict: str = "undecided",
    threshold: float = 0.5,
    documented: bool = True,
) -> dict[str, Any]:
    """Return the record of a claim that asks for values of at least the threshold."""
    values = [None if not np.isfinite(value) else float(value) for value in values]
    yes = sum(value is not None and value >= threshold for value in values)
    figure = {
        **{"documented": 0.5, "better": "higher", "as_well": yes, "seeds": len(values)},
        **{"interval": share_interval(yes, len(values), RATE), "places": as_well(yes, len(values), RATE)},
        "quantiles": [0.1, 0.2, 0.3, 0.4, 0.5],
    }
    return {
        **fact(name, verdict),
        "part": part,
        "kind": "share",
        "reading": "general",
        "seeds": len(values),
        "successes": yes,
        "share": yes / len(values),
        "interval": [min(0.1, yes / len(values)), max(0.9, yes / len(values))],
        "claimed_share": 0.5,
        "figures": {"accuracy": figure} if documented else {},
        "values": [{"label": "accuracy", "operator": "≥", "threshold": threshold, "claim": values}],
        "counterfactual": {"verdict": "refuted", "seeds": 64, "successes": 0},
        "training_seconds": 1.23456789,
    }


def fact(name: str, verdict: str = "holds") -> dict[str, Any]:
    """Return the record of a fact."""
    return {
        **{"id": name, "part": "", "document": "doc", "title": "A document", "kind": "fact"},
        **{"statement": "It is so.", "verdict": verdict, "seeds": None, "successes": None, "share": None},
        **{"interval": None, "claimed_share": None, "figures": {}, "values": [], "counterfactual": None},
        "training_seconds": 0.0,
    }


def results(*claims: dict[str, Any], budget: str = "standard", **environment: str) -> dict[str, Any]:
    """Return a results document with these claims."""
    return {
        "schema": 2,
        "environment": {**ENVIRONMENT, **environment},
        "error_rate": ERROR_RATE,
        "verdicts": VERDICTS,
        "budget": budget,
        "seconds": 1.0,
        "seeds_trained": 0,
        "claims": list(claims),
    }


def normal(seed: int, seeds: int = 256, centre: float = 0.5, spread: float = 0.1) -> Any:
    """Return values (seeds,) of a normal distribution."""
    return np.random.default_rng(seed).normal(centre, spread, seeds)
