"""The forward pass for all seeds at once against one seed at a time."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from nnspec.recipes.layers import Dense, Dropout, Flatten
from nnspec.textbook import activations
from nnspec.textbook.forward import forward

LAYERS = (Dense(3, "relu"), Dropout(0.5), Dense(2, "tanh"), Dense(4, "softmax"))


def weights_of(seeds: int, *sizes: int) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(7)
    arrays = []
    for inputs, units in itertools.pairwise(sizes):
        arrays += [rng.normal(size=(seeds, inputs, units)), rng.normal(size=(seeds, units))]
    return [array.astype(np.float32) for array in arrays]


def test_it_agrees_with_a_calculation_by_hand() -> None:
    kernel = np.array([[[1.0, -1.0], [2.0, 0.5]]], np.float32)
    bias = np.array([[0.5, -3.0]], np.float32)
    output = [np.array([[[2.0], [10.0]]], np.float32), np.array([[-4.0]], np.float32)]
    # 1·1 + 3·2 + 0.5 = 7.5 and -1 + 1.5 - 3 = -2.5, which ReLU cuts; 2 · 7.5 - 4 = 11
    found = forward([Dense(2, "relu"), Dense(1)], [kernel, bias, *output], np.array([[1.0, 3.0]]))
    np.testing.assert_array_equal(found, [[[11.0]]])


def test_all_seeds_at_once_agree_with_one_after_another() -> None:
    weights = weights_of(5, 2, 3, 2, 4)
    x = np.random.default_rng(8).normal(size=(6, 2)).astype(np.float32)
    found = forward(LAYERS, weights, x)
    assert found.shape == (5, 6, 4)
    for seed in range(5):
        first, second, third = (
            (weights[i][seed].astype(np.float64), weights[i + 1][seed]) for i in (0, 2, 4)
        )
        hidden = activations.relu(x @ first[0] + first[1])
        hidden = activations.tanh(hidden @ second[0] + second[1])
        expected = activations.softmax(hidden @ third[0] + third[1])
        # float32 against float64: a few units in the last place of numbers of order one
        np.testing.assert_allclose(found[seed], expected, atol=1e-5)


def test_dropout_does_nothing() -> None:
    weights = weights_of(3, 2, 3, 2, 4)
    x = np.ones((4, 2))
    without = [layer for layer in LAYERS if not isinstance(layer, Dropout)]
    np.testing.assert_array_equal(forward(LAYERS, weights, x), forward(without, weights, x))


def test_flatten_takes_the_pixels_row_by_row() -> None:
    weights = weights_of(3, 6, 2)
    images = np.random.default_rng(9).normal(size=(4, 2, 3))
    found = forward([Flatten(), Dense(2)], weights, images)
    np.testing.assert_array_equal(found, forward([Dense(2)], weights, images.reshape(4, 6)))


def test_outputs_are_float32_also_for_float64_inputs() -> None:
    assert forward([Dense(2)], weights_of(1, 3, 2), np.ones((4, 3))).dtype == np.float32
