"""Film reviews as data: their parts, their words as numbers, and rows that are all as long."""

import numpy as np

from nnspec import decode_review, fact, imdb_reviews, imdb_word_index, load_arrays, multi_hot, tensorflow
from spec.documents.text_classification.recipes import LENGTH, NUM_WORDS, REVIEWS, padded
from spec.sources import TEXT_CLASSIFICATION

PREPARE = TEXT_CLASSIFICATION.at("Prepare the data")


@fact("txt-data", source=TEXT_CLASSIFICATION.at("Explore the data"))
def test_the_reviews_are_balanced_lists_of_numbers_of_different_lengths():
    """25,000 reviews train and 25,000 test, half of each positive; the first two have 218 and 189 words."""
    for part in ("train", "test"):
        assert np.bincount(load_arrays("imdb.npz")[f"y_{part}"]).tolist() == [12_500, 12_500]
        assert len(imdb_reviews(part, NUM_WORDS)) == 25_000
    assert [len(review) for review in imdb_reviews("train", NUM_WORDS)[:2]] == [218, 189]


@fact("txt-rare-words", source=TEXT_CLASSIFICATION.at("Download the IMDB dataset"))
def test_rare_words_are_not_left_out_but_replaced():
    """With num_words=10000 the 9,996 most frequent words keep their numbers, any other becomes a 2."""
    kept, whole = imdb_reviews("train", NUM_WORDS), imdb_reviews("train")
    assert [len(review) for review in kept] == [len(review) for review in whole]
    kept, whole = np.concatenate(kept), np.concatenate(whole)
    np.testing.assert_array_equal(kept, np.where(whole < NUM_WORDS, whole, 2))
    # 1 begins a review, 2 stands for rare words, and a word has its rank plus 3
    ranks = np.unique(kept[kept > 3]) - 3
    assert (ranks.min(), ranks.max()) == (1, 9_996)


@fact("txt-words", source=TEXT_CLASSIFICATION.at("Convert the integers back to words"))
def test_numbers_become_words_again():
    """Three less is a word's rank; the first review begins with its start sign and "this film was just"."""
    index = imdb_word_index()
    text = decode_review(imdb_reviews("train", NUM_WORDS)[0], index, offset=3).split(" ")
    assert text[:5] == ["?", "this", "film", "was", "just"]
    assert len(text) == 218
    assert [index[word] for word in ("the", "and", "a")] == [1, 2, 3]


@fact("txt-padding", source=PREPARE)
def test_reviews_become_rows_of_256_numbers():
    """Zeros stand behind a short review; of a long one the first words are cut off, not the last."""
    reviews = imdb_reviews("train", NUM_WORDS)
    _, keras = tensorflow()
    rows = padded(reviews, LENGTH)
    assert rows.shape == (25_000, 256)
    assert rows[0, 218:].tolist() == [0] * 38
    long = next(place for place, review in enumerate(reviews) if len(review) > LENGTH)
    np.testing.assert_array_equal(rows[long], reviews[long][-LENGTH:])
    some = [review.tolist() for review in reviews[:500]]
    pad = keras.preprocessing.sequence.pad_sequences
    np.testing.assert_array_equal(rows[:500], pad(some, value=0, padding="post", maxlen=LENGTH))


@fact("txt-memory", source=PREPARE)
def test_zeros_and_ones_would_take_many_times_the_memory():
    """As zeros and ones [3, 5] has two ones among 10,000; all reviews take 39 times as many numbers so."""
    vector = multi_hot([np.array([3, 5])], NUM_WORDS)[0]
    assert (vector.shape, np.flatnonzero(vector).tolist()) == ((10_000,), [3, 5])
    assert NUM_WORDS * 25_000 // (LENGTH * 25_000) == 39


@fact("txt-split", source=TEXT_CLASSIFICATION.at("Create a validation set"))
def test_the_first_10000_reviews_validate_and_the_others_train():
    """Of the training reviews the first 10,000 are set apart, and 15,000 are left to train on."""
    data, rows = REVIEWS.arrays(), padded(imdb_reviews("train", NUM_WORDS), LENGTH)
    np.testing.assert_array_equal(data.x_validation, rows[:10_000])
    np.testing.assert_array_equal(data.x_train, rows[10_000:])
    assert (len(data.y_validation), len(data.y_train), len(data.x_test)) == (10_000, 15_000, 25_000)
