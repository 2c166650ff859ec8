"""How strong a counterfactual is, in a sentence of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnspec.counterfactual_strength import MOST_SEEDS, strength
from nnspec.report.wording import count, number


def strength_sentence(item: Mapping[str, Any]) -> str:
    """Return by how much a claim is ahead of its counterfactual; empty where one of them was not judged."""
    other = item["counterfactual"]
    if not item["seeds"] or not other or not other.get("seeds"):
        return ""
    found = strength(item["successes"], item["seeds"], other["successes"], other["seeds"])
    points = [number(round(100 * value, 1), 4) for value in (found.difference, found.low, found.high)]
    told = (
        f"about {count(found.seeds, 'seed')} of each would tell such shares apart"
        if found.seeds
        else f"not even {count(MOST_SEEDS, 'seed')} of each would tell such shares apart"
    )
    if found.low <= 0 <= found.high:
        return (
            f"No difference to the claim is shown: {points[0]} percentage points (95 % interval {points[1]} "
            f"… {points[2]}, valid whenever one stops); {told}."
        )
    return (
        f"With its cause the claim comes true for {points[0]} percentage points more of the seeds "
        f"(95 % interval {points[1]} … {points[2]}, valid whenever one stops); {told}."
    )
