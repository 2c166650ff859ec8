"""Differences of two accuracies of as many examples are exact for every n up to ten thousand."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec import SeedValues

EVERY_N = np.arange(1, 10_001)
LAST_PLACE = np.float32(2.0**-24)
YES_AND_NO = [(operator.ge, operator.lt), (operator.gt, operator.le), (operator.eq, operator.ne)]


def shares(count: Any, of: Any, label: str, units: int) -> SeedValues:
    """Return k of n in float32, up to three units in the last place beside."""
    beside = ((np.arange(count.size) * units) % 7 - 3).astype(np.float32) * LAST_PLACE
    return SeedValues(count.astype(np.float32) / of.astype(np.float32) + beside, label, counts_of=of)


def pairs(written: int, whole: int) -> tuple[Any, Any, Any]:
    """Return for every n two counts whose shares differ by about written / whole, and by how much more."""
    apart = (EVERY_N * written + whole // 2) // whole  # the nearest
    lower = (EVERY_N - apart) * (EVERY_N % 11) // 11
    return lower + apart, lower, apart * whole - EVERY_N * written


@pytest.mark.parametrize(("digits", "step"), [(2, 1), (3, 1), (4, 3)])
def test_a_difference_of_two_counts_is_compared_exactly_with_every_decimal(digits: int, step: int) -> None:
    whole = 10**digits
    for written in range(0, whole + 1, step):
        more, less, above = pairs(written, whole)
        threshold = written / whole
        # float32 errs by less than 1e-6, so that farther differences are on their side anyhow
        doubtful = np.abs(above) <= 2e-6 * whole * EVERY_N if digits > 2 else np.ones(len(above), bool)
        a, b = (shares(k[doubtful], EVERY_N[doubtful], "a", units) for k, units in ((more, 5), (less, 3)))
        yes, no = YES_AND_NO[written % 3]
        expected = yes(above[doubtful], 0)
        assert (yes(a - b, threshold) == expected).all(), threshold
        assert (no(a - b, threshold) == ~expected).all(), threshold
        assert (yes(a, b + threshold) == expected).all(), threshold
        assert (yes(a - threshold, b) == expected).all(), threshold
        assert (yes(abs(b - a), threshold) == expected).all(), threshold


@pytest.mark.parametrize(("yes", "no"), YES_AND_NO)
def test_two_counts_of_as_many_are_compared_as_their_numerators(
    yes: Callable[..., Any], no: Callable[..., Any]
) -> None:
    for apart in (-1, 0, 1):
        less = EVERY_N // 2
        more = np.clip(less + apart, 0, EVERY_N)
        a, b = shares(more, EVERY_N, "a", 5), shares(less, EVERY_N, "b", 3)
        assert (yes(a, b) == yes(more, less)).all()
        assert (no(a, b) == no(more, less)).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("digits", [2, 3, 4])
def test_a_share_is_on_its_side_of_a_decimal_also_where_no_is_the_answer(digits: int, dtype: Any) -> None:
    whole = 10**digits
    for written in range(0, whole + 1, 1 if digits < 4 else 3):
        counts = (EVERY_N * written + whole // 2) // whole
        tied = counts * whole == EVERY_N * written
        # written as k / n in float32 and in float64, as other code than training has them
        values = SeedValues((counts[tied] / EVERY_N[tied]).astype(dtype), "a", counts_of=EVERY_N[tied])
        assert (values >= written / whole).all()
        assert (values <= written / whole).all()
        assert not (values < written / whole).any()
        assert not (values > written / whole).any()
        assert not (values != written / whole).any()
