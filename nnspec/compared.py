"""What the predicate of a stored claim compared, ready to be drawn: each quantity once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

Threshold = tuple[str, float]  # operator and number: ("≥", 0.98)
Value = float | None  # None is not finite
HOLDS = {">": float.__gt__, "≥": float.__ge__, "<": float.__lt__, "≤": float.__le__}


@dataclass(frozen=True)
class Compared:
    """A quantity with the values of all seeds of the claim (seeds,) and of its counterfactual (seeds,).

    `thresholds` are all the numbers that it was compared with, `documented` is what the document
    printed of it; both are in the unit of the values.
    """

    label: str
    claim: tuple[Value, ...]
    counterfactual: tuple[Value, ...]
    thresholds: tuple[Threshold, ...]
    documented: float | None


def compared(claim: Mapping[str, Any]) -> list[Compared]:
    """Return the quantities of a claim of the results document, in the order of its predicate."""
    # a figure may go by the name of a metric, test_accuracy, and a value by its label, test accuracy
    figures = {name.replace("_", " "): figure.get("documented") for name, figure in claim["figures"].items()}
    found: dict[tuple[Any, ...], Compared] = {}
    for value in claim["values"]:
        label, same = value["label"], (tuple(value["claim"]), tuple(value["counterfactual"]))
        one = found.setdefault((label, *same), Compared(label, *same, (), figures.get(label)))
        limit = (value["operator"], value["threshold"])
        if value["threshold"] is not None and limit not in one.thresholds:
            found[label, *same] = replace(one, thresholds=(*one.thresholds, limit))
    return list(found.values())
