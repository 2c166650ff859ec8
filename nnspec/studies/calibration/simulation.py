"""Calibration: how often verdicts are wrong, and how many seeds they take, where the truth is known.

Claims are simulated whose true share is known, and judged by `decide` as `judge` does it:
asked after every block of seeds, until it decides or the budget ends. The same probabilities are
enumerated exactly, so that a fault of either shows as a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, whole_number
from nnspec.statistics.power import stopping_points
from nnspec.statistics.shares import VERDICTS, check_share, decide

_MOST_SEEDS = 100_000  # an exact distribution over more seeds takes minutes


@dataclass(frozen=True, eq=False)
class Calibration:
    """How claims are judged whose true shares are known, at every number of seeds at which they may be.

    true_shares : (shares,) float64. seeds : (points,) int64, the stopping points, ascending.
    holds, refuted : (shares, points) float64, the share of the claims that get this verdict there.
    repetitions : how many claims were simulated for each true share, None for exact probabilities.
    """

    claimed_share: float
    error_rate: float
    true_shares: NDArray[np.float64]
    seeds: NDArray[np.int64]
    holds: NDArray[np.float64]
    refuted: NDArray[np.float64]
    repetitions: int | None

    @property
    def false_verdicts(self) -> NDArray[np.float64]:
        """The share of the claims with a wrong verdict by each stopping point, (shares, points).

        A claim is true, and "refuted" wrong, from the claimed share on; below it "holds" is wrong.
        """
        return np.cumsum(np.where(self._true, self.refuted, self.holds), axis=1)

    @property
    def right_verdicts(self) -> NDArray[np.float64]:
        """The share of the claims with the right verdict by each stopping point, (shares, points)."""
        return np.cumsum(np.where(self._true, self.holds, self.refuted), axis=1)

    @property
    def mean_seeds(self) -> NDArray[np.float64]:
        """The mean number of seeds that are used, (shares,); undecided claims use the whole budget."""
        decided = self.holds + self.refuted
        undecided = 1 - decided.sum(axis=1)
        return np.asarray(decided @ self.seeds + undecided * self.seeds[-1])

    def seeds_until_right(self, chance: float) -> list[int | None]:
        """Return per true share by how many seeds so many claims (0 … 1) are rightly decided, or None."""
        reached = self.right_verdicts >= real_number("chance", chance, 0.0, 1.0, open_low=True)
        return [int(self.seeds[row.argmax()]) if row.any() else None for row in reached]

    @property
    def _true(self) -> NDArray[np.bool_]:
        return (self.true_shares >= self.claimed_share)[:, None]


def calibrate(
    claimed_share: float,
    true_shares: Sequence[float],
    error_rate: float,
    *,
    most_seeds: int,
    at_a_time: int,
    repetitions: int,
    random_state: int,
) -> Calibration:
    """Return how `repetitions` simulated claims of each true share (shares,) are judged.

    Seeds are added `at_a_time` up to `most_seeds`; equal `random_state` gives equal results.

    Raises
    ------
    InvalidValue
        If a share, the error rate or a number cannot be one.
    """
    shares, seeds = _checked(claimed_share, true_shares, most_seeds, at_a_time)
    repetitions = whole_number("repetitions", repetitions)
    random = np.random.default_rng(whole_number("random_state", random_state, 0))
    given = {verdict: np.zeros((len(shares), len(seeds)), np.int64) for verdict in VERDICTS}
    rows = np.repeat(np.arange(len(shares)), repetitions)  # the claims that are still undecided
    successes = np.zeros(len(rows), np.int64)
    for point, size in enumerate(np.diff(seeds, prepend=0)):
        successes = successes + random.binomial(size, shares[rows])
        counted, places = np.unique(successes, return_inverse=True)
        told = [decide(int(count), int(seeds[point]), claimed_share, error_rate) for count in counted]
        verdicts = np.array([VERDICTS.index(verdict) for verdict in told], np.int64)[places]
        for index, verdict in enumerate(VERDICTS):
            given[verdict][:, point] = np.bincount(rows[verdicts == index], minlength=len(shares))
        undecided = verdicts == VERDICTS.index("undecided")
        rows, successes = rows[undecided], successes[undecided]
    holds, refuted = given["holds"] / repetitions, given["refuted"] / repetitions
    return Calibration(claimed_share, error_rate, shares, seeds, holds, refuted, repetitions)


def exact(
    claimed_share: float, true_shares: Sequence[float], error_rate: float, *, most_seeds: int, at_a_time: int
) -> Calibration:
    """Return the probabilities that `calibrate` estimates, by enumerating all seeds and successes.

    Raises
    ------
    InvalidValue
        As `calibrate`.
    """
    shares, seeds = _checked(claimed_share, true_shares, most_seeds, at_a_time)
    sizes = _even_blocks(most_seeds, at_a_time)
    stops = [stopping_points(float(p), claimed_share, error_rate, sizes) for p in shares]
    holds, refuted = (np.stack([getattr(stop, name) for stop in stops]) for name in ("holds", "refuted"))
    return Calibration(claimed_share, error_rate, shares, seeds, holds, refuted, None)


def _checked(
    claimed_share: float, true_shares: Sequence[float], most_seeds: int, at_a_time: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    check_share(claimed_share, "claimed_share")
    if not len(true_shares):
        raise InvalidValue("true_shares", true_shares, "at least one share")
    shares = [real_number(f"true_shares[{place}]", p, 0.0, 1.0) for place, p in enumerate(true_shares)]
    return np.asarray(shares), np.cumsum(_even_blocks(most_seeds, at_a_time))


def _even_blocks(most_seeds: int, at_a_time: int) -> list[int]:
    """Return the sizes of blocks of seeds that are all alike but for the last."""
    most, size = whole_number("most_seeds", most_seeds), whole_number("at_a_time", at_a_time)
    if most > _MOST_SEEDS:
        raise InvalidValue("most_seeds", most, f"at most {_MOST_SEEDS}")
    return [min(size, most - start) for start in range(0, most, size)]


def disagreement(simulated: Calibration, enumerated: Calibration) -> float:
    """Return the p-value (0 … 1) that simulated claims have the enumerated probabilities.

    Compared is by how many stopping points each verdict was given, for every verdict, point and true share,
    by an exact binomial test; the smallest p-value is multiplied by the number of comparisons (Bonferroni),
    which is valid though they depend on one another.

    Raises
    ------
    InvalidValue
        If nothing was simulated, or the two are not about the same claims.
    """
    from scipy.stats import binom  # takes half a second to import

    if simulated.repetitions is None or simulated.holds.shape != enumerated.holds.shape:
        received = (simulated.repetitions, simulated.holds.shape, enumerated.holds.shape)
        raise InvalidValue("simulated, enumerated", received, "a simulation and the enumeration of the same")
    number, smallest = simulated.repetitions, 1.0
    for name in ("holds", "refuted"):
        counts = np.rint(number * np.cumsum(getattr(simulated, name), axis=1))
        # sums of many probabilities exceed 1 by their rounding
        chances = np.minimum(np.cumsum(getattr(enumerated, name), axis=1), 1.0)
        tails = np.minimum(binom.cdf(counts, number, chances), binom.sf(counts - 1, number, chances))
        smallest = min(smallest, 2 * float(tails.min()))
    return min(1.0, 2 * simulated.holds.size * smallest)
