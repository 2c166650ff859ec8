"""The fewest seeds of a test of fixed size, against a search through all of its regions of rejection."""

from __future__ import annotations

import itertools
import math

import pytest

from nnspec.statistics.shares import decide
from nnspec.studies.calibration.fewest_seeds import fewest_seeds

OF_A_SUITE = 1e-3 / 300


@pytest.mark.parametrize(
    ("true", "claimed", "error_rate", "power"),
    [(0.3, 0.5, 0.05, 0.9), (0.97, 0.9, 0.05, 0.5), (0.5, 0.9, OF_A_SUITE, 0.9), (0.8, 0.5, 0.01, 0.8)],
)
def test_the_fewest_seeds_are_those_of_a_search_through_all_tests(
    true: float, claimed: float, error_rate: float, power: float
) -> None:
    def tail(share: float, seeds: int, counts: range) -> float:
        return sum(math.comb(seeds, k) * share**k * (1 - share) ** (seeds - k) for k in counts)

    def decides(seeds: int) -> bool:
        ranges = [range(k + 1) if true < claimed else range(k, seeds + 1) for k in range(seeds + 1)]
        allowed = [one for one in ranges if tail(claimed, seeds, one) <= error_rate]
        return any(tail(true, seeds, one) >= power for one in allowed)

    found = fewest_seeds(true, claimed, error_rate, power)
    assert found == next(seeds for seeds in itertools.count(1) if decides(seeds))
    assert fewest_seeds(1 - true, 1 - claimed, error_rate, power) == found
    assert fewest_seeds(true, claimed, error_rate, power, most_seeds=found - 1) is None


def test_no_number_of_seeds_decides_a_claim_whose_share_is_the_true_one() -> None:
    assert fewest_seeds(0.9, 0.9, 0.05, 0.5) is None


@pytest.mark.parametrize("claimed", [0.5, 0.9])
@pytest.mark.parametrize("true", [0.05, 0.3, 0.99])
def test_a_sequence_never_decides_so_many_with_fewer_seeds(claimed: float, true: float) -> None:
    """The chance that a run of `fewest - 1` seeds was decided at any point is below the power asked for."""
    power = 0.9
    fewest = fewest_seeds(true, claimed, OF_A_SUITE, power)
    assert fewest is not None
    alive, decided = [1.0], 0.0
    for seeds in range(1, fewest):
        after = [0.0] * (seeds + 1)
        for yes, chance in enumerate(alive):
            after[yes] += chance * (1 - true)
            after[yes + 1] += chance * true
        for yes, chance in enumerate(after):
            if decide(yes, seeds, claimed, OF_A_SUITE) != "undecided":
                decided, after[yes] = decided + chance, 0.0
        alive = after
    assert decided < power
