"""Dense layers on stacked arrays (batch, features, seeds): one matrix product for every seed.

Matrices of a few entries per seed are best multiplied element by element along the seeds axis and
summed; a call to a matrix library for each would cost more than the product. The gradients are
written out because the sums in them decide the speed: XLA vectorises over the seeds only where a
sum is short, or where it is told to write its terms to memory first.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.stacked.computed_once import materialised

# XLA turns a sum of more than 32 terms into a windowed one, with its terms written to memory first. Sums over
# 128 to 800 examples took 0.4 to 0.9 of the time that way, over 64, 100 or 1,000 of them 1.1 to 1.4 times
# as long.
_SHORT = 32
_WINDOWED = range(128, 801)
_LONG = 1024  # terms of a sum over examples that is written out in short ones; with 40,000 that took 5 GB


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
    if inputs.shape[2] > 1:
        return _sum_over_examples(lambda x, y: x[..., :, None, :] * y[..., None, :, :], inputs, upstream)
    # what all seeds see takes one matrix product for all; one row alone would take thrice the time of two
    features = inputs[:, :, 0]
    rows = tf.pad(features, ((0, 0), (0, 1))) if features.shape[1] == 1 else features
    product = tf.matmul(rows, tf.reshape(upstream, (examples, units * seeds)), transpose_a=True)
    return tf.reshape(product[: features.shape[1]], (-1, units, seeds))


def _bias_gradient(upstream: Any) -> Any:
    return _sum_over_examples(lambda x: x, upstream)


def _sum_over_examples(term: Callable[..., Any], *arrays: Any) -> Any:
    """Return the sum along the first axis of the terms that arrays (…, features, seeds) give."""
    tf, _ = tensorflow()
    examples = arrays[0].shape[0]
    if examples in _WINDOWED:
        return tf.reduce_sum(term(*arrays), axis=0)
    if examples <= _LONG:
        pieces = _pieces(examples)
        return _pairwise_sum([tf.reduce_sum(term(*(a[p] for a in arrays)), axis=0) for p in pieces])
    many = examples // _LONG
    stacks = [tf.reshape(a[: many * _LONG], (many, _LONG, *a.shape[1:])) for a in arrays]
    short = [tf.reduce_sum(term(*(a[:, p] for a in stacks)), axis=1) for p in _pieces(_LONG)]
    sums = [_sum_over_examples(lambda x: x, _pairwise_sum(short))]
    if examples > many * _LONG:
        sums.append(_sum_over_examples(term, *(a[many * _LONG :] for a in arrays)))
    return _pairwise_sum(sums)
