"""The head of a network for several classes: softmax outputs, and labels as numbers or one-hot."""

import numpy as np

from nnspec import CategoricalCrossentropy, Dense, Digits, Flatten, fact, one_hot, tensorflow
from nnspec.textbook import forward, labels
from spec.documents.tf_classification.fashion_recipes import DIGITS_NORMALISED, MODEL_11, SECTION
from spec.sources import TF_CLASSIFICATION


@fact("tfc-softmax-output", source=TF_CLASSIFICATION.at(SECTION, "softmax"))
def test_softmax_outputs_are_probabilities_and_the_largest_is_the_prediction():
    """Softmax outputs lie in 0 … 1 and sum to 1, and the index of the largest is the prediction."""
    tf, keras = tensorflow()
    generator = np.random.default_rng(0)
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for layer in MODEL_11.layers:
        if isinstance(layer, Dense):
            model.add(keras.layers.Dense(layer.units, activation=layer.activation))
    x = generator.uniform(size=(500, 28, 28)).astype(np.float32)
    outputs = model.predict(x, verbose=0)
    assert outputs.shape == (500, 10)
    assert outputs.min() >= 0
    assert outputs.max() <= 1
    # float32 round-off of ten terms
    np.testing.assert_allclose(outputs.sum(axis=1), 1, rtol=1e-6)
    ours = forward([Flatten(), *MODEL_11.layers[1:]], [w[None] for w in model.get_weights()], x)[0]
    np.testing.assert_allclose(ours, outputs, rtol=1e-4, atol=1e-6)
    truth = generator.integers(0, 10, size=500)
    counted = keras.metrics.sparse_categorical_accuracy(truth, outputs)
    np.testing.assert_array_equal(tf.argmax(outputs, axis=1).numpy() == truth, counted.numpy() == 1)
    np.testing.assert_array_equal(labels(outputs), outputs.argmax(axis=1))


@fact("tfc-sparse-or-one-hot", source=TF_CLASSIFICATION.at(SECTION, "SparseCategoricalCrossentropy"))
def test_integer_labels_with_the_sparse_loss_equal_one_hot_labels_with_the_other(trained):
    """Integer labels with the sparse loss train the same network as one-hot labels with the other loss."""
    tf, keras = tensorflow()
    generator = np.random.default_rng(0)
    truth = generator.integers(0, 10, size=200)
    outputs = tf.Variable(tf.nn.softmax(generator.normal(size=(200, 10)).astype(np.float32)))
    found = []
    for loss, targets in (
        (keras.losses.SparseCategoricalCrossentropy(), truth),
        (keras.losses.CategoricalCrossentropy(), one_hot(truth, 10)),
    ):
        with tf.GradientTape() as tape:
            value = loss(targets, outputs)
        found.append((value.numpy(), tape.gradient(value, outputs).numpy()))
    # one formula in float32, summed in another order
    np.testing.assert_allclose(found[0][0], found[1][0], rtol=1e-6)
    np.testing.assert_allclose(found[0][1], found[1][1], rtol=1e-4, atol=1e-7)
    sparse = DIGITS_NORMALISED.with_epochs(5)
    categorical = sparse.with_(data=Digits(one_hot=True), loss=CategoricalCrossentropy())
    by_number, by_vector = trained(sparse, range(8)), trained(categorical, range(8))
    # 225 steps of Adam, each of which may round differently
    for name in ("loss", "accuracy"):
        np.testing.assert_allclose(by_number.history[name], by_vector.history[name], rtol=1e-3, atol=1e-3)
    for number, vector in zip(by_number.weights, by_vector.weights, strict=True):
        np.testing.assert_allclose(number, vector, rtol=1e-2, atol=1e-3)
