"""The rank test, its interval and Holm's correction: against enumeration, and how often they err."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from nnspec.statistics.rank_tests import (
    CONFIDENCE,
    enough_rounds,
    holm,
    median,
    p_larger,
    quotient,
    smallest_p,
)


def test_p_values_are_those_of_all_arrangements() -> None:
    ranks = np.arange(1.0, 10.0)
    sums = sorted(sum(ranks[list(chosen)]) for chosen in combinations(range(9), 4))
    chosen = ranks[[2, 5, 7, 8]]
    as_large = sum(one >= chosen.sum() for one in sums) / len(sums)
    assert p_larger(chosen, ranks[[0, 1, 3, 4, 6]]) == pytest.approx(as_large)


@pytest.mark.parametrize(("n", "m"), [(1, 1), (2, 5), (5, 5), (8, 6)])
def test_no_p_value_is_below_what_the_best_arrangement_gives(n: int, m: int) -> None:
    above, below = np.arange(n) + 100.0, np.arange(m) + 1.0
    assert p_larger(above, below) == pytest.approx(smallest_p(n, m))
    assert p_larger(np.full(n, 2.0), np.full(m, 1.0)) >= smallest_p(n, m)
    assert p_larger(np.ones(n), np.ones(m)) > 0.4


def test_enough_rounds_are_the_fewest_that_can_show_something() -> None:
    for p in (0.5, 0.05, 0.01, 1e-6):
        each = enough_rounds(p)
        assert smallest_p(each, each) <= p
        assert each == 1 or smallest_p(each - 1, each - 1) > p


@pytest.mark.parametrize("n", [4, 5, 6, 8, 12])
def test_intervals_of_quotients_and_medians_cover_the_truth_as_often_as_they_say(n: int) -> None:
    rng, runs = np.random.default_rng(n), 1500
    values = np.exp(rng.normal(scale=0.2, size=(runs, n)))
    others = 0.5 * np.exp(rng.normal(scale=0.2, size=(runs, n)))
    quotients = [quotient(*samples) for samples in zip(values, others, strict=True)]
    covered = sum(found.low <= 2.0 <= found.high for found in quotients) / runs
    three_sigma = 3 * math.sqrt(0.05 * 0.95 / runs)
    # the normal approximation of the cut costs less than half a percent at these sizes
    assert covered >= quotients[0].confidence - three_sigma - 0.005
    medians = [median(sample) for sample in values[:300]]
    covered = sum(found.low <= 1.0 <= found.high for found in medians) / 300
    assert covered >= medians[0].confidence - 3 * math.sqrt(0.05 * 0.95 / 300)
    assert medians[0].confidence == (CONFIDENCE if n >= 6 else 1 - 2 * 0.5**n)


def test_the_interval_leaves_out_a_factor_where_the_test_rejects_it() -> None:
    rng = np.random.default_rng(1)
    for shift in np.linspace(0.7, 1.4, 40):
        values, others = shift * rng.lognormal(size=7, sigma=0.2), rng.lognormal(size=9, sigma=0.2)
        found = quotient(values, others)
        rejected = min(p_larger(values, others), p_larger(others, values)) <= (1 - CONFIDENCE) / 2
        assert rejected == (not found.low <= 1 <= found.high)


def test_a_quotient_turned_round_is_its_reciprocal() -> None:
    rng = np.random.default_rng(2)
    values, others = rng.lognormal(size=(2, 6))
    there, back = quotient(values, others), quotient(others, values)
    assert (back.value, back.low, back.high) == pytest.approx(
        (1 / there.value, 1 / there.high, 1 / there.low)
    )
    assert quotient(values, values).value == 1.0


def test_holm_multiplies_by_what_is_left_and_never_falls() -> None:
    # the example of Holm's procedure by hand: 4 · 0.005, 3 · 0.01, 2 · 0.03, 1 · 0.04 raised to 0.06
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []
