"""What a session keeps in memory is bounded, and nothing goes that no store has."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import SGD, Circles, Dense, Recipe
from nnspec.runs.runs import Runs
from nnspec.session.kept_runs import KeptRuns

RECIPE = Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(0.1), epochs=1)


def block(seeds: int) -> Runs:
    """Return runs of 12 bytes a seed."""
    values = np.zeros(seeds, np.float32)
    return Runs(RECIPE, np.arange(seeds), {"loss": values[:, None]}, {"loss": values}, (values,))


def name(number: int):
    return ("recipe", number), (0, 1), "stacked"


def test_what_was_used_longest_ago_goes_first():
    kept = KeptRuns(most_bytes=240)
    for number in range(2):
        kept.keep(name(number), block(10), elsewhere=True)
    assert kept.get(name(0)) is not None  # used again
    kept.keep(name(2), block(10), elsewhere=True)
    assert [name(number) in kept for number in range(3)] == [True, False, True]


def test_the_last_block_stays_however_large_it_is():
    kept = KeptRuns(most_bytes=10)
    kept.keep(name(0), block(100), elsewhere=True)
    assert name(0) in kept
    kept.keep(name(1), block(100), elsewhere=True)
    assert [name(number) in kept for number in range(2)] == [False, True]


def test_nothing_goes_that_would_have_to_be_trained_again():
    kept = KeptRuns(most_bytes=10)
    for number in range(3):
        kept.keep(name(number), block(10), elsewhere=False)
    assert all(name(number) in kept for number in range(3))


@pytest.mark.parametrize("again", [1, 5])
def test_the_same_block_kept_again_counts_once(again):
    kept = KeptRuns(most_bytes=250)
    kept.keep(name(0), block(10), elsewhere=True)
    for _ in range(again):
        kept.keep(name(1), block(10), elsewhere=True)
    assert name(0) in kept
