"""The activation functions: values, large inputs, types."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec import activations
from nnspec.layers import ACTIVATIONS

FUNCTIONS = list(activations.BY_NAME.values())


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


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whole_numbers_give_the_same_as_floats(function: activations.Function) -> None:
    whole = np.array([-2, 0, 3])
    found = function(whole)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, function(whole.astype(np.float64)))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_shape_and_float_type_stay(function: activations.Function, dtype: type) -> None:
    found = function(np.array([[-2.0, 0.5], [1.0, 3.0]], dtype))
    assert found.dtype == dtype
    assert found.shape == (2, 2)


@pytest.mark.parametrize("function", [activations.linear, activations.relu, activations.sigmoid])
def test_a_nan_is_not_hidden(function: activations.Function) -> None:
    assert np.isnan(function([np.nan, 1.0])).tolist() == [True, False]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_input_is_left_as_it_was(function: activations.Function) -> None:
    x = np.array([-2.0, 0.5])
    function(x)
    assert x.tolist() == [-2.0, 0.5]


def test_every_activation_that_a_layer_may_name_is_there() -> None:
    assert sorted(activations.BY_NAME) == sorted(ACTIVATIONS)
