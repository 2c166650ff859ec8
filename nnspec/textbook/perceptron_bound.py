"""How often a perceptron has to learn at most: Novikoff, "On convergence proofs for perceptrons", 1962.

The bias is the weight of one more input that is always 1, in the margin and in the bound too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue
from nnspec.textbook.perceptron import Array, checked_labels, with_bias

# as a share of the largest input: smaller margins cannot be told from the round-off of float64
_SMALLEST_MARGIN = 1e-12


def separating_direction(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the unit vector that separates the two classes with the largest margin, (features + 1,).

    Its last entry belongs to the constant input 1. Turn the inputs of class 0 round, z = -input, and
    all z must lie on the same side; the point nearest to the origin in their convex hull Σ αᵢ zᵢ
    shows the direction, and its distance is the margin. Least squares with α ≥ 0 find it: for
    Σ αᵢ zᵢ = 0 together with Σ αᵢ = 1, the best compromise is a multiple of the nearest point.

    Raises
    ------
    InvalidValue
        As `fit` does, and if no line (plane, …) separates the classes.
    """
    from scipy.optimize import nnls  # takes half a second to import

    turned = _turned(x, y)
    turned = turned / np.linalg.norm(turned, axis=1).max()
    equations = np.vstack([turned.T, np.ones(len(turned))])
    shares, _ = nnls(equations, np.append(np.zeros(turned.shape[1]), 1.0))
    nearest = shares @ turned
    length = np.linalg.norm(nearest)
    if length == 0 or (turned @ nearest / length).min() < _SMALLEST_MARGIN:
        raise InvalidValue("y", "classes that overlap or touch", "linearly separable classes")
    return np.asarray(nearest / length, np.float64)


def margin(x: ArrayLike, y: ArrayLike, direction: ArrayLike) -> float:
    """Return γ, the distance of the nearest example from the plane through the origin across `direction`.

    `direction` is (features + 1,), its last entry for the constant input 1; it is scaled to length 1.
    The distance is negative if an example lies on the wrong side.

    Raises
    ------
    InvalidValue
        As `fit` does, and if the direction has another length or is zero or not finite.
    """
    turned = _turned(x, y)
    vector = real_numbers("direction", direction).astype(np.float64)
    if vector.shape != turned.shape[1:]:
        raise InvalidValue("direction.shape", vector.shape, f"{turned.shape[1:]}, the weights and the bias")
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise InvalidValue("direction", vector.tolist(), "finite numbers, not all of them 0")
    return float((turned @ vector).min() / length)


def update_bound(x: ArrayLike, y: ArrayLike, direction: ArrayLike | None = None) -> float:
    """Return (R / γ)², which the number of updates from zero weights never exceeds (Novikoff, 1962).

    R is the largest norm of an example with its constant input 1, γ the `margin` across `direction`;
    None takes the direction with the largest margin, which gives the lowest bound. It holds for any
    learning rate and any order of the examples, but not for other initial weights.

    Raises
    ------
    InvalidValue
        As `margin` and `separating_direction` do, and if the direction does not separate the classes.
    """
    chosen = separating_direction(x, y) if direction is None else direction
    distance = margin(x, y, chosen)
    if distance <= 0:
        raise InvalidValue("direction", chosen, f"one that separates the classes; its margin is {distance:g}")
    return float((np.linalg.norm(with_bias(x), axis=1).max() / distance) ** 2)


def _turned(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the inputs of class 1, and those of class 0 times -1, (examples, features + 1)."""
    inputs, labels = with_bias(x), checked_labels(x, y)
    return inputs * (2 * labels - 1)[:, None]
