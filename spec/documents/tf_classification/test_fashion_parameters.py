"""What is inside model_14: its parameters, how they start and that training moves them."""

import numpy as np

from nnspec import Dense, SeedValues, claim, fact, tensorflow
from nnspec.plots import model_graph
from nnspec.textbook import glorot_uniform_bound
from spec.documents.tf_classification.fashion_recipes import (
    MODEL_14,
    SECTION,
    UNTRAINED,
)
from spec.sources import TF_CLASSIFICATION

PATTERNS = TF_CLASSIFICATION.at("What patterns is our model learning?")


def keras_model():
    """Return model_14 as Keras builds it."""
    _, keras = tensorflow()
    dense = [layer for layer in MODEL_14.layers if isinstance(layer, Dense)]
    layers = [keras.layers.Dense(layer.units, activation=layer.activation) for layer in dense]
    return keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), *layers])


@fact("tfc-parameters", source=PATTERNS)
def test_a_layer_has_a_weight_for_every_input_of_every_unit_and_a_bias_for_every_unit():
    """The layers have 784·4 + 4, 4·4 + 4 and 4·10 + 10 parameters, 3210 in all."""
    model = keras_model()
    counts = [layer.count_params() for layer in model.layers]
    assert counts == [0, 784 * 4 + 4, 4 * 4 + 4, 4 * 10 + 10] == [0, 3140, 20, 50]
    assert model.count_params() == 3210
    weights, biases = model.layers[1].get_weights()
    assert weights.shape == (784, 4)
    assert biases.shape == (4,)


@fact("tfc-initialisation", source=PATTERNS)
def test_weights_start_at_random_within_the_glorot_bound_and_biases_at_zero():
    """Weights start random, uniform within ± √(6 / (fan_in + fan_out)), and biases start at zero."""
    _, keras = tensorflow()
    first, again = keras_model(), keras_model()
    for layer, other in zip(first.layers[1:], again.layers[1:], strict=True):
        assert isinstance(layer.kernel_initializer, keras.initializers.GlorotUniform)
        weights, biases = layer.get_weights()
        bound = np.sqrt(6 / sum(weights.shape))
        np.testing.assert_allclose(glorot_uniform_bound(*weights.shape), bound, rtol=1e-12)
        assert np.abs(weights).max() <= bound
        assert not biases.any()
        assert not np.array_equal(weights, other.get_weights()[0])
    weights = first.layers[1].get_weights()[0] / np.sqrt(6 / 788)
    # of 3136 uniform draws the largest is below 0.99 once in 10^13 times; the mean's deviation is 0.0103
    assert np.abs(weights).max() > 0.99
    assert abs(weights.mean()) < 5 * 0.0103
    # uniform on -1 … 1 has a variance of 1 / 3, here known to ± 0.0053
    np.testing.assert_allclose(weights.var(), 1 / 3, atol=5 * 0.0053)


@claim(
    "tfc-learning-updates-weights",
    in_short="Training moves all kernels and biases",
    source=TF_CLASSIFICATION.at(
        "How a model learns (in brief)", "of the random start: What patterns is our model learning?"
    ),
    says="Learning means that weights and biases are updated and improved in every epoch; weights start at "
    "random and end at better values.",
    recipe={"trained": MODEL_14, "untrained": UNTRAINED},
    because="updated: every kernel and every bias vector differs from where the same seed starts, which is "
    "what the untrained arm is for; improved: a lower loss on the training images with the weights at the "
    "end than with those at the start; that it happens in every epoch cannot be seen from the final weights",
    verdict="holds",
    measured="24 of 24 seeds; median change of the kernel or bias that changes least 0.9041",
)
def test_training_moves_weights_and_biases_and_the_loss_falls_with_it(trained, untrained):
    """Every kernel and bias vector ends with other values than it starts with, and with a lower loss."""
    changes = [
        np.abs(after - before).reshape(len(trained), -1).max(axis=1)
        for after, before in zip(trained.weights, untrained.weights, strict=True)
    ]
    least = SeedValues(np.min(changes, axis=0), "change of the kernel or bias that changes least")
    return (least > 0) & (trained.loss < untrained.loss)


@fact("tfc-model-graph", source=TF_CLASSIFICATION.at(SECTION, "plot_model"), kind="picture")
def test_the_model_is_drawn_with_its_shapes(evidence):
    """A picture of model_14 with the shapes that go into and come out of every layer."""
    figure = model_graph(MODEL_14.layers, (28, 28))
    written = " ".join(text.get_text() for axes in figure.axes for text in axes.texts)
    for shape in ("(None, 28, 28)", "(None, 784)", "(None, 4)", "(None, 10)"):
        assert shape in written
    assert [written.count(name) for name in ("Input", "Flatten", "Dense")] == [1, 1, 3]
    evidence.picture("model_14", figure)
