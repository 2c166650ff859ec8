"""Convolutions and pooling as products and comparisons of slices, on processors.

Inside of a compiled loop XLA runs a convolution on a processor operation by operation. A step of two layers
of 32 and 64 filters on 28 x 28 took 118 ms so, and 11 ms as one product of patches for each layer; with 8 and
16 filters it was 12 and 2 ms. On a GPU convolutions stay what they are.
"""

from __future__ import annotations

import functools
import importlib
import itertools
import math
from collections.abc import Sequence
from typing import Any

from nnspec.machine.jax_setup import jax_keras

_MOST_VALUES = 50_000_000  # of the patches of a batch, 200 MB; chosen, larger ones are convolved
_MOST_PIECES = 16  # of a pool that are compared one by one


def install() -> None:
    """Let Keras's convolutions and pools be these in this process, where it has no GPU."""
    jax, _ = jax_keras()
    if jax.default_backend() != "cpu":
        return
    nn: Any = importlib.import_module("keras.src.backend.jax.nn")
    nn.conv = _conv(nn.conv)
    nn.max_pool = _pool(nn.max_pool, _first_of_largest)
    nn.average_pool = _pool(nn.average_pool, lambda pieces: sum(pieces[1:], pieces[0]) / len(pieces))


def _conv(original: Any) -> Any:
    jax, keras = jax_keras()

    @functools.wraps(original)
    def conv(
        inputs: Any,
        kernel: Any,
        strides: Any = 1,
        padding: str = "valid",
        data_format: Any = None,
        dilation_rate: Any = 1,
    ) -> Any:
        format_ = data_format or keras.config.image_data_format()
        weights = getattr(kernel, "value", kernel)
        *sizes, channels, filters = weights.shape
        steps, rates = (_each(one, len(sizes)) for one in (strides, dilation_rate))
        inside = _padded(inputs, sizes, steps, rates, padding)
        lengths = [
            (length - (size - 1) * rate - 1) // step + 1
            for length, size, step, rate in zip(inside, sizes, steps, rates, strict=True)
        ]
        values = inputs.shape[0] * math.prod(lengths) * math.prod(sizes) * channels
        plain = format_ == "channels_last" and inputs.shape[-1] == channels
        if not plain or min(lengths) < 1 or values > _MOST_VALUES:
            return original(inputs, kernel, strides, padding, data_format, dilation_rate)
        x = keras.ops.cast(inputs, weights.dtype)
        x = _with_zeros(x, inside)
        pieces = _slices(x, sizes, steps, rates, lengths)
        patches = pieces[0] if len(pieces) == 1 else jax.numpy.concatenate(pieces, axis=-1)
        product = patches.reshape(-1, len(pieces) * channels) @ weights.reshape(-1, filters)
        return product.reshape(x.shape[0], *lengths, filters)

    return conv


def _pool(original: Any, joined: Any) -> Any:
    _, keras = jax_keras()

    @functools.wraps(original)
    def pool(
        inputs: Any, pool_size: Any, strides: Any = None, padding: str = "valid", data_format: Any = None
    ) -> Any:
        sizes = _each(pool_size, inputs.ndim - 2)
        steps = sizes if strides is None else _each(strides, inputs.ndim - 2)
        lengths = [length // size for length, size in zip(inputs.shape[1:-1], sizes, strict=True)]
        plain = (data_format or keras.config.image_data_format()) == "channels_last"
        if not plain or steps != sizes or padding != "valid" or math.prod(sizes) > _MOST_PIECES:
            return original(inputs, pool_size, strides, padding, data_format)
        if min(lengths) < 1:
            return original(inputs, pool_size, strides, padding, data_format)
        return joined(_slices(keras.ops.convert_to_tensor(inputs), sizes, steps, [1] * len(sizes), lengths))

    return pool


def _each(value: Any, number: int) -> list[int]:
    return [int(value)] * number if isinstance(value, int) else [int(one) for one in value]


def _padded(
    inputs: Any, sizes: Sequence[int], steps: Sequence[int], rates: Sequence[int], padding: str
) -> list[int]:
    """Return the lengths of the inputs with their padding; that of "same" is as many outputs as steps."""
    lengths = list(inputs.shape[1 : 1 + len(sizes)])
    if padding != "same":
        return lengths
    return [
        max((-(-length // step) - 1) * step + (size - 1) * rate + 1, length)
        for length, size, step, rate in zip(lengths, sizes, steps, rates, strict=True)
    ]


def _with_zeros(x: Any, lengths: Sequence[int]) -> Any:
    """Return x with zeros around it, the odd one at the end."""
    jax, _ = jax_keras()
    more = [length - there for length, there in zip(lengths, x.shape[1:-1], strict=True)]
    if not any(more):
        return x
    return jax.numpy.pad(x, [(0, 0), *((one // 2, one - one // 2) for one in more), (0, 0)])


def _slices(
    x: Any, sizes: Sequence[int], steps: Sequence[int], rates: Sequence[int], lengths: Sequence[int]
) -> list[Any]:
    """Return what every place of a window sees, row by row, each (examples, *lengths, channels)."""
    found = []
    for place in itertools.product(*map(range, sizes)):
        cuts = (
            slice(at * rate, at * rate + (length - 1) * step + 1, step)
            for at, rate, step, length in zip(place, rates, steps, lengths, strict=True)
        )
        found.append(x[(slice(None), *cuts)])
    return found


def _first_of_largest(pieces: list[Any]) -> Any:
    """Return the largest of each place, with the derivative of the first one where several are equal.

    So does TensorFlow, and NaN is the largest.
    """
    jax, _ = jax_keras()
    while len(pieces) > 1:
        pairs = itertools.zip_longest(pieces[::2], pieces[1::2])
        pieces = [a if b is None else jax.numpy.where((a >= b) | (a != a), a, b) for a, b in pairs]
    return pieces[0]
