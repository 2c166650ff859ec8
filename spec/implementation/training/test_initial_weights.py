"""Initial weights are those that Keras would draw, and arms share them where their shapes agree."""

import numpy as np
import pytest

from nnspec import Adam, Circles, Dense, Dropout, Initializer, Recipe
from nnspec.training import model_fit
from nnspec.training.initial_weights import initial_kernels

SEEDS = [0, 1, 7]
CIRCLES = Circles(n_samples=100, train_size=70)
SEPARATING = [Dense(4, "relu"), Dense(4, "relu"), Dense(1, "sigmoid")]


def binary(layers=SEPARATING):
    return Recipe(CIRCLES, layers, "binary_crossentropy", Adam(0.01), epochs=3)


INITIALIZERS = {
    "Keras's default": None,
    "He normal": "he_normal",
    "He uniform": "he_uniform",
    "Glorot normal": "glorot_normal",
    "Glorot uniform": "glorot_uniform",
    "random normal": Initializer("random_normal", mean=0.1, stddev=0.3),
    "random uniform": Initializer("random_uniform", minval=-0.5, maxval=0.7),
    "constant": Initializer("constant", value=0.3),
    "ones": "ones",
    "zeros": "zeros",
}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_initial_weights_are_bit_for_bit_what_the_keras_layer_gets(name):
    kernel = {"kernel_initializer": INITIALIZERS[name]}
    recipe = binary([Dense(4, "relu", **kernel), Dense(1, "sigmoid", **kernel)])
    kernels = initial_kernels(recipe, SEEDS)
    for index, seed in enumerate(SEEDS):
        layers = [layer for layer in model_fit.build_model(recipe, seed).layers if layer.weights]
        for ours, layer in zip(kernels, layers, strict=True):
            np.testing.assert_array_equal(ours[index], layer.kernel.numpy())
            np.testing.assert_array_equal(layer.bias.numpy(), 0)


def test_arms_start_from_the_same_kernels_wherever_their_shapes_agree():
    deep = initial_kernels(binary(), SEEDS)
    shallow = initial_kernels(binary([Dense(4, "tanh"), Dropout(0.5), Dense(1)]), SEEDS)
    np.testing.assert_array_equal(deep[0], shallow[0])
    np.testing.assert_array_equal(deep[2], shallow[1])
    twice = initial_kernels(binary([Dense(4), Dense(4), Dense(4), Dense(1)]), SEEDS)
    assert not np.array_equal(twice[1], twice[2])
