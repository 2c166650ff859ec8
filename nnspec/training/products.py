"""Dense layers on stacked arrays (batch, features, seeds): one matrix product for every seed.

Matrices of a few entries per seed are best multiplied element by element along the seeds axis and
summed; a call to a matrix library for each would cost more than the product. The gradients are
written out because the sums in them decide the speed: XLA vectorises over the seeds only where a
sum is short.
"""

from __future__ import annotations

import itertools
from typing import Any

from nnspec.training.materialised import materialised
from nnspec.training.tensorflow_setup import tensorflow

# XLA turns a sum of more than 32 terms into a windowed one, with its terms written to memory first.
_SHORT = 32


def dense(inputs: Any, kernel: Any, bias: Any) -> Any:
    """Return inputs · kernel + bias for every seed.

    inputs (batch, inputs, seeds), or (batch, inputs, 1) where all seeds see the same; kernel
    (inputs, units, seeds); bias (units, seeds); result (batch, units, seeds).
    """
    tf, _ = tensorflow()

    @tf.custom_gradient  # type: ignore[untyped-decorator]  # TensorFlow has no types
    def forward(inputs: Any, kernel: Any, bias: Any) -> Any:
        def backward(upstream: Any) -> Any:
            upstream = materialised(upstream)
            kernel_gradient = _kernel_gradient(inputs, upstream)
            return _inputs_gradient(upstream, kernel), kernel_gradient, _bias_gradient(upstream)

        return _product(inputs, kernel) + bias[None], backward

    return forward(inputs, kernel, bias)


def _pairwise_sum(terms: list[Any]) -> Any:
    while len(terms) > 1:
        pairs = [a + b for a, b in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs + terms[2 * len(pairs) :]
    return terms[0]


def _pieces(length: int) -> list[slice]:
    """Return slices of about equal length, each of so few terms that their sum is a short one."""
    number = -(-length // _SHORT)
    ends = [length * index // number for index in range(number + 1)]
    return [slice(start, end) for start, end in itertools.pairwise(ends)]


def _product(inputs: Any, kernel: Any) -> Any:
    tf, _ = tensorflow()
    pieces = _pieces(kernel.shape[0])
    return _pairwise_sum([tf.reduce_sum(inputs[:, p, None] * kernel[None, p], axis=1) for p in pieces])


def _inputs_gradient(upstream: Any, kernel: Any) -> Any:
    tf, _ = tensorflow()
    pieces = _pieces(kernel.shape[1])
    return _pairwise_sum([tf.reduce_sum(upstream[:, None, p] * kernel[None, :, p], axis=2) for p in pieces])


def _kernel_gradient(inputs: Any, upstream: Any) -> Any:
    tf, _ = tensorflow()
    examples, units, seeds = upstream.shape
    if inputs.shape[2] == 1:  # what all seeds see takes one matrix product for all of them
        columns = tf.reshape(upstream, (examples, units * seeds))
        return tf.reshape(tf.matmul(inputs[:, :, 0], columns, transpose_a=True), (-1, units, seeds))
    products = [inputs[p][:, :, None] * upstream[p][:, None] for p in _pieces(examples)]
    return _pairwise_sum([tf.reduce_sum(product, axis=0) for product in products])


def _bias_gradient(upstream: Any) -> Any:
    tf, _ = tensorflow()
    return _pairwise_sum([tf.reduce_sum(upstream[p], axis=0) for p in _pieces(upstream.shape[0])])
