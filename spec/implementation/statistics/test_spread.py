"""Many values in a few numbers: the points occur, two groups are told as two, one group never is."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import InvalidValue
from nnspec.statistics.spread import FEWEST, Group, spread

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("values", [RANDOM.normal(size=501), RANDOM.integers(-2, 3, 64), [0, 1], [7.5]])
def test_every_point_is_a_value_that_occurs(values) -> None:
    found = spread(values)
    assert {found.low, found.middle, found.high} <= set(np.asarray(values, float).tolist())
    assert found.low <= found.middle <= found.high


def test_counts_are_told_as_counts() -> None:
    # of 40 values 39 are needed for 97.5 %, so that the highest is left out
    found = spread([-5] + [-1] * 10 + [0] * 20 + [1] * 8 + [4])
    assert (found.low, found.middle, found.high) == (-5, 0, 1)


def test_two_groups_are_told_by_their_shares() -> None:
    # accuracies on 600 examples
    counts = [*RANDOM.integers(452, 473, 55), *RANDOM.integers(555, 574, 41), 500, 510, 520, 530]
    first, second = spread(np.array(counts) / 600).groups
    assert first.middle == pytest.approx(0.77, abs=0.01)
    assert second.middle == pytest.approx(0.94, abs=0.01)
    assert first.share == pytest.approx(0.56, abs=0.02)
    assert first.share + second.share == pytest.approx(1)


def test_whole_numbers_do_not_fall_into_two_groups_by_jumping_over_the_middle() -> None:
    assert spread([96] * 30 + [97] * 30 + [99] * 40).groups == ()
    assert len(spread([0] * 30 + [1] * 34).groups) == 2


def test_diverging_groups_of_unlike_width_are_two() -> None:
    low, high = RANDOM.normal(-7500, 300, 128), RANDOM.normal(7500, 900, 64)
    groups = spread([*low, *high]).groups
    assert groups == (Group(128 / 192, np.sort(low)[63]), Group(64 / 192, np.sort(high)[31]))


ONE_GROUP = {
    "normal": lambda r, n: r.normal(size=n),
    "uniform": lambda r, n: r.uniform(size=n),
    "skewed": lambda r, n: r.exponential(size=n),
    "heavy tails": lambda r, n: r.standard_t(3, size=n),
    "whole numbers": lambda r, n: r.binomial(100, 0.97, size=n),
}


@pytest.mark.parametrize("name", ONE_GROUP)
@pytest.mark.parametrize("number", [FEWEST, 512])
def test_one_group_is_seldom_told_as_two(name, number) -> None:
    random = np.random.default_rng(5)
    told = sum(bool(spread(ONE_GROUP[name](random, number)).groups) for _ in range(300))
    assert told <= 15


def test_a_few_that_lie_elsewhere_are_no_group_and_few_values_have_none() -> None:
    assert spread([0.5] * 95 + [0.9] * 5).groups == ()
    assert spread([0.5] * 90 + [0.9] * 10).groups == (Group(0.9, 0.5), Group(0.1, 0.9))
    assert spread(([0.5, 0.9] * FEWEST)[: FEWEST - 1]).groups == ()
    assert spread([0.5] * FEWEST).groups == ()


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf]])
def test_values_that_have_no_spread_are_refused(values) -> None:
    with pytest.raises(InvalidValue, match="finite numbers, at least one"):
        spread(values)
