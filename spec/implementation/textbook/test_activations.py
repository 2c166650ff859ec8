"""The activation functions and their derivatives: values, large inputs, types."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.layers import ACTIVATIONS
from nnspec.textbook import activations

FUNCTIONS = list(activations.BY_NAME.values())
DERIVATIVES = list(activations.DERIVATIVES.values())
# no zero: ReLU has a corner there
SMOOTH = np.array([-6.0, -2.5, -1.0, -0.3, 0.2, 0.9, 2.0, 5.5])
LOGITS = np.array([[0.3, -1.2, 2.0, 0.0], [4.0, 3.9, -5.0, 1.0]])
VECTORS = np.array([[1.0, -2.0, 0.5, 3.0], [-0.7, 0.1, 2.0, 0.0]])


def test_linear_changes_nothing() -> None:
    np.testing.assert_array_equal(activations.linear([-2.5, 0.0, 3.0]), [-2.5, 0.0, 3.0])


def test_relu_cuts_off_what_is_negative() -> None:
    np.testing.assert_array_equal(activations.relu([-2.5, -0.0, 0.0, 3.0]), [0.0, 0.0, 0.0, 3.0])


def test_sigmoid_has_its_textbook_values() -> None:
    expected = [1 / (1 + np.e), 0.5, np.e / (1 + np.e)]
    np.testing.assert_allclose(activations.sigmoid([-1.0, 0.0, 1.0]), expected, rtol=1e-15)


def test_sigmoid_of_large_inputs_neither_overflows_nor_leaves_the_unit_interval() -> None:
    np.testing.assert_array_equal(activations.sigmoid([-1e5, 1e5, -np.inf, np.inf]), [0.0, 1.0, 0.0, 1.0])


def test_sigmoid_keeps_small_probabilities_that_one_minus_would_lose() -> None:
    np.testing.assert_allclose(activations.sigmoid([-100.0]), [np.exp(-100.0)], rtol=1e-14)


def test_log_sigmoid_is_the_logarithm_of_the_sigmoid() -> None:
    x = np.linspace(-30, 30, 61)
    # near 1 a probability in float64 is coarse, and so is its logarithm
    np.testing.assert_allclose(
        activations.log_sigmoid(x), np.log(activations.sigmoid(x)), rtol=1e-14, atol=1e-15
    )


def test_log_sigmoid_of_large_inputs_neither_overflows_nor_loses_what_is_small() -> None:
    far = [-np.inf, -1e5, 1e5, np.inf]
    np.testing.assert_array_equal(activations.log_sigmoid(far), [-np.inf, -1e5, 0.0, 0.0])
    # exp(-100) is smaller than the distance from 1 to the next float64
    np.testing.assert_allclose(activations.log_sigmoid([100.0]), [-np.exp(-100.0)], rtol=1e-14)
    np.testing.assert_array_equal(activations.log_sigmoid_derivative(far), [1.0, 1.0, 0.0, 0.0])


def test_log_sigmoid_less_its_mirror_image_is_the_input() -> None:
    # log(p / (1 - p)), the logit of a sigmoid
    x = np.linspace(-20, 20, 41)
    np.testing.assert_allclose(activations.log_sigmoid(x) - activations.log_sigmoid(-x), x, atol=1e-14)


def test_tanh_is_a_stretched_sigmoid() -> None:
    x = np.linspace(-4, 4, 9)
    np.testing.assert_allclose(activations.tanh(x), 2 * activations.sigmoid(2 * x) - 1, atol=1e-15)


def test_softmax_has_its_textbook_values_along_the_last_axis() -> None:
    powers = np.exp([[1.0, 2.0, 3.0], [0.0, 0.0, 5.0]])
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(activations.softmax([[1.0, 2.0, 3.0], [0.0, 0.0, 5.0]]), expected, rtol=1e-14)


def test_softmax_takes_another_axis() -> None:
    x = np.array([[1.0, 5.0], [2.0, 5.0]])
    np.testing.assert_allclose(activations.softmax(x, axis=0), activations.softmax(x.T).T, rtol=1e-15)


def test_softmax_of_large_inputs_is_that_of_their_differences() -> None:
    shifted = activations.softmax([1000.0, 1001.0, -1e6])
    np.testing.assert_allclose(shifted, activations.softmax([0.0, 1.0, -1e6]), rtol=1e-14)


def test_softmax_of_nothing_is_nothing() -> None:
    assert activations.softmax(np.empty((3, 0))).shape == (3, 0)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whole_numbers_give_the_same_as_floats(function: activations.Function) -> None:
    whole = np.array([-2, 0, 3])
    found = function(whole)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, function(whole.astype(np.float64)))


@pytest.mark.parametrize("function", FUNCTIONS + DERIVATIVES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_shape_and_float_type_stay(function: activations.Function, dtype: type) -> None:
    found = function(np.array([[-2.0, 0.5], [1.0, 3.0]], dtype))
    assert found.dtype == dtype
    assert found.shape == (2, 2)


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f is not activations.softmax])
def test_a_nan_is_not_hidden(function: activations.Function) -> None:
    assert np.isnan(function([np.nan, 1.0])).tolist() == [True, False]


@pytest.mark.parametrize("function", FUNCTIONS + DERIVATIVES)
def test_the_input_is_left_as_it_was(function: activations.Function) -> None:
    x = np.array([-2.0, 0.5])
    function(x)
    assert x.tolist() == [-2.0, 0.5]


def test_every_activation_that_a_layer_may_name_is_there() -> None:
    assert sorted(activations.BY_NAME) == sorted(ACTIVATIONS)


def test_every_activation_but_softmax_has_a_slope_element_by_element() -> None:
    assert sorted(activations.DERIVATIVES) == sorted(set(ACTIVATIONS) - {"softmax"})


@pytest.mark.parametrize("name", activations.DERIVATIVES)
def test_a_derivative_is_the_limit_of_differences(name: str) -> None:
    function, step = activations.BY_NAME[name], 1e-6
    expected = (function(SMOOTH + step) - function(SMOOTH - step)) / (2 * step)
    # central differences err by the step squared, 1e-12, and by round-off over the step, 1e-10
    np.testing.assert_allclose(activations.DERIVATIVES[name](SMOOTH), expected, atol=1e-9)


@pytest.mark.parametrize("name", activations.DERIVATIVES)
def test_a_derivative_is_that_of_tensorflow_also_in_the_corner(name: str) -> None:
    tf, keras = tensorflow()
    x = tf.constant([*SMOOTH, 0.0, -0.0, -40.0, 40.0], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = keras.activations.get(name)(x)
    # float64 round-off of numbers up to 1, in another order of operations
    np.testing.assert_allclose(
        activations.DERIVATIVES[name](x.numpy()), tape.gradient(y, x).numpy(), atol=1e-15
    )


def test_the_slope_of_relu_in_its_corner_is_zero() -> None:
    np.testing.assert_array_equal(activations.relu_derivative([-1, -0.0, 0, 2]), [0.0, 0.0, 0.0, 1.0])


def test_the_slope_of_sigmoid_is_as_exact_on_the_right_as_on_the_left() -> None:
    # exp(-100) is smaller than the distance from 1 to the next float64
    found = activations.sigmoid_derivative([-100.0, 100.0])
    np.testing.assert_allclose(found, np.exp([-100.0, -100.0]), rtol=1e-14)


def test_slopes_far_out_are_flat_and_do_not_warn() -> None:
    far = [-np.inf, -1e5, 1e5, np.inf]
    for derivative in (activations.sigmoid_derivative, activations.tanh_derivative):
        np.testing.assert_array_equal(derivative(far), [0.0, 0.0, 0.0, 0.0])


def test_the_jacobian_product_of_softmax_is_that_of_the_whole_matrix() -> None:
    for logits, vector in zip(LOGITS, VECTORS, strict=True):
        p = activations.softmax(logits)
        expected = (np.diag(p) - np.outer(p, p)) @ vector
        # float64 round-off of numbers up to 3
        np.testing.assert_allclose(activations.softmax_jacobian_product(logits, vector), expected, atol=1e-15)


def test_the_jacobian_product_of_softmax_is_the_change_along_the_vector() -> None:
    step = 1e-6
    change = activations.softmax(LOGITS + step * VECTORS) - activations.softmax(LOGITS - step * VECTORS)
    found = activations.softmax_jacobian_product(LOGITS, VECTORS)
    # central differences err by the step squared, 1e-12, and by round-off over the step, 1e-10
    np.testing.assert_allclose(found, change / (2 * step), atol=1e-9)


def test_the_jacobian_product_of_softmax_is_what_tensorflow_carries_back() -> None:
    tf, _ = tensorflow()
    x = tf.constant(LOGITS)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.softmax(x)
    expected = tape.gradient(y, x, output_gradients=tf.constant(VECTORS)).numpy()
    # float64 round-off of numbers up to 3
    np.testing.assert_allclose(activations.softmax_jacobian_product(LOGITS, VECTORS), expected, atol=1e-15)


def test_the_jacobian_product_of_softmax_takes_another_axis() -> None:
    found = activations.softmax_jacobian_product(LOGITS.T, VECTORS.T, axis=0)
    # the sums are taken in another order
    np.testing.assert_allclose(found, activations.softmax_jacobian_product(LOGITS, VECTORS).T, atol=1e-15)
