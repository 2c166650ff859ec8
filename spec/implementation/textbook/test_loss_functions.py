"""Losses and their derivatives against textbook values, finite differences and Keras."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes import losses
from nnspec.recipes.layers import L1L2
from nnspec.textbook.activations import sigmoid, softmax
from nnspec.textbook.loss_functions import EPSILON, loss_and_derivative, penalty_and_derivative

ENTROPIES = (losses.BinaryCrossentropy, losses.CategoricalCrossentropy, losses.SparseCategoricalCrossentropy)
ALL = [
    *(kind(from_logits=logits) for kind in ENTROPIES for logits in (False, True)),
    *(losses.MeanAbsoluteError(), losses.MeanSquaredError()),
]
CLASSES = np.array([2, 0, 1])
ONE_HOT = np.eye(3)[CLASSES]
INSIDE = np.array([[0.2, 0.3, 0.4], [0.7, 0.1, 0.6], [0.05, 0.9, 0.5]])
# below 0, above 1 and the limits themselves: what a network without an output activation may give
CLIPPED = np.array([[-0.2, 0.3, 1.4], [0.0, 1.0, 0.6], [1e-9, 0.9, 1e-7]])
LOGITS = np.array([[0.3, -1.2, 2.0], [4.0, 3.9, -5.0], [0.0, 0.0, 0.0]])
EXTREME = np.array([[1e4, -1e4, 0.0], [-800.0, 800.0, 799.0], [50.0, 0.0, -50.0]])


def targets_of(loss: losses.Loss) -> Any:
    return CLASSES if isinstance(loss, losses.SparseCategoricalCrossentropy) else ONE_HOT


def keras_value_and_gradient(loss: losses.Loss, y: Any, outputs: Any) -> tuple[float, Any]:
    tf, keras = tensorflow()
    arguments = {"from_logits": True} if loss.from_logits else {}
    function = getattr(keras.losses, type(loss).__name__)(**arguments, dtype="float64")
    variable = tf.Variable(outputs, dtype=tf.float64)
    with tf.GradientTape() as tape:
        value = function(y, tf.identity(variable))
    return float(value), tape.gradient(value, variable).numpy()


def test_a_coin_costs_ln_2_by_binary_cross_entropy() -> None:
    value, derivative = loss_and_derivative(losses.BinaryCrossentropy(), [0, 1], [[0.5], [0.5]])
    assert value == pytest.approx(math.log(2), rel=1e-15)
    # -t/p + (1 - t)/(1 - p) = ∓2, over two examples
    np.testing.assert_allclose(derivative, [[1.0], [-1.0]], rtol=1e-15)


def test_guessing_among_four_classes_costs_ln_4() -> None:
    for loss, y in (
        (losses.CategoricalCrossentropy(), [[0, 0, 1, 0]]),
        (losses.SparseCategoricalCrossentropy(), [2]),
    ):
        assert loss_and_derivative(loss, y, [[0.25] * 4])[0] == pytest.approx(math.log(4), rel=1e-15)


def test_errors_have_their_textbook_values() -> None:
    y, outputs = [1.0, -2.0], [[3.0], [-3.0]]
    value, derivative = loss_and_derivative(losses.MeanSquaredError(), y, outputs)
    assert (value, derivative.tolist()) == (2.5, [[2.0], [-1.0]])
    value, derivative = loss_and_derivative(losses.MeanAbsoluteError(), y, outputs)
    assert (value, derivative.tolist()) == (1.5, [[0.5], [-0.5]])


def test_the_corner_of_the_absolute_error_is_flat() -> None:
    assert loss_and_derivative(losses.MeanAbsoluteError(), [1.0], [[1.0]])[1].tolist() == [[0.0]]


@pytest.mark.parametrize("loss", ALL, ids=str)
def test_a_derivative_is_the_limit_of_differences(loss: losses.Loss) -> None:
    y, outputs = targets_of(loss), LOGITS if loss.from_logits else INSIDE
    found = loss_and_derivative(loss, y, outputs)[1]
    expected = np.empty_like(outputs)
    for place in np.ndindex(outputs.shape):
        step = np.zeros_like(outputs)
        step[place] = 1e-6
        above, below = (loss_and_derivative(loss, y, outputs + s)[0] for s in (step, -step))
        expected[place] = (above - below) / 2e-6
    # central differences err by round-off over the step, 1e-10, and by the step squared times the
    # third derivative, which is up to 2 / 0.05³ = 16,000 for the logarithm of a probability of 0.05
    np.testing.assert_allclose(found, expected, atol=2e-8)


@pytest.mark.parametrize("loss", ALL, ids=str)
@pytest.mark.parametrize("outputs", [INSIDE, CLIPPED, LOGITS, EXTREME], ids=["in", "clip", "logit", "far"])
def test_values_and_derivatives_are_those_of_keras(loss: losses.Loss, outputs: Any) -> None:
    value, derivative = loss_and_derivative(loss, targets_of(loss), outputs)
    expected_value, expected_derivative = keras_value_and_gradient(loss, targets_of(loss), outputs)
    # float64 on both sides; log(1 - p) loses seven digits when p is cut off at 1 - 1e-7
    np.testing.assert_allclose(value, expected_value, rtol=1e-8)
    np.testing.assert_allclose(derivative, expected_derivative, rtol=1e-8, atol=1e-12)


def test_what_is_cut_off_has_no_derivative_and_costs_the_logarithm_of_epsilon() -> None:
    value, derivative = loss_and_derivative(losses.BinaryCrossentropy(), [1, 0], [[-3.0], [0.0]])
    # the second example is right and costs -log(1 - 1e-7), 1e-7
    assert value == pytest.approx((-math.log(EPSILON) + EPSILON) / 2, rel=1e-9)
    assert derivative.tolist() == [[0.0], [0.0]]


def test_logits_still_teach_where_probabilities_are_cut_off() -> None:
    logits = np.array([[-40.0], [40.0]])
    lost = loss_and_derivative(losses.BinaryCrossentropy(), [1, 0], sigmoid(logits))[1]
    kept = loss_and_derivative(losses.BinaryCrossentropy(from_logits=True), [1, 0], logits)[1]
    assert lost.tolist() == [[0.0], [0.0]]
    np.testing.assert_allclose(kept, [[-0.5], [0.5]], rtol=1e-15)


@pytest.mark.parametrize(
    ("kind", "activation"),
    [
        (losses.BinaryCrossentropy, sigmoid),
        (losses.CategoricalCrossentropy, softmax),
        (losses.SparseCategoricalCrossentropy, softmax),
    ],
)
def test_logits_and_their_probabilities_cost_the_same(kind: Any, activation: Any) -> None:
    y = targets_of(kind())
    from_logits = loss_and_derivative(kind(from_logits=True), y, LOGITS)[0]
    # the smallest probability here is about 1e-4, far from where probabilities are cut off
    assert loss_and_derivative(kind(), y, activation(LOGITS))[0] == pytest.approx(from_logits, rel=1e-12)


def test_classes_may_be_a_column_or_whole_floats() -> None:
    loss = losses.SparseCategoricalCrossentropy()
    expected = loss_and_derivative(loss, CLASSES, INSIDE)[0]
    assert loss_and_derivative(loss, CLASSES[:, None].astype(np.float32), INSIDE)[0] == expected


def test_binary_cross_entropy_takes_targets_that_are_not_labels() -> None:
    # as Keras does: a document trains it on a straight line
    y = np.array([-70.0, 10.0, 45.0])
    outputs = np.array([[0.4], [0.9], [2.0]])
    found = loss_and_derivative(losses.BinaryCrossentropy(), y, outputs)[0]
    # log(1 - p) loses seven digits when p is cut off at 1 - 1e-7
    expected = keras_value_and_gradient(losses.BinaryCrossentropy(), y, outputs)[0]
    assert found == pytest.approx(expected, rel=1e-8)


def test_outputs_that_diverged_give_nan_and_no_warning() -> None:
    for loss in ALL:
        value, _ = loss_and_derivative(loss, targets_of(loss), np.full((3, 3), np.nan))
        assert math.isnan(value), loss


def test_a_penalty_and_its_derivative_by_hand() -> None:
    value, derivative = penalty_and_derivative(L1L2(l1=0.5, l2=0.25), [[1.0, -2.0], [0.0, 4.0]])
    assert value == 0.5 * 7 + 0.25 * 21
    assert derivative.tolist() == [[1.0, -1.5], [0.0, 2.5]]
    assert penalty_and_derivative(None, [[1.0]])[0] == 0.0


def test_a_penalty_is_that_of_keras() -> None:
    tf, keras = tensorflow()
    kernel, factors = tf.Variable(LOGITS), (2**-7, 2**-9)  # Keras rounds the factors to float32
    with tf.GradientTape() as tape:
        expected = keras.regularizers.L1L2(*factors)(kernel)
    value, derivative = penalty_and_derivative(L1L2(*factors), LOGITS)
    # float64 on both sides; what remains is the order of the sum
    assert value == pytest.approx(float(expected), rel=1e-14)
    np.testing.assert_allclose(derivative, tape.gradient(expected, kernel).numpy(), rtol=1e-14)


def test_epsilon_is_that_of_keras() -> None:
    assert tensorflow()[1].config.epsilon() == EPSILON
