"""At which numbers of seeds a verdict is asked for, and what p-values pay for it."""

from __future__ import annotations

import itertools

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import MOST
from nnspec.statistics.looks import at_most, blocks, weight


def test_the_first_eight_blocks_are_alike_and_then_they_grow_with_the_seeds() -> None:
    assert blocks(512, 64) == [64] * 8
    assert blocks(4096, 64) == [64] * 8 + [128] * 4 + [256] * 4 + [512] * 4
    assert blocks(100, 8) == [8] * 8 + [16, 16, 4]
    assert blocks(5, 64) == [5]


@pytest.mark.parametrize("at_a_time", [1, 8, 64])
def test_looks_lie_at_most_a_quarter_apart_and_miss_no_seed(at_a_time: int) -> None:
    sizes = blocks(2**15, at_a_time)
    assert sum(sizes) == 2**15
    looks = list(itertools.accumulate(sizes))[7:]
    assert all(after <= 1.25 * before for before, after in itertools.pairwise(looks))


def test_a_limit_is_rounded_down_to_a_look() -> None:
    assert [at_most(seeds, 64) for seeds in (0, 63, 64, 511, 512, 639, 640, 2**15)] == [
        *(0, 0, 64, 448, 512, 512, 640, 2**15)
    ]


@pytest.mark.parametrize("at_a_time", [8, 64])
def test_the_weights_of_all_looks_of_a_budget_spend_no_more_than_the_level(at_a_time: int) -> None:
    looks = list(itertools.accumulate(blocks(MOST, at_a_time)))
    weights = [weight(seeds, at_a_time) for seeds in looks]
    assert weights == sorted(weights)
    assert 0.9 < sum(1 / one for one in weights) < 1 + 1e-12
    assert 4 < weights[0] < 5


@pytest.mark.parametrize(("most", "size"), [(0, 64), (64, 0), (1.5, 64), (True, 64)])
def test_what_is_no_number_of_seeds_is_refused(most: object, size: object) -> None:
    with pytest.raises(InvalidValue):
        blocks(most, size)  # type: ignore[arg-type]
