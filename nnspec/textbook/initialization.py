"""Initial weights after Glorot and Bengio, drawn by hand.

The variance of a layer's weights is 2 / (fan_in + fan_out), so that neither the values on their way
forward nor the derivatives on their way back grow or shrink from layer to layer (Glorot & Bengio,
"Understanding the difficulty of training deep feedforward neural networks", 2010, equation 12).
`fan_in` and `fan_out` are how many inputs and units a layer has.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, whole_number

# the variance that is left of a standard normal distribution cut off at two standard deviations
_TRUNCATED = 1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2))


def glorot_variance(fan_in: int, fan_out: int) -> float:
    """Return the variance of the weights, 2 / (fan_in + fan_out).

    Raises
    ------
    InvalidValue
        If a number of inputs or units is not a positive whole number.
    """
    return 2 / (whole_number("fan_in", fan_in) + whole_number("fan_out", fan_out))


def glorot_uniform_bound(fan_in: int, fan_out: int) -> float:
    """Return the largest absolute weight of `glorot_uniform`, √(6 / (fan_in + fan_out)).

    A uniform distribution between ±b has the variance b² / 3 (Glorot & Bengio, 2010, equation 16).

    Raises
    ------
    InvalidValue
        If a number of inputs or units is not a positive whole number.
    """
    return math.sqrt(3 * glorot_variance(fan_in, fan_out))


def glorot_uniform(fan_in: int, fan_out: int, *, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a kernel drawn uniformly between ± `glorot_uniform_bound`, (fan_in, fan_out) float64.

    Raises
    ------
    InvalidValue
        If a number of inputs or units is not a positive whole number or `rng` is no Generator.
    """
    bound = glorot_uniform_bound(fan_in, fan_out)
    return _checked(rng).uniform(-bound, bound, (fan_in, fan_out))


def glorot_normal(fan_in: int, fan_out: int, *, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a kernel drawn from a truncated normal distribution, (fan_in, fan_out) float64.

    As in Keras nothing lies beyond two standard deviations of the distribution before it is
    truncated, which is made wider so that the variance is `glorot_variance` after it.

    Raises
    ------
    InvalidValue
        If a number of inputs or units is not a positive whole number or `rng` is no Generator.
    """
    deviation = math.sqrt(glorot_variance(fan_in, fan_out) / _TRUNCATED)
    kernel = _checked(rng).normal(size=(fan_in, fan_out))
    while (beyond := np.abs(kernel) > 2).any():
        kernel[beyond] = rng.normal(size=int(beyond.sum()))
    return deviation * kernel


def _checked(rng: np.random.Generator) -> np.random.Generator:
    if not isinstance(rng, np.random.Generator):
        raise InvalidValue("rng", rng, "a NumPy random generator", "np.random.default_rng(seed)")
    return rng
