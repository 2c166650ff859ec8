"""Predictions of the trained network: probabilities from a softmax behind it."""

import numpy as np

from nnspec import SparseCategoricalCrossentropy, fact, tensorflow
from spec.documents.multilayer_perceptrons.recipes import DIGITS_DROPOUT
from spec.sources import MULTILAYER_PERCEPTRONS


@fact("mlp-ex-probabilities", source=MULTILAYER_PERCEPTRONS.at("Exercises", "3"))
def test_a_softmax_behind_the_trained_model_gives_probabilities_with_the_same_argmax(trained, evidence):
    """A softmax behind the trained model, its sigmoid removed, gives probabilities and the same classes."""
    _, keras = tensorflow()
    recipe = DIGITS_DROPOUT.with_output_activation("linear").with_epochs(10)
    runs = trained(recipe.with_(loss=SparseCategoricalCrossentropy(from_logits=True)), range(2))
    data = recipe.data.arrays()
    layers = [keras.layers.Flatten(), keras.layers.Dense(128, "relu"), keras.layers.Dropout(0.4)]
    model = keras.Sequential([keras.Input((8, 8)), *layers, keras.layers.Dense(10)])
    model.set_weights([w[0] for w in runs.weights])
    raw = model.predict(data.x_test, verbose=0)
    probabilities = keras.Sequential([model, keras.layers.Softmax()]).predict(data.x_test, verbose=0)
    assert probabilities.min() >= 0
    # float32 round-off of ten terms
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(probabilities.argmax(axis=1), raw.argmax(axis=1))
    accuracy = (probabilities.argmax(axis=1) == data.y_test).mean()
    # the two matrix products may round a tie differently; one of 360 images is 0.0028
    np.testing.assert_allclose(accuracy, runs.test_accuracy[0], atol=0.0028)
    squashed = keras.Sequential([model, keras.layers.Activation("sigmoid"), keras.layers.Softmax()])
    kept = squashed.predict(data.x_test, verbose=0)
    largest = np.e / (np.e + 9)
    assert kept.max() <= largest * (1 + 1e-6)
    assert probabilities.max(axis=1).mean() > 2 * largest
    evidence.note(
        f"Without removing the sigmoid first, as the printed call alone would do, no probability can exceed "
        f"e / (e + 9) = {largest:.4f}; the loss needs from_logits=True once the sigmoid is gone."
    )
