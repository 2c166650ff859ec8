"""A fully connected network forwards and backwards: every gradient by the chain rule, in float64.

A layer turns its inputs a into sums z = a · kernel + bias and these into outputs f(z). Backwards, the
derivative of the loss by z gives all there is to know about the layer (Rumelhart, Hinton & Williams,
"Learning representations by back-propagating errors", 1986):

- by the kernel it is aᵀ · (derivative by z), by the bias the derivative by z, summed over examples;
- by the inputs, which are the outputs of the layer before, it is (derivative by z) · kernelᵀ;
- by the sums of the layer before it is that times f'(z).

There is one network here and no seeds axis; `weights` are kernel (inputs, units) and bias (units,)
of the first layer, then of the second, and so on, as Keras's `get_weights` returns them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue
from nnspec.recipes.layers import Dense
from nnspec.recipes.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    SparseCategoricalCrossentropy,
)
from nnspec.textbook import activations
from nnspec.textbook.loss_functions import loss_and_derivative, penalty_and_derivative

Array = NDArray[np.floating]


@dataclass(frozen=True)
class ForwardPass:
    """All values of a pass forward, a layer after the other: what the pass backwards needs.

    `inputs` are (examples, inputs of the layer), `sums` and `outputs` (examples, units of the layer),
    all float64. The outputs of a layer are the inputs of the next.
    """

    inputs: tuple[Array, ...]
    sums: tuple[Array, ...]
    outputs: tuple[Array, ...]


# weights that diverged give infinity and NaN, which say so; a warning would stop the other seeds
@np.errstate(over="ignore", invalid="ignore")
def forward_pass(layers: Sequence[Dense], weights: Sequence[ArrayLike], x: ArrayLike) -> ForwardPass:
    """Return every layer's inputs, sums and outputs for x (examples, inputs).

    Raises
    ------
    InvalidValue
        If a layer is not Dense, or if x and the weights do not fit the layers.
    """
    values, pairs = _checked(layers, weights, x)
    inputs, sums, outputs = [], [], []
    for layer, (kernel, bias) in zip(layers, pairs, strict=True):
        inputs.append(values)
        sums.append(values @ kernel + bias)
        values = activations.BY_NAME[layer.activation](sums[-1])
        outputs.append(values)
    return ForwardPass(tuple(inputs), tuple(sums), tuple(outputs))


@np.errstate(over="ignore", invalid="ignore")
def forward_looped(layers: Sequence[Dense], weights: Sequence[ArrayLike], x: ArrayLike) -> Array:
    """Return the outputs for x (examples, inputs), (examples, outputs) float64, without matrices.

    One example, one unit and one input at a time, as the formulas are written down for a single
    neuron. `forward_pass` does the same for all examples and units of a layer at once.

    Raises
    ------
    InvalidValue
        As `forward_pass` does.
    """
    values, pairs = _checked(layers, weights, x)
    # a row of numbers for every unit: plain Python reads lists faster than arrays
    units = [list(zip(kernel.T.tolist(), bias.tolist(), strict=True)) for kernel, bias in pairs]
    outputs = []
    for example in values.tolist():
        signals = example
        for layer, rows in zip(layers, units, strict=True):
            sums = []
            for row, start in rows:
                total = start
                for signal, weight in zip(signals, row, strict=True):
                    total += signal * weight
                sums.append(total)
            signals = activations.BY_NAME[layer.activation](sums).tolist()
        outputs.append(signals)
    return np.array(outputs, np.float64)


def total_loss(
    layers: Sequence[Dense], weights: Sequence[ArrayLike], x: ArrayLike, y: ArrayLike, loss: Loss
) -> float:
    """Return what training lowers: the mean loss over all examples plus the kernels' penalties.

    Shapes are those of `gradients`.

    Raises
    ------
    InvalidValue
        As `gradients` does.
    """
    passed = forward_pass(layers, weights, x)
    kernels = zip(layers, weights[::2], strict=True)
    penalties = [penalty_and_derivative(layer.kernel_regularizer, kernel)[0] for layer, kernel in kernels]
    return _loss_by_sums(layers[-1], passed, y, loss)[0] + sum(penalties)


@np.errstate(over="ignore", invalid="ignore")
def gradients(
    layers: Sequence[Dense], weights: Sequence[ArrayLike], x: ArrayLike, y: ArrayLike, loss: Loss
) -> list[Array]:
    """Return the derivatives of `total_loss` by all weights, in their order and shapes, float64.

    x is (examples, inputs); y is (examples, outputs), or (examples,) for a single output and for the
    classes of `SparseCategoricalCrossentropy`. Corners of ReLU, of absolute errors and of absolute
    weights have the derivative 0 there.

    Raises
    ------
    InvalidValue
        If a layer is not Dense, or if x, y and the weights do not fit the layers or the loss.
    """
    passed = forward_pass(layers, weights, x)
    _, by_sums = _loss_by_sums(layers[-1], passed, y, loss)
    found: list[Array] = []
    for position in reversed(range(len(layers))):
        kernel = np.asarray(weights[2 * position], np.float64)
        _, by_penalty = penalty_and_derivative(layers[position].kernel_regularizer, kernel)
        by_kernel = passed.inputs[position].T @ by_sums + by_penalty
        by_bias = by_sums.sum(axis=0)
        found = [by_kernel, by_bias, *found]
        if position > 0:
            by_inputs = by_sums @ kernel.T
            by_sums = _through_activation(layers[position - 1], passed.sums[position - 1], by_inputs)
    return found


def _loss_by_sums(last: Dense, passed: ForwardPass, y: ArrayLike, loss: Loss) -> tuple[float, Array]:
    """Return the mean loss and its derivative by the sums of the last layer."""
    crossentropy = isinstance(
        loss, BinaryCrossentropy | CategoricalCrossentropy | SparseCategoricalCrossentropy
    )
    if crossentropy and last.activation in ("sigmoid", "softmax"):
        # Keras's sigmoid and softmax leave their inputs on the result, and its cross-entropies take
        # these as logits, whatever `from_logits` says and whichever of the two activations it was:
        # nothing is clipped, and what remains of the chain rule is probability minus target
        return loss_and_derivative(type(loss)(from_logits=True), y, passed.sums[-1])  # type: ignore[call-arg]
    value, by_outputs = loss_and_derivative(loss, y, passed.outputs[-1])
    return value, _through_activation(last, passed.sums[-1], by_outputs)


def _through_activation(layer: Dense, sums: Array, by_outputs: Array) -> Array:
    """Turn the derivative by a layer's outputs into that by its sums, (examples, units)."""
    if layer.activation == "softmax":  # the only one whose outputs depend on the other units' sums
        return activations.softmax_jacobian_product(sums, by_outputs)
    return by_outputs * activations.DERIVATIVES[layer.activation](sums)


def _checked(
    layers: Sequence[Dense], weights: Sequence[ArrayLike], x: ArrayLike
) -> tuple[Array, list[tuple[Array, Array]]]:
    """Return x and a pair of kernel and bias for every layer as float64, in shapes that fit."""
    for layer in layers:
        if not isinstance(layer, Dense):
            remedy = "Dropout does nothing at inference; flatten x beforehand"
            raise InvalidValue("layer", type(layer).__name__, "Dense", remedy)
    if not layers:
        raise InvalidValue("layers", layers, "at least one layer")
    if len(weights) != 2 * len(layers):
        expected = f"{2 * len(layers)}, a kernel and a bias for every layer"
        raise InvalidValue("len(weights)", len(weights), expected)
    values = real_numbers("x", x).astype(np.float64)
    if values.ndim != 2 or len(values) == 0:
        raise InvalidValue("x.shape", values.shape, "(examples, inputs)", "one example alone is x[None]")
    arrays = [real_numbers(f"weights[{i}]", array).astype(np.float64) for i, array in enumerate(weights)]
    width = values.shape[1]
    for position, layer in enumerate(layers):
        found = (arrays[2 * position].shape, arrays[2 * position + 1].shape)
        if found != ((width, layer.units), (layer.units,)):
            expected = f"({width}, {layer.units}) and ({layer.units},) for {width} inputs per example"
            raise InvalidValue(f"shapes of kernel and bias of layers[{position}]", found, expected)
        width = layer.units
    return values, list(zip(arrays[::2], arrays[1::2], strict=True))
