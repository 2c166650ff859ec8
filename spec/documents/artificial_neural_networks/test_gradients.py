"""Passes forward and backwards: vectorised or looped, gradients by the chain rule, a step along them."""

import itertools

import numpy as np

from nnspec import (
    L1L2,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Dense,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
    claim,
    fact,
    tensorflow,
)
from nnspec.textbook import forward_looped, forward_pass, gradients, total_loss
from spec.documents.artificial_neural_networks.experiments import GradientStep
from spec.documents.artificial_neural_networks.recipes import MOONS
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

HIDDEN = ("linear", "relu", "sigmoid", "softmax", "tanh")
LAST_LAYERS = (
    (Dense(1, "sigmoid"), BinaryCrossentropy()),
    (Dense(1), BinaryCrossentropy(from_logits=True)),
    (Dense(3, "softmax"), CategoricalCrossentropy()),
    (Dense(3), CategoricalCrossentropy(from_logits=True)),
    (Dense(3, "softmax"), SparseCategoricalCrossentropy()),
    (Dense(3), SparseCategoricalCrossentropy(from_logits=True)),
    (Dense(2), MeanSquaredError()),
    (Dense(2, "tanh"), MeanAbsoluteError()),
)
# Keras keeps the factors of a penalty in float32, which these two fit into exactly
PENALTIES = (None, L1L2(l1=1 / 128, l2=1 / 64))
# the document's network of three hidden units on its moons
STEP = GradientStep(MOONS, (Dense(3, "tanh"), Dense(1, "sigmoid")), BinaryCrossentropy(), step=0.001)


def _weights(widths, rng):
    """Return kernels and biases of the layers between these widths."""
    shapes = (s for pair in itertools.pairwise(widths) for s in (pair, pair[1:]))
    return [rng.normal(size=shape) for shape in shapes]


@fact("ann-vectorised", source=ARTIFICIAL_NEURAL_NETWORKS.at("Vectorization of computations"))
def test_the_vectorised_forward_pass_equals_the_loop_over_samples():
    """A forward pass for all samples at once gives what a loop over samples, units and inputs gives."""
    rng = np.random.default_rng(0)
    widths = (12, 7, 5, 3)
    x, weights = rng.normal(size=(50, 12)), _weights(widths, rng)
    for hidden in HIDDEN:
        layers = [*(Dense(units, hidden) for units in widths[1:-1]), Dense(3)]
        together, looped = forward_pass(layers, weights, x).outputs[-1], forward_looped(layers, weights, x)
        # the sums of a matrix product are added up in another order: a few units of 1e-16 for each term
        np.testing.assert_allclose(together, looped, rtol=1e-12, atol=1e-12)
    # sums of quarters and of their products are exact in any order, so that nothing may differ at all
    x, weights = np.round(4 * x) / 4, [np.round(4 * w) / 4 for w in weights]
    for hidden in ("linear", "relu"):
        layers = [*(Dense(units, hidden) for units in widths[1:-1]), Dense(3)]
        np.testing.assert_array_equal(
            forward_pass(layers, weights, x).outputs[-1], forward_looped(layers, weights, x)
        )


@claim(
    "ann-gradient-descent",
    in_short="A small step lowers the loss",
    source=ARTIFICIAL_NEURAL_NETWORKS.at("Weights update"),
    recipe=STEP,
    counterfactual=GradientStep(STEP.data, STEP.layers, STEP.loss, step=-STEP.step),
    without="the minus sign",
    share=0.9,
    says="The objective is to minimise the loss, and the method is gradient descent.",
    because="calculus, for a step that is small enough: a thousandth, the document names none; one step from "
    "Glorot's weights, on all of the two moons",
    verdict="holds",
    measured="192 of 192 seeds; median fall 0.0001108",
    beyond="the document names the method and says nothing of single steps",
)
def test_a_small_step_along_minus_the_gradient_lowers_the_loss(runs):
    """One step of a thousandth along minus the gradient lowers the loss."""
    return runs.metric("fall") > 0


@fact("ann-backprop", source=ARTIFICIAL_NEURAL_NETWORKS.at("Backpropagation"))
def test_the_chain_rule_backwards_gives_all_gradients():
    """The chain rule backwards gives the gradients by all weights, for all activations and losses here."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(20, 4))
    for hidden, penalty, (last, loss) in itertools.product(HIDDEN, PENALTIES, LAST_LAYERS):
        layers = [Dense(5, hidden, kernel_regularizer=penalty), Dense(6, hidden), last]
        weights, y = _weights((4, 5, 6, last.units), rng), _targets(last, loss, rng)
        by_hand = gradients(layers, weights, x, y, loss)
        for found, wanted in zip(by_hand, _automatic(layers, weights, x, y, loss), strict=True):
            # float64 round-off of a few hundred products
            np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12, err_msg=f"{hidden}, {loss}")
        for found, wanted in zip(by_hand, _differences(layers, weights, x, y, loss), strict=True):
            # the loss rounded to 1e-15 over a step of 1e-6, and the third derivative times the step squared
            np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-8, err_msg=f"{hidden}, {loss}")


def _targets(last, loss, rng):
    classes = rng.integers(0, max(last.units, 2), 20)
    if isinstance(loss, CategoricalCrossentropy):
        return np.eye(last.units)[classes]
    if isinstance(loss, SparseCategoricalCrossentropy | BinaryCrossentropy):
        return classes
    return rng.normal(size=(20, last.units))


def _automatic(layers, weights, x, y, loss):
    """Return the gradients that the library's automatic differentiation gives, all in float64."""
    tf, keras = tensorflow()
    built = [
        keras.layers.Dense(
            layer.units,
            layer.activation,
            kernel_regularizer=layer.kernel_regularizer
            and keras.regularizers.L1L2(layer.kernel_regularizer.l1, layer.kernel_regularizer.l2),
            dtype="float64",
        )
        for layer in layers
    ]
    for layer, kernel, bias in zip(built, weights[::2], weights[1::2], strict=True):
        layer.build((None, len(kernel)))
        layer.set_weights([kernel, bias])
    variables = [variable.value for layer in built for variable in layer.trainable_variables]
    function = getattr(keras.losses, type(loss).__name__)(
        dtype="float64", **({"from_logits": True} if loss.from_logits else {})
    )
    targets = y[:, None] if isinstance(loss, BinaryCrossentropy) else y
    with tf.GradientTape() as tape:
        outputs = tf.constant(x)
        for layer in built:  # a model around them would turn x into float32
            outputs = layer(outputs)
        value = function(targets, outputs) + sum(penalty for layer in built for penalty in layer.losses)
    return [gradient.numpy() for gradient in tape.gradient(value, variables)]


def _differences(layers, weights, x, y, loss, step=1e-6):
    """Return the gradients by central differences, one weight at a time."""
    found = []
    for position, array in enumerate(weights):
        slopes = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            values = []
            for change in (step, -step):
                moved = [w.copy() for w in weights]
                moved[position][index] += change
                values.append(total_loss(layers, moved, x, y, loss))
            slopes[index] = (values[0] - values[1]) / (2 * step)
        found.append(slopes)
    return found
