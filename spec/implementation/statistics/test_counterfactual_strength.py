"""The distance between a claim and its counterfactual: its interval, and what the report says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnspec.report.words.result import beside_sentence
from nnspec.statistics.shares import share_interval
from nnspec.statistics.strength import strength
from spec.implementation.report.report_samples import claim, result


def test_the_interval_of_the_difference_is_between_the_ends_of_both_sequences() -> None:
    found = strength(57, 256, 0, 64)
    one, other = share_interval(57, 256, 0.025), share_interval(0, 64, 0.025)
    assert found.difference == pytest.approx(57 / 256)
    assert (found.low, found.high) == (one[0] - other[1], one[1] - other[0])
    assert found.low < found.difference < found.high


def test_the_true_difference_is_missed_as_rarely_as_stated_whenever_one_stops() -> None:
    random = np.random.default_rng(6)
    missed = 0
    points = (8, 16, 32, 64)
    intervals = {(n, k): share_interval(k, n, 0.025) for n in points for k in range(n + 1)}
    for _ in range(400):
        yes = random.random((2, 64)) < np.array([[0.8], [0.5]])
        sums = np.cumsum(yes, axis=1)
        # looked at again and again, and wrong if it is wrong once
        ends = [[intervals[n, int(sums[arm, n - 1])] for arm in (0, 1)] for n in points]
        missed += any(not one[0] - other[1] <= 0.3 <= one[1] - other[0] for one, other in ends)
    # 5 % of 400
    assert missed <= 20
    assert strength(400, 400, 0, 400).low > 0.95


def test_of_equal_shares_no_difference_is_shown() -> None:
    found = strength(64, 128, 32, 64)
    assert found.difference == 0.0
    assert found.low < 0 < found.high


def test_a_counterfactual_that_is_ahead_has_a_negative_difference() -> None:
    found = strength(0, 64, 64, 64)
    assert found.difference == -1.0
    assert found.high < 0


def test_the_sentence_tells_points_and_nothing_of_what_was_not_judged() -> None:
    item = result(claim(seeds=256, successes=57))
    other = item.counterfactual
    assert other is not None
    found = strength(57, 256, 0, 64)
    points = f"{100 * found.difference:.0f} points fewer"
    said = beside_sentence(item, other)
    assert said == f"0 of 64 runs, {points} ({round(100 * found.low, 1):g} … {100 * found.high:.0f})."
    alike = replace(other, seeds=256, successes=57)
    assert "no difference is shown (−" in beside_sentence(item, alike)
    assert beside_sentence(replace(item, seeds=None), other) == "0 of 64 runs."


def test_a_counterfactual_that_is_ahead_is_told_as_more() -> None:
    item = result(claim(seeds=64, successes=0))
    assert item.counterfactual is not None
    ahead = replace(item.counterfactual, successes=64)
    found = strength(0, 64, 64, 64)
    said = beside_sentence(item, ahead)
    assert said == f"64 of 64 runs, 100 points more ({-100 * found.high:.0f} … 100)."
