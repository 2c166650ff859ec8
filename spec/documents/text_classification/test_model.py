"""The network: its layers and parameters, reviews of any length, and word vectors that are learned."""

import numpy as np

from nnspec import SeedValues, claim, fact, tensorflow
from spec.documents.text_classification.recipes import (
    FIXED_VECTORS,
    LENGTH,
    MODEL,
    NUM_WORDS,
    REVIEWS,
    UNTRAINED,
    reviews_model,
)
from spec.sources import TEXT_CLASSIFICATION

PLACE = TEXT_CLASSIFICATION.at("Build the model")


@fact("txt-parameters", source=PLACE)
def test_nearly_all_parameters_are_word_vectors():
    """The layers have 160,000, 0, 272 and 17 parameters, 160,289 in all, as a printed summary has them."""
    tensorflow()
    model = reviews_model()
    assert [layer.count_params() for layer in model.layers] == [160_000, 0, 272, 17]
    assert model.count_params() == 160_289
    shapes = [layer.output.shape for layer in model.layers]
    assert shapes == [(None, None, 16), (None, 16), (None, 16), (None, 1)]


@fact("txt-any-length", source=PLACE)
def test_the_mean_over_the_words_takes_reviews_of_any_length():
    """Averaging over the words gives 16 numbers for 100 words as for 256, and the model one output."""
    _, keras = tensorflow()
    pool = keras.layers.GlobalAveragePooling1D()
    vectors = np.random.default_rng(0).normal(size=(3, 100, 16)).astype(np.float32)
    np.testing.assert_allclose(pool(vectors), vectors.mean(axis=1), atol=1e-6)
    model = reviews_model()
    for length in (100, LENGTH):
        assert model.predict_on_batch(np.ones((3, length))).shape == (3, 1)


@fact("txt-padding-counts", source=PLACE)
def test_the_mean_counts_the_padding_as_words():
    """The zeros behind a short review are averaged as words are, so that padding changes the output."""
    tensorflow()
    model = reviews_model()
    short = np.arange(4, 54)[None]
    longer = np.pad(short, ((0, 0), (0, LENGTH - 50)))
    vectors = model.layers[0](longer)
    np.testing.assert_allclose(model.layers[1](vectors), np.mean(vectors, axis=1), atol=1e-6)
    assert not np.allclose(model.layers[1](vectors), model.layers[1](model.layers[0](short)), atol=1e-4)


@fact("txt-probability", source=PLACE)
def test_the_output_is_a_number_between_0_and_1():
    """The sigmoid gives one number between 0 and 1 for a review, whatever goes into it."""
    tensorflow()
    outputs = reviews_model().predict_on_batch(REVIEWS.arrays().x_test[:256])
    assert outputs.shape == (256, 1)
    assert ((outputs > 0) & (outputs < 1)).all()


def least_change(trained, untrained):
    """Return by how much the vector of a word of the training part changes that changes least, (seeds,)."""
    words = np.unique(REVIEWS.arrays().x_train).astype(int)
    moved = np.abs(_vectors(trained)[:, words] - _vectors(untrained)[:, words])
    return SeedValues(moved.max(axis=2).min(axis=1), "change of the word vector that changes least")


def _vectors(runs):
    return next(one for one in runs.weights if one.shape[1] == NUM_WORDS)


@claim(
    "txt-vectors-learned",
    in_short="Training moves every word's vector",
    source=PLACE,
    says="The word vectors are learned as the model trains.",
    recipe={"trained": MODEL, "untrained": UNTRAINED},
    counterfactual={"trained": FIXED_VECTORS},
    without="the learning of the word vectors",
    because="a general sentence of embedding layers; learned: the vector of every word that is in the "
    "training part, padded and cut, differs from where the same seed starts, which is what the "
    "untrained arm is for",
    verdict="holds",
    measured="24 of 24 seeds; median change of the word vector that changes least 0.0040",
)
def test_the_vector_of_every_word_that_occurs_is_moved_by_training(trained, untrained):
    """Training changes the vector of every word that occurs in the training part."""
    return least_change(trained, untrained) > 0
