"""What the predicate of a stored claim compared, ready to be drawn: each quantity once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

Threshold = tuple[str, float]  # operator and number: ("≥", 0.98)
Value = float | None  # None is not finite
_MIRRORED = {"<": ">", "≤": "≥"}
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
        for label, limit, side in _sides(value):
            same = (tuple(side["claim"]), tuple(side["counterfactual"]))
            one = found.setdefault((label, *same), Compared(label, *same, (), figures.get(label)))
            if limit is not None and limit not in one.thresholds:
                found[label, *same] = replace(one, thresholds=(*one.thresholds, limit))
    return list(found.values())


def _sides(value: Mapping[str, Any]) -> Iterator[tuple[str, Threshold | None, Mapping[str, Any]]]:
    """Yield label, limit and the values of both arms; that a distance is small limits what is near twice."""
    near = value.get("within")
    if near is not None:
        for sign, limit in ((_MIRRORED[value["operator"]], near["low"]), (value["operator"], near["high"])):
            yield near["label"], (sign, limit), near
    else:
        threshold = value["threshold"]
        yield value["label"], None if threshold is None else (value["operator"], threshold), value
