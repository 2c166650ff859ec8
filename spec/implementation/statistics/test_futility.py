"""Where the seeds that are left would decide nothing they are spared, and nothing else is lost."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import InvalidValue
from nnspec.statistics.futility import FEWEST, futile_range, is_futile
from nnspec.statistics.power import stopping_points
from nnspec.statistics.shares import decide

RATE, MOST = 2.5e-6, 512


@pytest.mark.parametrize(
    ("successes", "seeds", "share", "futile"),
    [
        *[(64, 128, 0.5, True), (60, 128, 0.5, True), (66, 128, 0.5, True)],
        # 60 % may become 62.5 % of 512, which decide it
        *[(77, 128, 0.5, False), (51, 128, 0.5, False), (300, 448, 0.5, False)],
        *[(115, 128, 0.9, True), (128, 128, 0.9, False), (90, 128, 0.9, False)],
        # close to the end little can change any more
        *[(255, 448, 0.5, True), (32, 64, 0.5, False), (20, 40, 0.5, False), (256, 512, 0.5, False)],
    ],
)
def test_the_rest_is_futile_where_no_likely_one_would_decide(successes, seeds, share, futile) -> None:
    assert is_futile(successes, seeds, share, RATE, MOST) is futile


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("seeds", range(FEWEST, MOST, 64))
def test_what_is_decided_or_nearly_so_is_never_futile(share, seeds) -> None:
    futile = futile_range(seeds, share, RATE, MOST)
    assert all(decide(yes, seeds, share, RATE) == "undecided" for yes in futile)
    # they are neighbours, around the claimed share
    assert list(futile) == list(range(futile[0], futile[-1] + 1)) if futile else seeds <= 2 * FEWEST


@pytest.mark.parametrize("true_share", [0.5, 0.6, 0.65, 0.7, 0.9])
def test_stopping_for_futility_decides_nothing_wrongly_and_hardly_less(true_share) -> None:
    terms = (true_share, 0.5, RATE)
    plain = stopping_points(*terms, [64] * (MOST // 64))
    spared = stopping_points(*terms, [64] * (MOST // 64), stops_for_futility=True)
    assert np.all(spared.holds <= plain.holds + 1e-15)
    assert np.all(spared.refuted <= plain.refuted + 1e-15)
    assert spared.holds.sum() >= plain.holds.sum() - 0.03


def test_it_spares_most_of_the_seeds_of_a_coin_toss() -> None:
    random, taken = np.random.default_rng(4), []
    for _ in range(200):
        answers = np.cumsum(random.integers(0, 2, MOST))
        looks = range(64, MOST + 1, 64)
        stops = (n for n in looks if n == MOST or is_futile(int(answers[n - 1]), n, 0.5, RATE, MOST))
        taken.append(next(stops))
    assert np.mean(taken) < MOST / 3


def test_few_seeds_and_the_last_ones_are_never_futile() -> None:
    assert not is_futile(31, 62, 0.5, RATE, MOST)
    assert futile_range(MOST, 0.5, RATE, MOST) == ()
    with pytest.raises(InvalidValue):
        is_futile(64, 128, 1.0, RATE, MOST)
