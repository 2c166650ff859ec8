"""Activation functions and their slopes, and what is left of a network without them."""

import itertools

import numpy as np

from nnspec import Dense, fact, tensorflow
from nnspec.textbook import ACTIVATION_DERIVATIVES, ACTIVATION_FUNCTIONS, forward
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Activation functions")
MAIN_ONES = ("sigmoid", "tanh", "relu")


@fact("ann-activation-needed", source=PLACE)
def test_without_an_activation_the_outputs_of_a_network_superpose():
    """A network whose layers are all linear gives for mixed inputs the same mixture of its outputs."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 100, 3))
    a, b = 2.0, -0.7
    widths = (3, 8, 8, 2)
    weights = []
    for shape in itertools.pairwise(widths):
        weights += [rng.normal(size=(1, *shape)), rng.normal(size=(1, shape[1]))]

    def off(activation):
        layers = [*(Dense(units, activation) for units in widths[1:-1]), Dense(widths[-1])]

        def without_offset(inputs):
            return forward(layers, weights, inputs) - forward(layers, weights, np.zeros((1, 3)))

        mixed = without_offset(a * x + b * y)
        return np.abs(mixed - (a * without_offset(x) + b * without_offset(y))).max() / np.abs(mixed).max()

    # a few hundred float32 products and sums, each rounded to 6e-8 of itself
    assert off("linear") < 1e-5
    for activation in MAIN_ONES:
        assert off(activation) > 0.01, f"{activation} must bend what goes through it"


@fact("ann-activations", source=PLACE)
def test_the_main_activations_and_their_slopes_are_those_of_the_library():
    """Sigmoid, tanh and ReLU and their slopes agree with the library and with finite differences."""
    tf, keras = tensorflow()
    x = np.linspace(-20, 20, 4001)  # with 0, where ReLU has its corner and the slope 0 is a convention
    step = 1e-6
    for name in MAIN_ONES:
        function, derivative = ACTIVATION_FUNCTIONS[name], ACTIVATION_DERIVATIVES[name]
        inputs = tf.Variable(x)
        with tf.GradientTape() as tape:
            outputs = getattr(keras.activations, name)(inputs)
        # float64 round-off of an exponential and a few products
        np.testing.assert_allclose(function(x), outputs.numpy(), rtol=1e-12, atol=1e-15)
        slopes = tape.gradient(outputs, inputs).numpy()
        # 1 - tanh² near 0 is what is left of numbers near 1, which are a few times 2e-16 off
        np.testing.assert_allclose(derivative(x), slopes, rtol=1e-9, atol=5e-15)
        away = x[np.abs(x) > 2 * step]
        differences = (function(away + step) - function(away - step)) / (2 * step)
        # the round-off of values up to 20, 4e-15, over twice the step; the bend within a step is smaller
        np.testing.assert_allclose(derivative(away), differences, atol=5e-9)
