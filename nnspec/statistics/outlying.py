"""Whether one row of numbers is such as the rows beside it: an exact test without an assumption.

If a row was made as all the others were, its rank among them by any score that treats all rows alike is
uniform, whatever the distribution and however the columns depend on one another (conformal p-values: Vovk,
Gammerman & Shafer, "Algorithmic learning in a random world", 2005, 2.2). The score is how far a row's nearest
neighbours are, which finds rows in gaps as well as those beyond the others (Ramaswamy, Rastogi & Shim,
"Efficient algorithms for mining outliers from large data sets", 2000).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue

_NEIGHBOURS = 5
_RIDGE = 0.01  # of the variance of a column: what columns differ in by less is round-off
_BEYOND = 10.0  # ranges, at which what is not finite lies


def p_outlying(row: ArrayLike, rows: ArrayLike) -> float:
    """Return the p-value that a row (columns,) was made as `rows` (seeds, columns) were.

    It is at least 1/(seeds + 1). A p-value of at most α has a probability of at most α if the row was made
    so. What is not finite lies far beyond the rest, above for infinity and NaN.

    Raises
    ------
    InvalidValue
        If there are no rows or columns, or not as many columns in both.
    """
    one, others = np.asarray(row, np.float64), np.asarray(rows, np.float64)
    if others.ndim != 2 or one.shape != others.shape[1:] or not others.size:
        raise InvalidValue("row, rows", (one.shape, others.shape), "(columns,) and (seeds, columns)")
    scores = _scores(np.vstack([one, others]))
    # distances that are equal but for round-off are equal
    return float((scores >= scores[0] * (1 - 1e-9)).sum()) / len(scores)


def _scores(rows: NDArray[np.float64]) -> NDArray[np.float64]:
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
