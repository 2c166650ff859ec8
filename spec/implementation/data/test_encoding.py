"""One-hot and multi-hot vectors and the words behind indices."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.data.encoding import decode_review, multi_hot, one_hot
from nnspec.machine.tensorflow_setup import tensorflow

WORDS = {"the": 1, "film": 2, "was": 3, "brilliant": 4}


def test_one_hot_has_a_one_at_every_label() -> None:
    found = one_hot([2, 0, 2], 3)
    assert found.dtype == np.float32
    assert found.tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1]]


def test_one_hot_is_what_keras_gives() -> None:
    labels = np.random.default_rng(0).integers(0, 10, 50)
    expected = tensorflow()[1].utils.to_categorical(labels, 10)
    np.testing.assert_array_equal(one_hot(labels, 10), expected)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_labels_may_have_any_type_that_holds_whole_numbers(dtype: type) -> None:
    assert one_hot(np.array([1, 0], dtype), 2).tolist() == [[0, 1], [1, 0]]


def test_multi_hot_has_a_one_at_every_index_that_occurs() -> None:
    found = multi_hot([[1, 3, 3, 1], [], (0,), np.array([4, 2], np.uint16)], 5)
    assert found.dtype == np.uint8
    assert found.tolist() == [[0, 1, 0, 1, 0], [0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 1]]


def test_multi_hot_takes_the_ragged_arrays_of_the_imdb_data() -> None:
    sequences = np.empty(2, object)
    sequences[:] = [[1, 2], [0]]
    assert multi_hot(sequences, 3).tolist() == [[0, 1, 1], [1, 0, 0]]


def test_a_review_is_decoded_with_question_marks_for_reserved_and_unknown_indices() -> None:
    # 1 is the start, 2 a word that was left out, 0 padding, 3 is not used, 99 is no word at all
    assert decode_review([1, 4, 5, 6, 2, 7, 99, 0, 3], WORDS) == "? the film was ? brilliant ? ? ?"


def test_reserved_indices_stay_reserved_whatever_the_ranks_are() -> None:
    assert decode_review([0, 3, 4], {"nothing": 0, "below": -3, "word": 1}) == "? ? word"


def test_the_offset_is_a_choice() -> None:
    assert decode_review(np.array([1, 2]), WORDS, offset=0) == "the film"
    assert decode_review([], WORDS) == ""
