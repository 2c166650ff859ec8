"""Backpropagation by hand against finite differences and TensorFlow's automatic differentiation."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes import losses
from nnspec.recipes.layers import ACTIVATIONS, L1L2, Dense, Dropout
from nnspec.textbook.backpropagation import forward_looped, forward_pass, gradients, total_loss
from nnspec.textbook.forward import forward

ENTROPIES = (losses.BinaryCrossentropy, losses.CategoricalCrossentropy, losses.SparseCategoricalCrossentropy)
LOSSES = [
    *(kind(from_logits=logits) for kind in ENTROPIES for logits in (False, True)),
    *(losses.MeanAbsoluteError(), losses.MeanSquaredError()),
]
EVERYTHING = pytest.mark.parametrize(
    ("hidden", "output", "loss"),
    [(h, o, loss) for h, o, loss in itertools.product(ACTIVATIONS, ACTIVATIONS, LOSSES)],
    ids=str,
)
X = np.random.default_rng(1).normal(size=(6, 2))
Array = NDArray[np.floating]


def weights_of(*sizes: int) -> list[Array]:
    """Return kernels and biases; the last layer's let most outputs lie between 0 and 1."""
    rng = np.random.default_rng(2)
    arrays: list[Array] = []
    for inputs, units in itertools.pairwise(sizes):
        arrays += [rng.normal(size=(inputs, units)), rng.normal(size=units)]
    arrays[-2] *= 0.2
    arrays[-1] = np.linspace(0.3, 0.6, sizes[-1])
    return arrays


def targets_for(loss: losses.Loss, outputs: int = 3) -> Any:
    classes = np.arange(len(X)) % outputs
    if isinstance(loss, losses.SparseCategoricalCrossentropy):
        return classes
    if isinstance(loss, losses.MeanAbsoluteError | losses.MeanSquaredError):
        return np.random.default_rng(3).normal(size=(len(X), outputs))
    return np.eye(outputs)[classes]


def differences(layers: Sequence[Dense], weights: list[Array], y: Any, loss: losses.Loss) -> list[Array]:
    """Return central differences of the loss for every single weight."""
    step, found = 1e-6, [np.empty_like(array) for array in weights]
    for array, result in zip(weights, found, strict=True):
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + step
            above = total_loss(layers, weights, X, y, loss)
            array[place] = kept - step
            result[place] = (above - total_loss(layers, weights, X, y, loss)) / (2 * step)
            array[place] = kept
    return found


def by_tensorflow(
    layers: Sequence[Dense], weights: list[Array], y: Any, loss: losses.Loss
) -> tuple[float, list[Array]]:
    """Return loss and gradients of the same network made of Keras's layers, in float64."""
    tf, keras = tensorflow()
    arguments = {"from_logits": True} if loss.from_logits else {}
    function = getattr(keras.losses, type(loss).__name__)(**arguments, dtype="float64")
    network = []
    for position, layer in enumerate(layers):
        penalty = layer.kernel_regularizer
        regularizer = penalty and keras.regularizers.L1L2(l1=penalty.l1, l2=penalty.l2)
        dense = keras.layers.Dense(
            layer.units, layer.activation, kernel_regularizer=regularizer, dtype="float64"
        )
        dense.build((None, len(weights[2 * position])))
        dense.set_weights(weights[2 * position : 2 * position + 2])
        network.append(dense)
    variables = [v.value for dense in network for v in dense.trainable_variables]
    # Keras warns where probabilities are announced as logits and goes on with the true logits
    with warnings.catch_warnings(), tf.GradientTape() as tape:
        warnings.filterwarnings("ignore", message=".*received `from_logits=True`")
        outputs = tf.constant(X)
        for dense in network:
            outputs = dense(outputs)
        value = function(y, outputs)
        for dense in network:
            value += sum(dense.losses)
    return float(value), [gradient.numpy() for gradient in tape.gradient(value, variables)]


@EVERYTHING
def test_gradients_are_the_limit_of_differences(hidden: str, output: str, loss: losses.Loss) -> None:
    layers = [Dense(4, hidden), Dense(3, output)]
    weights, y = weights_of(2, 4, 3), targets_for(loss)
    found = gradients(layers, weights, X, y, loss)
    for one, expected in zip(found, differences(layers, weights, y, loss), strict=True):
        # central differences err by round-off over the step, 1e-10, and by the step squared times a
        # third derivative of the logarithm, below 1e4 for probabilities above 0.05
        np.testing.assert_allclose(one, expected, atol=1e-8)


@EVERYTHING
def test_gradients_are_those_of_tensorflow(hidden: str, output: str, loss: losses.Loss) -> None:
    layers = [Dense(4, hidden), Dense(3, output)]
    weights, y = weights_of(2, 4, 3), targets_for(loss)
    value, expected = by_tensorflow(layers, weights, y, loss)
    # float64 on both sides; the sums are taken in another order
    assert total_loss(layers, weights, X, y, loss) == pytest.approx(value, rel=1e-12)
    for one, other in zip(gradients(layers, weights, X, y, loss), expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


def test_a_deep_network_with_penalties_agrees_with_both() -> None:
    layers = [
        # powers of two, because Keras rounds the factors to float32
        Dense(5, "tanh", kernel_regularizer=L1L2(l1=2**-7)),
        Dense(4, "relu", kernel_regularizer=L1L2(l2=2**-6)),
        Dense(3, "sigmoid"),
        Dense(1, "sigmoid", kernel_regularizer=L1L2(2**-8, 2**-9)),
    ]
    weights, loss = weights_of(2, 5, 4, 3, 1), losses.BinaryCrossentropy()
    y = np.arange(len(X)) % 2
    found = gradients(layers, weights, X, y, loss)
    value, expected = by_tensorflow(layers, weights, y, loss)
    # tolerances as above
    assert total_loss(layers, weights, X, y, loss) == pytest.approx(value, rel=1e-12)
    for one, other, limit in zip(found, expected, differences(layers, weights, y, loss), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(one, limit, atol=1e-8)


@pytest.mark.parametrize(
    ("loss", "expected"), [(losses.BinaryCrossentropy(), -1.0), (losses.MeanSquaredError(), 0.0)], ids=str
)
def test_a_saturated_sigmoid_teaches_through_cross_entropy_alone(loss: losses.Loss, expected: float) -> None:
    weights = [np.zeros((2, 1)), np.array([-60.0])]
    layers, y = [Dense(1, "sigmoid")], np.ones(len(X))
    found = gradients(layers, weights, X, y, loss)[1][0]
    # cross-entropy sees probability - target, the squared error that times a slope of 9e-27; the
    # mean over six examples rounds in float64
    assert found == pytest.approx(expected, abs=1e-15)
    # float64 on both sides
    assert found == pytest.approx(by_tensorflow(layers, weights, y, loss)[1][1][0], rel=1e-10)


def test_a_step_against_the_gradient_lowers_the_loss() -> None:
    layers = [Dense(4, "tanh"), Dense(3, "softmax")]
    weights, loss = weights_of(2, 4, 3), losses.SparseCategoricalCrossentropy()
    y = targets_for(loss)
    found = gradients(layers, weights, X, y, loss)
    moved = [array - 1e-3 * gradient for array, gradient in zip(weights, found, strict=True)]
    fall = total_loss(layers, weights, X, y, loss) - total_loss(layers, moved, X, y, loss)
    # to first order the fall is the step times the squared length; curvature takes a per cent of it at most
    assert fall == pytest.approx(1e-3 * sum(np.square(g).sum() for g in found), rel=0.01)


def test_the_pass_forward_keeps_what_every_layer_saw() -> None:
    passed = forward_pass(
        [Dense(2, "relu"), Dense(1)], [np.eye(2), [1.0, -5.0], [[2.0], [3.0]], [4.0]], [[1, 2]]
    )
    assert [array.tolist() for array in passed.inputs] == [[[1.0, 2.0]], [[2.0, 0.0]]]
    assert [array.tolist() for array in passed.sums] == [[[2.0, -3.0]], [[8.0]]]
    assert [array.tolist() for array in passed.outputs] == [[[2.0, 0.0]], [[8.0]]]


@pytest.mark.parametrize("output", ACTIVATIONS)
def test_the_loop_the_matrices_and_the_forward_pass_of_all_seeds_agree(output: str) -> None:
    layers, weights = [Dense(4, "relu"), Dense(3, output)], weights_of(2, 4, 3)
    looped = forward_looped(layers, weights, X)
    # float64 sums of a few terms in another order
    np.testing.assert_allclose(looped, forward_pass(layers, weights, X).outputs[-1], rtol=1e-13, atol=1e-15)
    one_seed = [array[None].astype(np.float32) for array in weights]
    # float32 against float64: a few units in the last place of numbers of order one
    np.testing.assert_allclose(looped, forward(layers, one_seed, X)[0], atol=1e-6)


def test_weights_that_diverged_give_nan_and_no_warning() -> None:
    weights = [np.full((2, 2), np.inf), np.zeros(2), np.full((2, 1), np.nan), np.zeros(1)]
    layers = [Dense(2, "relu", kernel_regularizer=L1L2(l2=0.1)), Dense(1, "sigmoid")]
    y, loss = np.ones(len(X)), losses.BinaryCrossentropy()
    assert np.isnan(gradients(layers, weights, X, y, loss)[-1]).all()
    assert np.isnan(total_loss(layers, weights, X, y, loss))


def test_what_is_handed_in_stays_as_it_was() -> None:
    weights, loss = weights_of(2, 4, 3), losses.MeanSquaredError()
    before = [array.copy() for array in weights]
    gradients([Dense(4, "relu"), Dense(3)], weights, X, targets_for(loss), loss)
    for array, copy in zip(weights, before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(
    ("layers", "weights", "x", "message"),
    [
        ([Dense(3)], weights_of(2, 4), X, r"layers\[0\]=.*expected \(2, 3\) and \(3,\) for 2 inputs"),
        ([Dense(3), Dense(1)], weights_of(2, 3), X, r"len\(weights\)=2; expected 4, a kernel and a bias"),
        ([], [], X, r"layers=\[\]; expected at least one layer"),
        ([Dropout(0.5), Dense(3)], weights_of(2, 3), X, "layer='Dropout'; expected Dense"),
        ([Dense(3)], weights_of(2, 3), X[0], r"x\.shape=\(2,\); .* one example alone is x\[None\]"),
        ([Dense(3)], weights_of(2, 3), X[:0], r"x\.shape=\(0, 2\)"),
    ],
)
def test_wrong_input_is_rejected(layers: Any, weights: Any, x: Any, message: str) -> None:
    for function in (forward_pass, forward_looped):
        with pytest.raises(InvalidValue, match=message):
            function(layers, weights, x)
