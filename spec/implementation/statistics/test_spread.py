"""Many values in a few numbers: the points occur, two groups are told as two, one group never is."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import InvalidValue
from nnspec.statistics.spread import LEVEL, Group, spread

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
    assert groups == (
        Group(128 / 192, *np.sort(low)[[3, 63, 124]]),
        Group(64 / 192, *np.sort(high)[[1, 31, 62]]),
    )


ONE_MODE = {
    "normal": lambda r, n: r.normal(size=n),
    "uniform": lambda r, n: r.uniform(size=n),
    "exponential": lambda r, n: r.exponential(size=n),
    "log-normal": lambda r, n: r.lognormal(0, 2, n),
    "heavy tails": lambda r, n: r.standard_t(3, size=n),
    "no mean": lambda r, n: r.standard_cauchy(n),
    "piled up at an end": lambda r, n: r.beta(0.5, 5, n),
    "accuracies near 1": lambda r, n: r.binomial(100, 0.97, size=n) / 100,
    "counts near 0": lambda r, n: r.poisson(1, n),
    "waiting times": lambda r, n: r.geometric(0.05, n),
    "thirty numbers": lambda r, n: r.integers(0, 30, n),
    "rounded": lambda r, n: np.round(r.normal(size=n), 1),
}
DRAWS = 250


def told_as_two(name, number):
    random = np.random.default_rng(5)
    return sum(bool(spread(ONE_MODE[name](random, number)).groups) for _ in range(DRAWS))


def test_what_has_one_mode_is_told_as_two_groups_in_one_of_a_thousand_cases():
    told = {(name, number): told_as_two(name, number) for name in ONE_MODE for number in (24, 64, 512)}
    # of 9,000 draws 27 would be told at a rate of three in a thousand, give or take 5
    assert sum(told.values()) / (DRAWS * len(told)) <= LEVEL
    assert max(told.values()) <= 3, told


@pytest.mark.parametrize(("number", "apart", "found"), [(64, 6, 0.85), (64, 8, 0.98), (256, 5, 0.5)])
def test_two_groups_that_are_clearly_apart_are_found(number, apart, found):
    random = np.random.default_rng(6)
    drawn = (
        [*random.normal(size=number // 2), *random.normal(apart, size=number // 2)] for _ in range(DRAWS)
    )
    assert sum(len(spread(values).groups) == 2 for values in drawn) >= found * DRAWS


def test_overlapping_groups_are_not_told_as_two():
    random = np.random.default_rng(6)
    drawn = ([*random.normal(size=128), *random.normal(3, size=128)] for _ in range(DRAWS))
    assert not any(spread(values).groups for values in drawn)


def test_three_groups_are_not_told_as_two():
    three = [RANDOM.normal(at, 0.1, 64) for at in (0, 2, 4)]
    unlike = [RANDOM.normal(at, 0.1, 64) for at in (0, 5, 7)]
    assert spread(np.concatenate(three)).groups == spread(np.concatenate(unlike)).groups == ()


def test_a_few_that_lie_elsewhere_are_no_group_and_few_values_have_none() -> None:
    assert spread([0.5] * 95 + [0.9] * 5).groups == ()
    assert spread([0.5] * 90 + [0.9] * 10).groups == (Group(0.9, 0.5, 0.5, 0.5), Group(0.1, 0.9, 0.9, 0.9))
    # ten heads in a row are about one of a thousand, nine are not
    assert len(spread([0.5, 0.9] * 10).groups) == 2
    assert spread([0.5, 0.9] * 9).groups == ()
    assert spread([0.5] * 64).groups == ()


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf]])
def test_values_that_have_no_spread_are_refused(values) -> None:
    with pytest.raises(InvalidValue, match="finite numbers, at least one"):
        spread(values)
