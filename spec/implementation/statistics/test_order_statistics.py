"""Intervals between order statistics: coverage enumerated exactly, and none wider than it must be."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.statistics.figures import place
from nnspec.statistics.order_statistics import quantile, ranks


def chance_below(number: int, probability: float, count: int) -> float:
    """Return the probability that fewer than `count` of so many values lie below their quantile."""
    terms = (math.comb(number, k) * probability**k * (1 - probability) ** (number - k) for k in range(count))
    return sum(terms)


@pytest.mark.parametrize("probability", [0.025, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("number", [6, 24, 64, 256])
def test_a_quantile_lies_beyond_either_rank_as_rarely_as_stated_and_no_narrower_ranks_would_do(
    number: int, probability: float
) -> None:
    low, high, confidence = ranks(number, probability)
    # fewer than `low` values below it: it lies below the low-th value; `high` or more: above the high-th
    beyond = [chance_below(number, probability, low), 1 - chance_below(number, probability, high)]
    assert 1 - sum(beyond) >= confidence - 1e-12
    if low > 1:
        assert beyond[0] <= 0.025
    if high < number:
        assert beyond[1] <= 0.025 + 1e-12
    assert chance_below(number, probability, low + 1) > 0.025
    assert 1 - chance_below(number, probability, high - 1) > 0.025
    assert (confidence == 0.95) == (max(beyond) <= 0.025)


def test_the_known_ranks_of_the_median_are_found() -> None:
    # the tables of the sign test, as in Conover's appendix
    assert ranks(6, 0.5) == (1, 6, 0.95)
    assert ranks(10, 0.5) == (2, 9, 0.95)
    assert ranks(25, 0.5) == (8, 18, 0.95)


def test_too_few_values_give_the_whole_range_and_say_how_little_it_is_worth() -> None:
    found = quantile(np.array([3.0, 1.0, 2.0]))
    assert (found.value, found.low, found.high) == (2.0, 1.0, 3.0)
    assert found.confidence == pytest.approx(1 - 2 * 0.5**3)
    assert quantile(np.array([5.0])).confidence == 0.0


@pytest.mark.parametrize("draw", ["normal", "exponential", "two values"])
def test_simulated_medians_lie_in_their_intervals_whatever_the_distribution(draw: str) -> None:
    random = np.random.default_rng(1)
    drawn, median = {
        "normal": (random.normal(size=(2000, 24)), 0.0),
        "exponential": (random.exponential(size=(2000, 24)), math.log(2)),
        "two values": (random.choice([0.0, 1.0], p=[0.4, 0.6], size=(2000, 24)), 1.0),
    }[draw]
    found = [quantile(values) for values in drawn]
    covered = sum(one.low <= median <= one.high for one in found)
    # 95 %, less five standard deviations of a binomial count
    assert covered >= 2000 * 0.95 - 5 * math.sqrt(2000 * 0.95 * 0.05)
    shifted = sum(one.low <= median + 3.0 <= one.high for one in found)
    assert shifted < 0.1 * covered


def test_infinite_values_take_their_place_in_the_order() -> None:
    values = np.array([math.inf] * 20 + list(range(10)), np.float64)
    assert quantile(values).value == math.inf
    assert quantile(values, 0.25).low == 2.0
    with pytest.raises(InvalidValue, match="NaN is none"):
        quantile(np.array([1.0, math.nan]))


def test_a_placed_figure_carries_the_interval_of_the_median_where_there_is_one() -> None:
    values = np.arange(64.0)
    middle = quantile(values)
    assert place(16.5, values, "higher", 0.01).median_interval == (middle.low, middle.high)
    assert place(1.0, values[:4], "higher", 0.01).median_interval is None
