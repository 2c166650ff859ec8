"""Activation functions, written out in NumPy as a student would check them.

All of them return an array; that of a single number has no axes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Function = Callable[[ArrayLike], NDArray[np.floating]]


def linear(x: ArrayLike) -> NDArray[np.floating]:
    """Return x unchanged, same shape and dtype."""
    return _floats(x)


def relu(x: ArrayLike) -> NDArray[np.floating]:
    """Return max(x, 0) element by element (Nair & Hinton, 2010), same shape and dtype."""
    values = _floats(x)
    return np.asarray(np.maximum(values, values.dtype.type(0)))


def sigmoid(x: ArrayLike) -> NDArray[np.floating]:
    """Return 1 / (1 + exp(-x)), same shape and dtype; no overflow for large |x|."""
    values = _floats(x)
    small = np.exp(-np.abs(values))
    return np.asarray(np.where(values >= 0, 1 / (1 + small), small / (1 + small)))


def tanh(x: ArrayLike) -> NDArray[np.floating]:
    """Return the hyperbolic tangent of x, same shape and dtype."""
    return np.asarray(np.tanh(_floats(x)))


def softmax(x: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return exp(x) / sum(exp(x)) along `axis`, same shape and dtype.

    The largest entry is subtracted first (Goodfellow et al., *Deep Learning*, section 4.1), so
    that large inputs neither overflow nor change the result. Where the largest is NaN or infinite
    the result is NaN.
    """
    values = _floats(x)
    # ∞ - ∞ is NaN, which is the answer: a network that diverged is told by its NaN, not by a warning
    with np.errstate(invalid="ignore"):
        powers = np.exp(values - values.max(axis=axis, keepdims=True))
        return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


BY_NAME: dict[str, Function] = {
    "linear": linear,
    "relu": relu,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "tanh": tanh,
}


def _floats(x: ArrayLike) -> NDArray[np.floating]:
    values = np.asarray(x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(np.float64)
