"""Derivatives at the kinks of functions, as TensorFlow has them, for Keras on JAX.

Where a function has no derivative the libraries choose one, and not the same: at zero JAX gives |x| the
derivative 1 and TensorFlow 0; where two numbers are equal, or one is at the end of its range, JAX gives each
side of `maximum`, `minimum` and `clip` one half, and TensorFlow the first one all of it. Such points are met:
biases begin at zero, and a penalty |b| or a hinge has its kink there.
"""

from __future__ import annotations

import importlib
from typing import Any

from nnspec.machine.jax_setup import jax_keras


def install() -> None:
    """Let the functions have these derivatives in this process."""
    jax, _ = jax_keras()
    jnp = jax.numpy
    numpy: Any = importlib.import_module("keras.src.backend.jax.numpy")
    nn: Any = importlib.import_module("keras.src.backend.jax.nn")

    def absolute(x: Any) -> Any:
        x = numpy.convert_to_tensor(x)
        if not jnp.issubdtype(x.dtype, jnp.floating):
            return jnp.absolute(x)
        return jnp.where(x == 0, jax.lax.stop_gradient(jnp.absolute(x)), jnp.absolute(x))

    def maximum(x1: Any, x2: Any) -> Any:
        x1, x2 = map(numpy.convert_to_tensor, (x1, x2))
        chosen = (x1 >= x2) | (x1 != x1)  # where it is NaN
        return _like(jnp.maximum, chosen, x1, x2)

    def minimum(x1: Any, x2: Any) -> Any:
        x1, x2 = map(numpy.convert_to_tensor, (x1, x2))
        chosen = (x1 <= x2) | (x1 != x1)
        return _like(jnp.minimum, chosen, x1, x2)

    def clip(x: Any, x_min: Any, x_max: Any) -> Any:
        x = numpy.convert_to_tensor(x)
        if not jnp.issubdtype(x.dtype, jnp.floating):
            return original_clip(x, x_min, x_max)
        low, high = (jnp.asarray(numpy.convert_to_tensor(end), x.dtype) for end in (x_min, x_max))
        return jnp.where(x < low, low, jnp.where(x > high, high, x))

    def leaky_relu(x: Any, negative_slope: float = 0.2) -> Any:
        x = numpy.convert_to_tensor(x)
        return jnp.where(x > 0, x, negative_slope * x)

    def relu6(x: Any) -> Any:
        x = numpy.convert_to_tensor(x)
        inside = (x > 0) & (x < 6)
        return jnp.where(inside, x, jax.lax.stop_gradient(jnp.clip(x, 0, 6)))

    original_clip = numpy.clip
    numpy.absolute = numpy.abs = absolute
    numpy.maximum, numpy.minimum, numpy.clip = maximum, minimum, clip
    nn.leaky_relu, nn.relu6 = leaky_relu, relu6


def _like(function: Any, chosen: Any, x1: Any, x2: Any) -> Any:
    """Return what a function returns that chooses one of two, with the derivative of the chosen one."""
    jax, _ = jax_keras()
    dtype = jax.eval_shape(function, x1, x2).dtype
    other = jax.numpy.where(x2 != x2, x2, jax.numpy.where(chosen, x1, x2))  # NaN wins
    return other.astype(dtype)
