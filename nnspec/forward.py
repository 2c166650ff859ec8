"""The forward pass of a recipe's layers in NumPy, for all seeds at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnspec import activations
from nnspec.errors import InvalidValue
from nnspec.layers import Dense, Dropout, Flatten, Layer


def forward(
    layers: Sequence[Layer], weights: Sequence[NDArray[np.float32]], x: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Return the outputs for x (examples, …) as inference gives them, (seeds, examples, outputs).

    `weights` are kernels (seeds, inputs, units) and biases (seeds, units) in the order of the dense
    layers. Dropout does nothing at inference.

    Raises
    ------
    InvalidValue
        If a layer is of a kind that this forward pass does not know, or x has another width.
    """
    outputs = np.asarray(x, np.float32)[None]
    remaining = iter(weights)
    for layer in layers:
        if isinstance(layer, Flatten):
            outputs = outputs.reshape(*outputs.shape[:2], -1)
        elif isinstance(layer, Dense):
            kernel, bias = next(remaining), next(remaining)
            if outputs.shape[-1] != kernel.shape[1]:
                raise InvalidValue("x.shape", np.shape(x), f"{kernel.shape[1]} inputs per example")
            outputs = activations.BY_NAME[layer.activation](outputs @ kernel + bias[:, None])
        elif not isinstance(layer, Dropout):
            raise InvalidValue("layer", type(layer).__name__, "Dense, Dropout or Flatten")
    return np.asarray(outputs, np.float32)
