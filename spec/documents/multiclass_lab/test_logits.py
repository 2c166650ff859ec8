"""Logits into the loss, softmax afterwards."""

import numpy as np
import pytest

from nnspec import SparseCategoricalCrossentropy, fact, tensorflow
from nnspec.textbook import EPSILON, loss_and_derivative, softmax
from spec.documents.multiclass_lab.recipes import BLOBS, MODEL
from spec.sources import MULTICLASS_LAB

PLACE = MULTICLASS_LAB.at("2.2 Model", "from_logits=True")
# confidently wrong, by so much that the probability of the true class 0 is no float32 above 0
LOGITS = np.array([[0.0, 200.0, 0.0, 0.0]], np.float32)
TRUE = np.array([0])
WANTED_LOSS = 200.0
WANTED_GRADIENT = [[-1.0, 1.0, 0.0, 0.0]]  # softmax less one-hot


def loss_and_gradient(outputs_of, from_logits):
    """Return Keras's loss of LOGITS that went through `outputs_of`, and its gradient by them."""
    tf, keras = tensorflow()
    logits = tf.Variable(LOGITS)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    with tf.GradientTape() as tape:
        value = loss(TRUE, outputs_of(logits))
    return float(value), tape.gradient(value, logits).numpy()


@fact("mc-logits-stable", part="probabilities", source=PLACE)
def test_a_loss_of_probabilities_loses_what_a_loss_of_logits_keeps(evidence):
    """Given extreme logits the loss and its gradient are exact; given their probabilities they are lost."""
    tf, _ = tensorflow()
    loss, gradient = loss_and_gradient(tf.identity, from_logits=True)
    assert loss == pytest.approx(WANTED_LOSS)
    np.testing.assert_allclose(gradient, WANTED_GRADIENT, atol=1e-6)
    # the probability of the true class is 0, cut off at epsilon, where nothing changes any more
    lost_loss, lost_gradient = loss_and_gradient(tf.nn.softmax, from_logits=False)
    assert lost_loss == pytest.approx(-np.log(EPSILON), rel=1e-5)
    np.testing.assert_array_equal(lost_gradient, 0)
    by_hand = loss_and_derivative(SparseCategoricalCrossentropy(from_logits=True), TRUE, LOGITS)
    assert by_hand[0] == pytest.approx(WANTED_LOSS)
    np.testing.assert_allclose(by_hand[1], WANTED_GRADIENT, atol=1e-6)
    evidence.note(
        f"Logits 0, 200, 0, 0 with true class 0: from logits the loss is {loss:g}, its gradient -1, 1, 0, 0; "
        f"from probabilities they are {lost_loss:.4g} and 0, 0, 0, 0, which teaches nothing."
    )


@fact("mc-logits-stable", part="softmax layer of Keras", source=PLACE)
def test_keras_takes_the_logits_from_behind_its_softmax_layer(evidence):
    """With a softmax output layer Keras itself goes back to the logits: loss and gradient are as exact."""
    _, keras = tensorflow()
    output = keras.layers.Dense(4, activation="softmax", kernel_initializer="identity")
    model = keras.Sequential([keras.Input((4,)), output])
    loss, gradient = loss_and_gradient(model, from_logits=False)
    assert loss == pytest.approx(WANTED_LOSS)
    np.testing.assert_allclose(gradient, WANTED_GRADIENT, atol=1e-6)
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd")
    assert model.evaluate(LOGITS, TRUE, verbose=0) == pytest.approx(WANTED_LOSS)
    evidence.note(
        f"In Keras {keras.__version__} the advice makes no difference to training: the outputs of a softmax "
        "layer remember their logits and the loss takes those. It does for probabilities from elsewhere."
    )


@fact("mc-softmax-later", source=MULTICLASS_LAB.at("2.2 Model", "softmax on the predictions"))
def test_softmax_on_the_logits_gives_probabilities_with_the_same_winner(trained):
    """Softmax applied to the trained logits gives probabilities and leaves the largest the largest."""
    tf, _ = tensorflow()
    logits = trained(MODEL, range(8)).predict(BLOBS.arrays().x_train)
    probabilities = softmax(logits)
    # float32 round-off of one exponential and a sum of four
    np.testing.assert_allclose(tf.nn.softmax(logits).numpy(), probabilities, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-6)
    assert probabilities.min() >= 0
    np.testing.assert_array_equal(probabilities.argmax(axis=-1), logits.argmax(axis=-1))
    assert (logits < 0).any(), "logits themselves are no probabilities"
