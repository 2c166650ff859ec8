"""Whether one row is such as the others: wrong in no more than α of cases, and not blind."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.statistics.outlying import p_outlying, smallest

TRIALS, ROWS = 400, 99


def p_values(columns: int, shifted: float = 0.0, decimals: int = 9) -> np.ndarray:
    """Return p-values of a first row, moved by so much in one column, of correlated normal numbers."""
    draws, mixed = np.random.default_rng(0), np.eye(columns) + 0.8
    found = []
    for _ in range(TRIALS):
        rows = np.round(draws.normal(size=(ROWS + 1, columns)) @ mixed, decimals)
        rows[0, 0] += shifted
        found.append(p_outlying(rows[0], rows[1:]))
    return np.array(found)


@pytest.mark.parametrize(("columns", "decimals"), [(1, 9), (4, 9), (4, 0)])
def test_a_row_like_the_others_has_a_small_p_value_no_more_often_than_it_says(
    columns: int, decimals: int
) -> None:
    found = p_values(columns, decimals=decimals)
    for level in (0.01, 0.05, 0.2):
        # of 400 rows, with a margin of four standard deviations
        assert (found <= level).mean() <= level + 4 * np.sqrt(level / TRIALS)
    assert found.min() >= 1 / (ROWS + 1)


def test_a_row_beyond_the_others_or_in_a_gap_between_them_is_noticed() -> None:
    assert (p_values(4, shifted=20.0) <= smallest(ROWS)).mean() > 0.95
    two_groups = np.repeat([[0.0], [1.0]], 100, axis=0) + np.random.default_rng(1).normal(0, 0.01, (200, 1))
    assert p_outlying([0.5], two_groups) <= smallest(200)
    line = np.random.default_rng(2).normal(size=(200, 1)) * [1.0, -1.0]
    assert p_outlying([0.5, 0.5], line) <= smallest(200)  # each number is usual, both are not


def test_a_shift_of_all_figures_along_the_way_they_vary_together_is_noticed() -> None:
    # figures of a log rise and fall together, with noise of their own
    draws = np.random.default_rng(4)
    rows = draws.normal(size=(400, 1)) + 0.5 * draws.normal(size=(400, 20))
    low, high = rows.min(axis=0), rows.max(axis=0)
    assert p_outlying(high + 0.1, rows) <= smallest(400)
    assert p_outlying(low - 0.1, rows) <= smallest(400)
    assert p_outlying(np.median(rows, axis=0), rows) > 0.1


def test_what_is_not_finite_lies_beyond_the_rest() -> None:
    rows = np.random.default_rng(3).normal(size=(200, 2))
    assert p_outlying([np.nan, 0.0], rows) <= smallest(200)
    assert p_outlying([np.inf, 0.0], rows) <= smallest(200)
    rows[:, 0] = np.nan
    assert p_outlying([np.nan, 0.0], rows) > 0.1
    assert p_outlying([1.0, 1.0], np.ones((200, 2))) == 1.0
    assert p_outlying([2.0, 1.0], np.ones((200, 2))) <= smallest(200)


def test_rows_of_another_length_are_refused() -> None:
    for row, rows in (([1.0], np.ones((3, 2))), ([1.0], np.ones(3)), ([], np.ones((3, 0)))):
        with pytest.raises(InvalidValue, match=r"\(columns,\) and \(seeds, columns\)"):
            p_outlying(row, rows)
