"""Film reviews as data: lists of word numbers, their text, vectors of zeros and ones."""

import numpy as np

from nnspec import decode_review, fact, imdb_reviews, imdb_word_index, tensorflow
from spec.documents.artificial_neural_networks.text_recipes import LARGE, REVIEWS, SMALL
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Overfitting on a real-world example")
# the first ten columns of the training reviews that the document happens to show
WITHOUT_WORD_9 = [0, 1, 1, 0, 1, 1, 1, 1, 1, 0]
WITH_ALL_WORDS = [0, 1, 1, 0, 1, 1, 1, 1, 1, 1]
PRINTED_ROWS = {
    **dict.fromkeys((5738, 3824, 4586, 12950, 11154, 186, 11459, 3254), WITH_ALL_WORDS),
    **dict.fromkeys((2392, 6775), WITHOUT_WORD_9),
}


@fact("ann-imdb-data", source=PLACE)
def test_reviews_are_lists_of_word_numbers_three_above_the_rank():
    """25,000 and 25,000 reviews, labelled 0 or 1, list word numbers below 10,000; less 3 they are ranks."""
    reviews, data = imdb_reviews("train", 10_000), REVIEWS.arrays()
    assert len(reviews) == len(imdb_reviews("test", 10_000)) == 25_000
    assert len(data.y_train) + len(data.y_validation) == len(data.y_test) == 25_000
    for part in ("train", "validation", "test"):
        assert np.unique(data.part(part)[1]).tolist() == [0, 1]
    assert max(review.max() for review in reviews) == 9_999
    first = reviews[0]
    assert first[:8].tolist() == [1, 14, 22, 16, 43, 530, 973, 1622]
    assert first[-5:].tolist() == [16, 5345, 19, 178, 32]
    assert data.y_validation[0] == 1
    text = decode_review(first, imdb_word_index(), offset=3).split(" ")
    assert text[:8] == ["?", "this", "film", "was", "just", "brilliant", "casting", "location"]
    assert text[-3:] == ["with", "us", "all"]
    # the printed review begins with the start sign and has six rarer words
    assert [first[place] for place, word in enumerate(text) if word == "?"] == [1, 2, 2, 2, 2, 2, 2]


@fact("ann-imdb-multi-hot", source=PLACE)
def test_reviews_become_vectors_of_zeros_and_ones():
    """Each review becomes 10,000 zeros and ones; the first 10,000 validate, the other 15,000 train."""
    data, reviews = REVIEWS.arrays(), imdb_reviews("train", 10_000)
    assert data.x_train.shape == (15_000, 10_000)
    assert data.x_validation.shape == (10_000, 10_000)
    assert data.x_test.shape == (25_000, 10_000)
    assert (data.x_train.min(), data.x_train.max()) == (0, 1)
    for row, columns in PRINTED_ROWS.items():
        assert data.x_train[row, :10].tolist() == columns
    vectors = np.concatenate([data.x_validation[::500], data.x_train[::500]])
    for vector, words in zip(vectors, reviews[::500], strict=True):
        np.testing.assert_array_equal(np.flatnonzero(vector), np.unique(words))


@fact("ann-imdb-parameters", source=PLACE)
def test_halving_both_layers_halves_the_parameters():
    """Over 10,000 words 16-16-1 has 160,305 parameters and 8-8-1 half as many, 80,089."""
    _, keras = tensorflow()
    expected = {LARGE: [160_016, 272, 17], SMALL: [80_008, 72, 9]}
    for recipe, parameters in expected.items():
        dense = [keras.layers.Dense(layer.units) for layer in recipe.layers]
        model = keras.Sequential([keras.Input((10_000,)), *dense])
        assert [layer.count_params() for layer in model.layers] == parameters
    assert [sum(parameters) for parameters in expected.values()] == [160_305, 80_089]
