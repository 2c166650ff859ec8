"""Activation functions and their derivatives, written out in NumPy as a student would check them.

All of them return an array; that of a single number has no axes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue

Function = Callable[[ArrayLike], NDArray[np.floating]]


def linear(x: ArrayLike) -> NDArray[np.floating]:
    """Return x unchanged, same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return _floats(x)


def relu(x: ArrayLike) -> NDArray[np.floating]:
    """Return max(x, 0) element by element (Nair & Hinton, 2010), same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    values = _floats(x)
    return np.asarray(np.maximum(values, values.dtype.type(0)))


def sigmoid(x: ArrayLike) -> NDArray[np.floating]:
    """Return 1 / (1 + exp(-x)), same shape and dtype; no overflow for large |x|.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    values = _floats(x)
    small = np.exp(-np.abs(values))
    return np.asarray(np.where(values >= 0, 1 / (1 + small), small / (1 + small)))


def log_sigmoid(x: ArrayLike) -> NDArray[np.floating]:
    """Return log(sigmoid(x)), same shape and dtype; no overflow for large |x|.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    values = _floats(x)
    return np.asarray(np.minimum(values, values.dtype.type(0)) - np.log1p(np.exp(-np.abs(values))))


def tanh(x: ArrayLike) -> NDArray[np.floating]:
    """Return the hyperbolic tangent of x, same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return np.asarray(np.tanh(_floats(x)))


def softmax(x: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return exp(x) / sum(exp(x)) along `axis`, same shape and dtype.

    The largest entry is subtracted first (Goodfellow et al., *Deep Learning*, section 4.1), so
    that large inputs neither overflow nor change the result. Where the largest is NaN or infinite
    the result is NaN.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers or has no such axis.
    """
    values = _floats(x)
    axes = max(values.ndim, 1)
    if isinstance(axis, bool) or not isinstance(axis, int) or not -axes <= axis < axes:
        raise InvalidValue("axis", axis, f"a whole number from {-axes} to {axes - 1}, an axis of x")
    # ∞ - ∞ is NaN, which is the answer: a network that diverged is told by its NaN, not by a warning
    with np.errstate(invalid="ignore"):
        powers = np.exp(values - values.max(axis=axis, keepdims=True, initial=-np.inf))
        return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


BY_NAME: dict[str, Function] = {
    "linear": linear,
    "log_sigmoid": log_sigmoid,
    "relu": relu,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "tanh": tanh,
}
"""The activations by the names that Keras gives them."""


def linear_derivative(x: ArrayLike) -> NDArray[np.floating]:
    """Return the slope of `linear`, 1 everywhere, same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return np.ones_like(_floats(x))


def relu_derivative(x: ArrayLike) -> NDArray[np.floating]:
    """Return the slope of `relu`, 1 where x > 0 and 0 elsewhere, same shape and dtype.

    At 0, where ReLU has a corner, the slope is taken to be 0 as TensorFlow does.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return np.asarray(np.heaviside(_floats(x), 0))


def sigmoid_derivative(x: ArrayLike) -> NDArray[np.floating]:
    """Return the slope of `sigmoid`, sigmoid(x) · (1 - sigmoid(x)), same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    # 1 - sigmoid(x) is sigmoid(-x), which keeps its digits where sigmoid(x) is rounded to 1
    return sigmoid(x) * sigmoid(-_floats(x))


def log_sigmoid_derivative(x: ArrayLike) -> NDArray[np.floating]:
    """Return the slope of `log_sigmoid`, sigmoid(-x), same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return sigmoid(-_floats(x))


def tanh_derivative(x: ArrayLike) -> NDArray[np.floating]:
    """Return the slope of `tanh`, 1 - tanh(x)², same shape and dtype.

    Raises
    ------
    InvalidValue
        If x is no array of real numbers.
    """
    return np.asarray(1 - tanh(x) ** 2)


DERIVATIVES: dict[str, Function] = {
    "linear": linear_derivative,
    "log_sigmoid": log_sigmoid_derivative,
    "relu": relu_derivative,
    "sigmoid": sigmoid_derivative,
    "tanh": tanh_derivative,
}
"""The slopes of the activations that work element by element; softmax has `softmax_jacobian_product`."""


def softmax_jacobian_product(x: ArrayLike, vector: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return the Jacobian matrix of `softmax` at x times `vector`, along `axis`, same shape as x.

    With p = softmax(x) the Jacobian is diag(p) - p pᵀ, so the product is p · (vector - Σ p · vector)
    and needs no matrix. The Jacobian is symmetric: the same product carries a change of x forward to
    a change of p, and a derivative with respect to p back to one with respect to x.

    Raises
    ------
    InvalidValue
        If x or the vector is no array of real numbers, their shapes differ, or x has no such axis.
    """
    p, values = softmax(x, axis), real_numbers("vector", vector)
    if values.shape != p.shape:
        raise InvalidValue("vector.shape", values.shape, f"{p.shape}, the shape of x")
    return np.asarray(p * (values - (p * values).sum(axis=axis, keepdims=True)))


def _floats(x: ArrayLike) -> NDArray[np.floating]:
    values = real_numbers("x", x)
    return values if np.issubdtype(values.dtype, np.floating) else values.astype(np.float64)
