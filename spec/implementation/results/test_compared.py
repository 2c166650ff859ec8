"""What a stored predicate compared, each quantity once; of a small distance what is near is drawn."""

from __future__ import annotations

import numpy as np

from nnspec.results.quantities import Compared, compared
from nnspec.results.record import _compared
from nnspec.runs.seed_values import SeedValues

FIGURES = {"test_accuracy": {"documented": 0.97}}


def value(label: str, operator: str, threshold: float) -> dict[str, object]:
    arms = {"claim": [0.5, 0.9], "counterfactual": [0.4]}
    return {"label": label, "operator": operator, "threshold": threshold, **arms}


def test_a_quantity_with_two_limits_is_one_with_its_printed_figure() -> None:
    values = [value("test accuracy", "≥", 0.5), value("test accuracy", "≤", 0.9)]
    assert compared({"figures": FIGURES, "values": values}) == [
        Compared("test accuracy", (0.5, 0.9), (0.4,), (("≥", 0.5), ("≤", 0.9)), 0.97)
    ]


def test_a_quantity_without_a_number_to_compare_with_has_no_limits() -> None:
    values = [value("rate", "≥", 0.5) | {"threshold": None}]
    assert compared({"figures": {}, "values": values}) == [Compared("rate", (0.5, 0.9), (0.4,), (), None)]


def test_of_a_small_distance_what_is_near_has_the_limits_and_the_printed_figure() -> None:
    claim, counterfactual = (
        abs(SeedValues(np.array(values), "test accuracy") - 0.97) < 0.0625
        for values in ([0.9, 0.95, 1.0], [0.5, 0.6])
    )
    values = [_compared(claim.comparisons[0], counterfactual.comparisons[0])]
    assert values[0]["label"] == "|test accuracy - 0.97|"
    assert compared({"figures": FIGURES, "values": values}) == [
        Compared("test accuracy", (0.9, 0.95, 1.0), (0.5, 0.6), ((">", 0.9075), ("<", 1.0325)), 0.97)
    ]
