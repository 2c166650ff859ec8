"""Rosenblatt's perceptron and the bound on how often it has to learn.

Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the
brain", 1958; Novikoff, "On convergence proofs for perceptrons", 1962.

The bias is the weight of one more input that is always 1, here and in the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, real_number, whole_number

Array = NDArray[np.float64]

# as a share of the largest input: smaller margins cannot be told from the round-off of float64
_SMALLEST_MARGIN = 1e-12


@dataclass(frozen=True)
class Perceptron:
    """A perceptron after training, with what happened on the way.

    `weights` are (features,) and `bias` a number. `errors_per_pass` counts the examples that each pass
    over the data met on the wrong side; each of them is one of the `updates`. `converged` says
    whether the last pass met none, after which nothing would change any more.
    """

    weights: Array
    bias: float
    updates: int
    errors_per_pass: tuple[int, ...]
    converged: bool

    def predict(self, x: ArrayLike) -> NDArray[np.int64]:
        """Return class 1 where x · weights + bias ≥ 0, else 0, for x (examples, features): (examples,).

        Raises
        ------
        InvalidValue
            If x is not finite or has another number of features.
        """
        inputs = _inputs(x)
        if inputs.shape[1] != len(self.weights) + 1:
            raise InvalidValue("x.shape", np.shape(x), f"{len(self.weights)} features per example")
        return np.asarray(inputs @ np.append(self.weights, self.bias) >= 0, np.int64)


def fit(
    x: ArrayLike,
    y: ArrayLike,
    *,
    seed: int | np.random.Generator,
    passes: int = 100,
    learning_rate: float = 1.0,
    initial_deviation: float = 0.0,
) -> Perceptron:
    """Return the perceptron that has learned x (examples, features) with labels y (examples,) 0 or 1.

    Every pass takes the examples in a new order. An example on the wrong side moves the weights by
    `learning_rate` · (label - prediction) · inputs, one on the right side changes nothing. Training
    ends after a pass without an error, at the latest after `passes`. The initial weights and bias are
    drawn from a normal distribution with mean 0 and standard deviation `initial_deviation`.

    Raises
    ------
    InvalidValue
        If the data are not finite, the shapes do not fit, a label is neither 0 nor 1, or a setting is
        out of its range.
    """
    inputs, labels = _inputs(x), _labels(x, y)
    passes = whole_number("passes", passes)
    rate = real_number("learning_rate", learning_rate, 0.0, open_low=True)
    deviation = real_number("initial_deviation", initial_deviation, 0.0)
    rng = np.random.default_rng(
        seed if isinstance(seed, np.random.Generator) else whole_number("seed", seed, 0)
    )
    weights = rng.normal(0, deviation, inputs.shape[1:])
    errors_per_pass: list[int] = []
    while len(errors_per_pass) < passes and 0 not in errors_per_pass:
        errors = 0
        for example in rng.permutation(len(inputs)):
            prediction = float(inputs[example] @ weights >= 0)
            if prediction != labels[example]:
                weights += rate * (labels[example] - prediction) * inputs[example]
                errors += 1
        errors_per_pass.append(errors)
    happened = sum(errors_per_pass), tuple(errors_per_pass), errors_per_pass[-1] == 0
    return Perceptron(weights[:-1], float(weights[-1]), *happened)


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
    return float((np.linalg.norm(_inputs(x), axis=1).max() / distance) ** 2)


def _inputs(x: ArrayLike) -> Array:
    """Return x with a column of ones for the bias, (examples, features + 1)."""
    values = real_numbers("x", x)
    if values.ndim != 2 or values.size == 0:
        raise InvalidValue("x.shape", values.shape, "(examples, features), at least one of each")
    if not np.isfinite(values).all():
        raise InvalidValue("x", "NaN or infinity", "finite numbers")
    return np.column_stack([values.astype(np.float64), np.ones(len(values))])


def _labels(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the labels of x as 0.0 and 1.0, (examples,)."""
    labels = real_numbers("y", y)
    if labels.shape != np.shape(x)[:1]:
        raise InvalidValue("y.shape", labels.shape, f"{np.shape(x)[:1]}, one label per example")
    wrong = [label for label in labels.tolist() if label not in (0, 1)]
    if wrong:
        raise InvalidValue("y", wrong[0], "labels 0 and 1", "-1 and 1 become 0 and 1 by (y + 1) / 2")
    return labels.astype(np.float64)


def _turned(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the inputs of class 1, and those of class 0 times -1, (examples, features + 1)."""
    inputs, labels = _inputs(x), _labels(x, y)
    return inputs * (2 * labels - 1)[:, None]
