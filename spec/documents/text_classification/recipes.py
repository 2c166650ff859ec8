"""The network of word vectors that judges film reviews, and what is changed in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnspec import Arrays, Dataset, KerasRecipe, imdb_reviews, load_arrays

NUM_WORDS, LENGTH, VALIDATION_SIZE = 10_000, 256, 10_000


@dataclass(frozen=True)
class PaddedReviews(Dataset):
    """Film reviews as rows of word numbers, all as long: x (reviews, length), y 1 positive or 0.

    Longer reviews keep their last words, shorter ones have zeros behind. The first `validation_size` of the
    training reviews are for validation.
    """

    num_words: int = NUM_WORDS
    length: int = LENGTH
    validation_size: int = VALIDATION_SIZE

    def split(self):
        """Return training, validation and test part."""
        x, x_test = (padded(imdb_reviews(part, self.num_words), self.length) for part in ("train", "test"))
        y, y_test = (load_arrays("imdb.npz")[f"y_{part}"] for part in ("train", "test"))
        first = self.validation_size
        return Arrays(x[first:], y[first:], x_test, y_test, x[:first], y[:first])


def padded(reviews, length):
    """Return the reviews as rows of `length` numbers, (reviews, length) uint16."""
    rows = np.zeros((len(reviews), length), np.uint16)
    for row, review in zip(rows, reviews, strict=True):
        kept = review[-length:]
        row[: len(kept)] = kept
    return rows


def reviews_model(learned_vectors=True, loss="binary_crossentropy", learning_rate=0.001):
    """Return the compiled model: word vectors, their mean over the review, two dense layers."""
    import keras

    # a penalty of nothing: it makes Keras add up the gradients of a word that occurs several times in a batch
    # before Adam squares them, as the document's TensorFlow did and today's does not (txt-drift[adam])
    added_up = keras.regularizers.L2(0.0)
    vectors = keras.layers.Embedding(
        NUM_WORDS, 16, embeddings_regularizer=added_up, trainable=learned_vectors
    )
    layers = [
        keras.Input((None,)),
        vectors,
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    model = keras.Sequential(layers)
    # the squared error is ours: by it networks with different losses are compared
    metrics = ["accuracy", "mean_squared_error"]
    model.compile(keras.optimizers.Adam(learning_rate), loss, metrics=metrics)
    return model


REVIEWS = PaddedReviews()
MODEL = KerasRecipe(reviews_model, REVIEWS, epochs=40, batch_size=512, validation_data="validation")
TWENTY_EPOCHS = MODEL.with_epochs(20)
FIXED_VECTORS = MODEL.with_arguments(learned_vectors=False)
STANDING_STILL = MODEL.with_arguments(learning_rate=0.0)
UNTRAINED = MODEL.with_epochs(0)
SQUARED_ERROR = MODEL.with_arguments(loss="mean_squared_error")
