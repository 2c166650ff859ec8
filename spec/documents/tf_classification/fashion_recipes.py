"""The document's models of Fashion-MNIST, by its own numbers, and what they confuse."""

import numpy as np
from numpy.typing import NDArray

from nnspec import Adam, Dense, Digits, FashionMNIST, Flatten, Recipe, Runs
from nnspec.textbook import confusion_matrix, exponential_sweep

SECTION = "Working with a larger example (multiclass classification)"


RAW_IMAGES = FashionMNIST(scale=1.0)
IMAGES = FashionMNIST(scale=1 / 255)

MODEL_11 = Recipe(
    RAW_IMAGES,
    [Flatten(), Dense(4, "relu"), Dense(4, "relu"), Dense(10, "softmax")],
    "sparse_categorical_crossentropy",
    Adam(),
    epochs=10,
    validation_data="test",
)
MODEL_12 = MODEL_11.with_(data=IMAGES)
FASHION_SWEEP = exponential_sweep(1e-3, tenfold_every=20, epochs=40)
MODEL_13 = MODEL_12.with_learning_rates(FASHION_SWEEP)
MODEL_14 = MODEL_12.with_(optimizer=Adam(0.001), epochs=20)

UNTRAINED = MODEL_14.with_learning_rate(0.0).with_epochs(1)
UNTRAINED_RAW = MODEL_11.with_learning_rate(0.0).with_epochs(1)

# the bundled digits, 0 … 16, scaled to the same two ranges; 417 epochs of 45 steps are as many weight
# updates as ten epochs of the document's 1875 steps
DIGITS_NORMALISED = MODEL_12.with_(data=Digits(scale=1 / 16), epochs=417, validation_data=None)
DIGITS_RAW = DIGITS_NORMALISED.with_(data=Digits(scale=255 / 16))


def confusions(runs: Runs) -> NDArray[np.int64]:
    """Return every seed's confusion matrix on the test part, true classes in rows, (seeds, 10, 10)."""
    data = runs.recipe.data.arrays()
    predicted = runs.predict(data.x_test).argmax(axis=-1)
    return np.stack([confusion_matrix(data.y_test, labels, 10) for labels in predicted])


def taken_for_each_other(runs: Runs) -> NDArray[np.int64]:
    """Return how many test images of either class are taken for the other, (seeds, 10, 10), symmetric."""
    matrices = confusions(runs)
    return matrices + matrices.transpose(0, 2, 1)
