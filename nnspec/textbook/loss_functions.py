"""Losses and their derivatives, written out in NumPy as Keras defines them, in float64.

The loss of a batch is the mean over its examples; of an example with several outputs binary
cross-entropy and the errors take the mean over the outputs too. Where the outputs are probabilities
(`from_logits` is False) Keras cuts them off at `EPSILON` and 1 - `EPSILON`, so that no logarithm is
infinite; what is cut off has a derivative of 0 and teaches nothing. From logits nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue
from nnspec.data.encoding import one_hot
from nnspec.recipes.layers import L1L2
from nnspec.recipes.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnspec.textbook.activations import sigmoid, softmax

EPSILON = 1e-7
"""`keras.config.epsilon()`, the smallest probability that a cross-entropy distinguishes from 0."""

Array = NDArray[np.floating]


# outputs that diverged give infinity and NaN, which say so; a warning would stop the other seeds
@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def loss_and_derivative(loss: Loss, y: ArrayLike, outputs: ArrayLike) -> tuple[float, Array]:
    """Return the mean loss over all examples and its derivative by the outputs, (examples, outputs).

    `outputs` are (examples, outputs), or (examples, classes) for the categorical cross-entropies: the
    probabilities, or the logits if the loss is `from_logits`. The targets `y` have the same shape,
    those of a single output may be (examples,); for the sparse cross-entropy they are the classes
    from 0 on, (examples,) or (examples, 1). Where |target - output| has its corner, the derivative of
    the mean absolute error is 0.

    Raises
    ------
    InvalidValue
        If the loss is unknown, the shapes do not fit, or the targets are not finite or not one-hot.
    """
    values = real_numbers("outputs", outputs).astype(np.float64)
    if values.ndim != 2 or values.size == 0:
        raise InvalidValue("outputs.shape", values.shape, "(examples, outputs), at least one of each")
    function = (_FROM_LOGITS if getattr(loss, "from_logits", False) else _FROM_OUTPUTS).get(type(loss))
    if function is None:
        raise InvalidValue("loss", loss, "one of the losses in nnspec.recipes.losses")
    targets = _targets(loss, y, values)
    losses, derivatives = function(targets, values)
    return float(losses.mean()), derivatives / len(values)


@np.errstate(over="ignore", invalid="ignore")
def penalty_and_derivative(penalty: L1L2 | None, kernel: ArrayLike) -> tuple[float, Array]:
    """Return l1 · Σ|w| + l2 · Σw² and its derivative by the kernel, same shape; None is no penalty.

    The derivative of |w| at 0 is taken to be 0, as TensorFlow does.

    Raises
    ------
    InvalidValue
        If the kernel is no array of real numbers.
    """
    weights = real_numbers("kernel", kernel).astype(np.float64)
    if penalty is None:
        return 0.0, np.zeros_like(weights)
    value = penalty.l1 * np.abs(weights).sum() + penalty.l2 * np.square(weights).sum()
    return float(value), penalty.l1 * np.sign(weights) + 2 * penalty.l2 * weights


# Each of the following takes targets and outputs and returns the loss of every example, (examples,),
# and its derivative by the outputs, (examples, outputs).


def _squared(targets: Array, outputs: Array) -> tuple[Array, Array]:
    error = outputs - targets
    return np.square(error).mean(axis=1), 2 * error / error.shape[1]


def _absolute(targets: Array, outputs: Array) -> tuple[Array, Array]:
    error = outputs - targets
    return np.abs(error).mean(axis=1), np.sign(error) / error.shape[1]


def _binary(targets: Array, probabilities: Array) -> tuple[Array, Array]:
    p, kept = _clipped(probabilities)
    losses = -(targets * np.log(p) + (1 - targets) * np.log(1 - p))
    derivatives = kept * ((1 - targets) / (1 - p) - targets / p)
    return losses.mean(axis=1), derivatives / p.shape[1]


def _binary_from_logits(targets: Array, logits: Array) -> tuple[Array, Array]:
    # log(1 + exp(z)) is max(z, 0) + log(1 + exp(-|z|)), whose powers cannot overflow
    losses = np.maximum(logits, 0) - targets * logits + np.log1p(np.exp(-np.abs(logits)))
    return losses.mean(axis=1), (sigmoid(logits) - targets) / logits.shape[1]


def _categorical(targets: Array, probabilities: Array) -> tuple[Array, Array]:
    # Keras makes every row add up to 1 before the clipping here, and in `_sparse` after it
    total = probabilities.sum(axis=1, keepdims=True)
    shares = probabilities / total
    p, kept = _clipped(shares)
    by_shares = kept * (-targets / p)
    derivatives = (by_shares - (by_shares * shares).sum(axis=1, keepdims=True)) / total
    return -(targets * np.log(p)).sum(axis=1), derivatives


def _sparse(targets: Array, probabilities: Array) -> tuple[Array, Array]:
    p, kept = _clipped(probabilities)
    total = p.sum(axis=1, keepdims=True)
    losses = np.log(total[:, 0]) - (targets * np.log(p)).sum(axis=1)
    return losses, kept * (1 / total - targets / p)


def _categorical_from_logits(targets: Array, logits: Array) -> tuple[Array, Array]:
    # the largest logit is subtracted first, as in softmax, so that no power overflows
    shifted = logits - logits.max(axis=1, keepdims=True)
    logarithms = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(targets * logarithms).sum(axis=1), softmax(logits) - targets


def _clipped(probabilities: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return the probabilities cut off as Keras does, and which of them were kept as they were."""
    kept = (probabilities >= EPSILON) & (probabilities <= 1 - EPSILON)
    return np.clip(probabilities, EPSILON, 1 - EPSILON), kept


_FROM_LOGITS: dict[type[Loss], Callable[[Array, Array], tuple[Array, Array]]] = {
    BinaryCrossentropy: _binary_from_logits,
    CategoricalCrossentropy: _categorical_from_logits,
    SparseCategoricalCrossentropy: _categorical_from_logits,
}
_FROM_OUTPUTS: dict[type[Loss], Callable[[Array, Array], tuple[Array, Array]]] = {
    BinaryCrossentropy: _binary,
    CategoricalCrossentropy: _categorical,
    SparseCategoricalCrossentropy: _sparse,
    MeanAbsoluteError: _absolute,
    MeanSquaredError: _squared,
}


def _targets(loss: Loss, y: ArrayLike, outputs: Array) -> Array:
    """Return finite targets of the same shape as the outputs, one-hot for classes."""
    array = real_numbers("y", y)
    examples, units = outputs.shape
    if isinstance(loss, SparseCategoricalCrossentropy):
        if array.shape not in {(examples,), (examples, 1)}:
            remedy = "one-hot rows go with CategoricalCrossentropy" if array.ndim == 2 else ""
            raise InvalidValue("y.shape", array.shape, f"({examples},), one class per example", remedy)
        return one_hot(array.reshape(-1), units).astype(np.float64)
    if array.shape != outputs.shape and (array.shape, units) != ((examples,), 1):
        raise InvalidValue("y.shape", array.shape, f"{outputs.shape}, the shape of the outputs")
    targets = array.reshape(outputs.shape).astype(np.float64)
    if not np.isfinite(targets).all():
        raise InvalidValue("y", "NaN or infinity", "finite targets")
    # 1e-6: rows of float32 targets such as smoothed labels add up to 1 within a few units of 6e-8
    if isinstance(loss, CategoricalCrossentropy) and np.abs(targets.sum(axis=1) - 1).max() > 1e-6:
        raise InvalidValue("y", targets[0].tolist(), "one-hot rows, which add up to 1")
    return targets
