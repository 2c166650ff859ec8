"""Whether one row of numbers is such as the rows beside it: an exact test without an assumption.

If a row was made as all the others were, its rank among them by any score that treats all rows alike is
uniform, whatever the distribution and however the columns depend on one another (conformal p-values: Vovk,
Gammerman & Shafer, "Algorithmic learning in a random world", 2005, 2.2). Of two scores a row counts by the
more unusual one. How extreme its numbers are, one by one, sees many figures that lie a little off
at once (Fisher's sum of the logarithms of two-sided ranks). How far its nearest neighbours are sees rows in
gaps between the others, and off the line on which figures lie that depend on one another (Ramaswamy, Rastogi
& Shim, "Efficient algorithms for mining outliers from large data sets", 2000).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue

_NEIGHBOURS = 5
_RIDGE = 0.01  # of the variance of a column: what columns differ in by less is round-off
_EQUAL = 1e-9  # distances that differ by less are equal
_BEYOND = 10.0  # ranges, at which what is not finite lies


def p_outlying(row: ArrayLike, rows: ArrayLike) -> float:
    """Return the p-value that a row (columns,) was made as `rows` (seeds, columns) were.

    It is at least 1/(seeds + 1), and at most `smallest` of a row that no other exceeds in a score. A p-value
    of at most α has a probability of at most α if the row was made so. What is not finite lies far beyond the
    rest, above for infinity and NaN.

    Raises
    ------
    InvalidValue
        If there are no rows or columns, or not as many columns in both.
    """
    one, others = np.asarray(row, np.float64), np.asarray(rows, np.float64)
    if others.ndim != 2 or one.shape != others.shape[1:] or not others.size:
        raise InvalidValue("row, rows", (one.shape, others.shape), "(columns,) and (seeds, columns)")
    rows_of_both = np.vstack([one, others])
    scores = _larger(_extremes(rows_of_both), _distances(rows_of_both))
    return float((scores >= scores[0]).sum()) / len(scores)


def smallest(seeds: int) -> float:
    """Return the p-value that a row has at most which is the most unusual one in a score, of so many rows."""
    return 2 / (seeds + 1)  # another one may be that in the other score


def _larger(*scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how many rows each is exceeded at most in one score; the other one decides between equals."""
    ranks = np.stack([_below(score) for score in scores])
    found: NDArray[np.float64] = ranks.max(axis=0) + ranks.min(axis=0) / (2 * ranks.shape[1])
    return found


def _below(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many rows have a lower score, but for round-off."""
    ordered = np.sort(score)
    return np.searchsorted(ordered, score * (1 - _EQUAL)).astype(np.float64)


def _extremes(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how extreme the numbers of every row are: minus the sum of the logarithms of two-sided ranks."""
    found = np.zeros(len(rows))
    for column in rows.T:
        whole = np.where(np.isnan(column), np.inf, column)
        ordered = np.sort(whole)
        below, above = np.searchsorted(ordered, whole, "right"), len(whole) - np.searchsorted(ordered, whole)
        found -= np.log(np.minimum(1.0, 2.0 * np.minimum(below, above) / len(whole)))
    return found


def _distances(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the nearest neighbours of every row are, in columns without scale and correlation."""
    from scipy.spatial import cKDTree

    columns = np.stack([_standard(column) for column in rows.T], axis=1)
    covariance = np.atleast_2d(np.cov(columns, rowvar=False)) + _RIDGE * np.eye(columns.shape[1])
    white = columns @ np.linalg.inv(np.linalg.cholesky(covariance)).T
    near = min(_NEIGHBOURS, len(rows) - 1)
    distances = cKDTree(white).query(white, k=near + 1)[0]
    found: NDArray[np.float64] = np.atleast_2d(distances)[:, 1:].sum(axis=1)
    return found


def _standard(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a column about its median in units of its spread, far values drawn in."""
    finite = column[np.isfinite(column)]
    if not len(finite):
        return np.where(np.isneginf(column), -1.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    far = _BEYOND * max(high - low, 1e-12)
    whole = np.where(np.isfinite(column), column, np.where(np.isneginf(column), low - far, high + far))
    lower, half, upper = np.percentile(whole, (25, 50, 75))
    scale = (upper - lower) / 1.349 or float(whole.std())
    return np.arcsinh((whole - half) / scale) if scale > 0 else np.zeros_like(whole)
