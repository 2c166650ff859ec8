"""What a stored predicate compared, each quantity once; of a small distance what is near is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnspec.results.claim_result import Values
from nnspec.results.quantities import Compared, compared
from nnspec.results.record import values_of
from nnspec.runs.seed_values import SeedValues
from spec.implementation.report.report_samples import claim, result

FIGURES = {"test_accuracy": claim()["figures"]["accuracy"] | {"documented": 0.97}}


def found(*values: Values) -> tuple[Compared, ...]:
    return compared(replace(result(claim(figures=FIGURES)), values=values))


def test_a_quantity_with_two_limits_is_one_with_its_printed_figure() -> None:
    limits = (("≥", 0.5), ("≤", 0.9))
    assert found(*(Values("test accuracy", sign, at, (0.5, 0.9), (0.4,)) for sign, at in limits)) == (
        Compared("test accuracy", (0.5, 0.9), (0.4,), limits, 0.97),
    )


def test_of_a_small_distance_what_is_near_has_the_limits_and_the_printed_figure() -> None:
    claim, counterfactual = (
        abs(SeedValues(np.array(values), "test accuracy") - 0.97) < 0.0625
        for values in ([0.9, 0.95, 1.0], [0.5, 0.6])
    )
    (values,) = values_of(claim.comparisons, counterfactual.comparisons)
    assert values.label == "|test accuracy - 0.97|"
    assert found(values) == (
        Compared("test accuracy", (0.9, 0.95, 1.0), (0.5, 0.6), ((">", 0.9075), ("<", 1.0325)), 0.97),
    )
