"""The confidence sequence against exact enumeration, and verdicts at their boundaries.

The error rates are not simulated: for a true share the number of successes after n seeds is a Markov
chain, so the probability that the sequence ever errs is a sum that a loop over n gives exactly.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.statistics.shares import decide, log_evidence_against, share_interval

SHARES = (0.01, 0.1, 0.3, 0.5, 0.75, 0.9, 0.99)
ERROR_RATES = (0.5, 0.1, 0.01, 1e-3, 1e-3 / 300)
OF_A_SUITE = 1e-3 / 300  # the project's error rate split over its verdicts
LONGEST = 200


@functools.cache
def evidence_against(share: float) -> NDArray[np.float64]:
    """Return the evidence by (seeds, successes) up to the longest run, NaN for more successes than seeds."""
    evidence = np.full((LONGEST + 1, LONGEST + 1), np.nan)
    for n in range(LONGEST + 1):
        evidence[n, : n + 1] = [log_evidence_against(share, k, n) for k in range(n + 1)]
    return evidence


def chance_of_ever(stops: NDArray[np.bool_], true_share: float) -> float:
    """Return the probability that a run of seeds reaches a state (seeds, successes) that stops it."""
    alive = np.zeros(LONGEST + 1)
    alive[0] = 1.0
    stopped = 0.0
    for n in range(1, LONGEST + 1):
        alive[1:] = alive[1:] * (1 - true_share) + alive[:-1] * true_share
        alive[0] *= 1 - true_share
        stopped += alive[stops[n]].sum()
        alive[stops[n]] = 0.0
    assert stopped + alive.sum() == pytest.approx(1.0, abs=1e-12)
    return float(stopped)


@pytest.mark.parametrize("error_rate", ERROR_RATES)
@pytest.mark.parametrize("share", SHARES)
def test_the_true_share_is_ever_excluded_with_at_most_the_error_rate(share: float, error_rate: float) -> None:
    chance = chance_of_ever(evidence_against(share) >= -math.log(error_rate), share)
    assert chance <= error_rate
    # a sequence that never excludes anything would pass as well: it must use some of its error rate
    assert chance >= error_rate / 200


@pytest.mark.parametrize("claimed", [0.5, 0.9])
@pytest.mark.parametrize("error_rate", [0.1, 0.01])
def test_a_wrong_verdict_is_as_rare_as_stated_also_away_from_the_boundary(
    claimed: float, error_rate: float
) -> None:
    observed = np.arange(LONGEST + 1) / np.maximum(np.arange(LONGEST + 1), 1)[:, None]
    decided = evidence_against(claimed) >= -math.log(error_rate)
    for true in (claimed, claimed + 0.02, claimed + 0.09):
        assert chance_of_ever(decided & (observed < claimed), true) <= error_rate
    for true in (claimed - 0.0001, claimed - 0.02, claimed - 0.2):
        assert chance_of_ever(decided & (observed > claimed), true) <= error_rate


def test_a_wrong_claim_is_refuted_within_the_seeds_of_a_block() -> None:
    # the smallest discrepancies that one block of 64 seeds shows, nineteen times in twenty
    for claimed, true in ((0.9, 0.5), (0.5, 0.1)):
        refuting = evidence_against(claimed) >= -math.log(OF_A_SUITE)
        refuting[65:] = False
        assert chance_of_ever(refuting, true) >= 0.95


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_verdict_and_interval_say_the_same_as_the_evidence(share: float) -> None:
    for n in (1, 7, 23, 60, 200):
        for k in range(n + 1):
            excluded = bool(evidence_against(share)[n, k] >= -math.log(OF_A_SUITE))
            low, high = share_interval(k, n, OF_A_SUITE)
            assert (not low <= share <= high) == excluded
            expected = ("holds" if k > share * n else "refuted") if excluded else "undecided"
            assert decide(k, n, share, OF_A_SUITE) == expected


def test_the_interval_of_the_no_answers_is_the_mirror_image() -> None:
    for k, n in ((0, 5), (3, 10), (250, 256)):
        low, high = share_interval(k, n, 0.01)
        assert share_interval(n - k, n, 0.01) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_all_yes_leaves_one_in_the_interval_and_all_no_leaves_zero() -> None:
    low, high = share_interval(100, 100, OF_A_SUITE)
    assert 0.8 < low < 0.9
    assert high == 1.0
    assert share_interval(0, 100, OF_A_SUITE)[0] == 0.0


def test_no_seed_excludes_no_share() -> None:
    assert share_interval(0, 0, 0.05) == (0.0, 1.0)
    assert decide(0, 0, 0.9, 0.05) == "undecided"


def test_the_interval_narrows_with_seeds_and_widens_with_smaller_error_rates() -> None:
    widths = [np.diff(share_interval(n // 2, n, 0.01))[0] for n in (8, 32, 128, 512)]
    assert (np.diff(widths) < 0).all()
    widths = [np.diff(share_interval(50, 100, error_rate))[0] for error_rate in ERROR_RATES]
    assert (np.diff(widths) > 0).all()


@pytest.mark.parametrize(
    ("claimed", "needed"),
    # the mixture gives n yes in a row a likelihood of 1 / (n + 1), the claimed share gives them claimed^n
    [(0.5, 23), (0.9, 169)],
)
def test_so_many_seeds_in_a_row_decide_a_claim(claimed: float, needed: int) -> None:
    assert decide(needed - 1, needed - 1, claimed, OF_A_SUITE) == "undecided"
    assert decide(needed, needed, claimed, OF_A_SUITE) == "holds"
    assert 1 / (needed + 1) / claimed**needed >= 1 / OF_A_SUITE


@pytest.mark.parametrize(("claimed", "needed"), [(0.5, 23), (0.9, 7), (0.99, 4)])
def test_so_many_no_in_a_row_refute_a_claim(claimed: float, needed: int) -> None:
    assert decide(0, needed - 1, claimed, OF_A_SUITE) == "undecided"
    assert decide(0, needed, claimed, OF_A_SUITE) == "refuted"


RANKS = {"refuted": 0, "undecided": 1, "holds": 2}


@pytest.mark.parametrize("successes", [0, 32, 60, 64])
def test_a_larger_claim_never_has_the_better_verdict(successes: int) -> None:
    ranks = [RANKS[decide(successes, 64, claimed, OF_A_SUITE)] for claimed in np.linspace(0.01, 0.99, 99)]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) >= 2
