"""Rosenblatt's perceptron, which learns from one seed or from many at once.

Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the
brain", 1958. The bias is the weight of one more input that is always 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, real_number, whole_number

Array = NDArray[np.float64]
_DRAWN = 50  # passes whose orders are drawn together, which takes a fraction of the time


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
        inputs = with_bias(x)
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
    (found,) = fit_all(
        [(x, y)],
        seeds=[seed],
        passes=passes,
        learning_rate=learning_rate,
        initial_deviation=initial_deviation,
    )
    return found


def fit_all(
    data: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    seeds: Sequence[int | np.random.Generator],
    passes: int = 100,
    learning_rate: float = 1.0,
    initial_deviation: float = 0.0,
) -> list[Perceptron]:
    """Return what `fit` gives for every seed, learned by all of them in one pass over their examples.

    `data` are x (examples, features) and y (examples,) of every seed, all of one shape, or one pair for
    all seeds. What a seed gives does not depend on the others.

    Raises
    ------
    InvalidValue
        As `fit`, or if there is no seed, or data of another number of seeds or of several shapes.
    """
    passes = whole_number("passes", passes)
    rate = real_number("learning_rate", learning_rate, 0.0, open_low=True)
    deviation = real_number("initial_deviation", initial_deviation, 0.0)
    generators = [np.random.default_rng(_checked_seed(seed)) for seed in seeds]
    inputs, labels = _stacked(data, len(generators))
    learning = np.arange(len(generators))  # the seeds that have not yet met a pass without an error
    weights = np.stack([rng.normal(0, deviation, inputs.shape[2:]) for rng in generators])
    errors = np.full((passes, len(generators)), -1)  # of a pass that was not taken
    for first in range(0, passes, _DRAWN):
        rows = np.broadcast_to(np.arange(inputs.shape[1]), (min(_DRAWN, passes - first), inputs.shape[1]))
        orders = {one: generators[one].permuted(rows, axis=1) for one in learning}
        for number in range(len(rows)):
            if not len(learning):
                break
            order = np.stack([orders[one][number] for one in learning])
            # the seeds come last: what all of them do with an example stands together in memory
            ordered = inputs[learning[:, None], order].transpose(1, 2, 0)
            learned, met = _pass(weights[learning].T, ordered, labels[learning[:, None], order].T, rate)
            weights[learning], errors[first + number, learning] = learned.T, met
            learning = learning[met > 0]
    return [_perceptron(*one) for one in zip(weights, errors.T, strict=True)]


def _pass(weights: Array, inputs: Array, labels: Array, rate: float) -> tuple[Array, NDArray[np.int64]]:
    """Return weights (inputs, seeds) after one pass, and errors (seeds,).

    inputs (examples, inputs, seeds), labels (examples, seeds).
    """
    weights, errors = np.ascontiguousarray(weights), np.zeros(weights.shape[1], np.int64)
    for example, label in zip(np.ascontiguousarray(inputs), labels, strict=True):
        wrong = label - ((example * weights).sum(axis=0) >= 0)
        weights += rate * wrong * example
        errors += wrong != 0
    return weights, errors


def _perceptron(weights: Array, errors: NDArray[np.int64]) -> Perceptron:
    met = tuple(int(number) for number in errors if number >= 0)
    return Perceptron(weights[:-1], float(weights[-1]), sum(met), met, met[-1] == 0)


def _stacked(data: Sequence[tuple[ArrayLike, ArrayLike]], seeds: int) -> tuple[Array, Array]:
    """Return inputs (seeds, examples, features + 1) and labels (seeds, examples)."""
    if not seeds or len(data) not in (1, seeds):
        raise InvalidValue("data, seeds", (len(data), seeds), "data of every seed, or one pair for all")
    inputs, labels = [with_bias(x) for x, _ in data], [checked_labels(x, y) for x, y in data]
    shapes = sorted({one.shape for one in inputs})
    if len(shapes) > 1:
        raise InvalidValue("data", shapes[:2], "as many examples and features for every seed")
    whole = (seeds, *shapes[0])
    return np.broadcast_to(np.stack(inputs), whole), np.broadcast_to(np.stack(labels), whole[:2])


def _checked_seed(seed: int | np.random.Generator) -> int | np.random.Generator:
    return seed if isinstance(seed, np.random.Generator) else whole_number("seed", seed, 0)


def with_bias(x: ArrayLike) -> Array:
    """Return x with a column of ones for the bias, (examples, features + 1).

    Raises
    ------
    InvalidValue
        If x is not (examples, features), at least one of each, or not finite.
    """
    values = real_numbers("x", x)
    if values.ndim != 2 or values.size == 0:
        raise InvalidValue("x.shape", values.shape, "(examples, features), at least one of each")
    if not np.isfinite(values).all():
        raise InvalidValue("x", "NaN or infinity", "finite numbers")
    return np.column_stack([values.astype(np.float64), np.ones(len(values))])


def checked_labels(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the labels of x as 0.0 and 1.0, (examples,).

    Raises
    ------
    InvalidValue
        If there is not one label for each example, or one is neither 0 nor 1.
    """
    labels = real_numbers("y", y)
    if labels.shape != np.shape(x)[:1]:
        raise InvalidValue("y.shape", labels.shape, f"{np.shape(x)[:1]}, one label per example")
    wrong = [label for label in labels.tolist() if label not in (0, 1)]
    if wrong:
        raise InvalidValue("y", wrong[0], "labels 0 and 1", "-1 and 1 become 0 and 1 by (y + 1) / 2")
    return labels.astype(np.float64)
