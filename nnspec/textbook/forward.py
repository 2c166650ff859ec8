"""The forward pass of a recipe's layers in NumPy, for all seeds at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue
from nnspec.recipes.layers import Dense, Dropout, Flatten, Layer
from nnspec.textbook import activations


def forward(
    layers: Sequence[Layer], weights: Sequence[NDArray[np.float32]], x: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Return the outputs for x (examples, …) as inference gives them, (seeds, examples, outputs).

    `weights` are kernels (seeds, inputs, units) and biases (seeds, units) in the order of the dense
    layers. Dropout does nothing at inference.

    Raises
    ------
    InvalidValue
        If a layer is of a kind that this forward pass does not know, or if x and the weights do not
        fit the layers.
    """
    with np.errstate(over="ignore"):  # too large for 32 bits is infinite, as it is to a network
        outputs = real_numbers("x", x).astype(np.float32, copy=False)[None]
    if outputs.ndim < 3:
        remedy = "one example alone is x[None]"
        raise InvalidValue("x.shape", np.shape(x), "(examples, …), at least two axes", remedy)
    dense = sum(isinstance(layer, Dense) for layer in layers)
    if len(weights) != 2 * dense:
        expected = f"{2 * dense}, a kernel and a bias for every Dense layer"
        raise InvalidValue("len(weights)", len(weights), expected)
    remaining = iter(weights)
    # weights that diverged give infinity and NaN, and must not warn about the other seeds
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in layers:
            if isinstance(layer, Flatten):
                outputs = outputs.reshape(*outputs.shape[:2], math.prod(outputs.shape[2:]))
            elif isinstance(layer, Dense):
                kernel, bias = next(remaining), next(remaining)
                if outputs.ndim > 3:
                    expected = "one vector per example, (examples, inputs)"
                    remedy = "put Flatten() in front of the first Dense layer"
                    raise InvalidValue("x.shape", np.shape(x), expected, remedy)
                if outputs.shape[-1] != kernel.shape[1]:
                    raise InvalidValue("x.shape", np.shape(x), f"{kernel.shape[1]} inputs per example")
                outputs = activations.BY_NAME[layer.activation](outputs @ kernel + bias[:, None])
            elif not isinstance(layer, Dropout):
                raise InvalidValue("layer", type(layer).__name__, "Dense, Dropout or Flatten")
    return np.asarray(outputs, np.float32)
