"""The tests that show whether a claim's distribution over the seeds has moved.

Shares are compared by Fisher's exact test: it holds its level at every number of seeds, and Barnard's
test, a little more powerful for a handful of seeds, searches a nuisance parameter for every table. Values
are compared by the Kolmogorov–Smirnov test, which sees any change of a distribution (`rank_tests.p_other`).

Both take the two samples to be independent. Of the same seeds they are paired: identical values then say
that nothing moved at all, and otherwise starting from the same weights makes samples more alike than the
tests expect, so that they err on the quiet side. A run adds seeds until a verdict is decided, so each
p-value is multiplied by a weight for where each of the two runs ended, the more the later
(`nnspec.statistics.looks.weight`).
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from nnspec.results.claim_record import ClaimRecord, Quantity
from nnspec.statistics.order_statistics import CONFIDENCE
from nnspec.statistics.rank_tests import Estimate, p_other, shift, smallest_p


@dataclass(frozen=True)
class Tested:
    """One test of a claim: what was compared, its p-value by Holm, and by how much it moved.

    `old` and `new` are shares or medians; `by` is their difference, or the shift, with its interval, None
    without finite values. `seeds` are those of OLD and NEW, `alike` of how many the value is the same to
    six digits, None for a share.
    """

    what: str
    p: float
    old: float
    new: float
    by: Estimate | None
    seeds: tuple[int, int]
    alike: int | None = None


@dataclass(frozen=True)
class Test:
    """A test of the claim `key` before Holm's correction; `least_p` is what so few seeds can reach."""

    key: str
    found: Tested
    least_p: float


def identical(old: ClaimRecord, new: ClaimRecord) -> bool:
    """Return whether all seeds that both runs have give the same values and answers: nothing moved."""
    if not old.quantities or not new.quantities or old.seeds is None or new.seeds is None:
        return False
    if [_asked(q) for q in old.quantities] != [_asked(q) for q in new.quantities]:
        return False
    if old.seeds == new.seeds and old.successes != new.successes:
        return False
    one, other = old.counterfactual, new.counterfactual
    if one and other and one.seeds == other.seeds and one.successes != other.successes:
        return False
    pairs = zip(old.quantities, new.quantities, strict=True)
    return all(_alike(before, after) == _common(before, after) > 0 for before, after in pairs)


def every_test(name: str, old: ClaimRecord, new: ClaimRecord) -> list[Test]:
    """Return the tests of a claim's share, of every quantity and of the counterfactual's share.

    A null has the runs of the claim in another order, so that it says nothing new.
    """
    if old.seeds is None or new.seeds is None:
        return []
    tests, others = [], {quantity.label: quantity for quantity in old.quantities}
    asked = [[_asked(q) for q in record.quantities] for record in (old, new)]
    if asked[0] == asked[1] or not all(asked):  # else it is the share of another question
        yes, seeds = (old.successes or 0, new.successes or 0), (old.seeds, new.seeds)
        tests.append(_share_test(name, "share", yes, seeds, old.looks * new.looks))
    for quantity in {q.label: q for q in new.quantities}.values():
        before = others.get(quantity.label)
        if before is not None and len(before.values) and len(quantity.values):
            tests.append(_value_test(name, before, quantity, old.looks * new.looks))
    one, other = old.counterfactual, new.counterfactual
    if one and other and not (one.null or other.null):  # a null has the claim's own runs
        looks = old.counterfactual_looks * new.counterfactual_looks
        yes, seeds = (one.successes, other.successes), (one.seeds, other.seeds)
        tests.append(_share_test(name, "share of the counterfactual", yes, seeds, looks))
    return tests


def _share_test(name: str, what: str, yes: tuple[int, int], seeds: tuple[int, int], looks: float) -> Test:
    p = min(1.0, looks * _share_p(yes, seeds))
    shares = yes[0] / seeds[0], yes[1] / seeds[1]
    found = Tested(what, p, *shares, difference_of_shares(yes, seeds), seeds)
    return Test(name, found, looks * smallest_p(*seeds))


@functools.cache  # most counterfactuals are alike: no seed of 64 says yes
def _share_p(yes: tuple[int, int], seeds: tuple[int, int]) -> float:
    from scipy.stats import fisher_exact

    table = [[successes, number - successes] for successes, number in zip(yes, seeds, strict=True)]
    return float(fisher_exact(table).pvalue)


def _value_test(name: str, old: Quantity, new: Quantity, looks: float) -> Test:
    p = min(1.0, looks * p_other(new.array, old.array))
    finite = [values[np.isfinite(values)] for values in (old.array, new.array)]
    by = shift(finite[1], finite[0]) if all(map(len, finite)) else None
    medians = [float(np.median(values)) if len(values) else math.nan for values in finite]
    seeds = len(old.values), len(new.values)
    found = Tested(new.label, p, medians[0], medians[1], by, seeds, _alike(old, new))
    return Test(name, found, looks * 2 * smallest_p(*seeds))


@functools.cache
def difference_of_shares(yes: tuple[int, int], seeds: tuple[int, int]) -> Estimate:
    """Return by how much the second share is larger than the first, with its 95 % interval.

    Source: Newcombe, "Interval estimation for the difference between independent proportions",
    Statistics in Medicine, 1998, method 10: the score intervals of both, combined.
    """
    from scipy.stats import binomtest

    arms = list(zip(yes, seeds, strict=True))
    shares = [successes / number for successes, number in arms]
    ends = [binomtest(*arm).proportion_ci(CONFIDENCE, "wilson") for arm in arms]
    down = math.hypot(shares[1] - ends[1].low, ends[0].high - shares[0])
    up = math.hypot(ends[1].high - shares[1], shares[0] - ends[0].low)
    difference = shares[1] - shares[0]
    return Estimate(difference, difference - down, difference + up)


def _asked(quantity: Quantity) -> tuple[str, str, float]:
    return quantity.label, quantity.operator, quantity.threshold


def _common(old: Quantity, new: Quantity) -> int:
    return min(len(old.values), len(new.values))


def _alike(old: Quantity, new: Quantity) -> int:
    """Return how many of the seeds that both have give the same value."""
    common = _common(old, new)
    return int((old.array[:common] == new.array[:common]).sum())
