"""Downloaded data sets: shapes, types, parts and values, from small files and from the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import FASHION_CLASSES, IMDB, MNIST, FashionMNIST, InvalidValue, MissingData, imdb_reviews
from nnspec import imdb_word_index as word_index
from spec.implementation.data.data_samples import STORED, WORDS, forget_arrays, small_data


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_data(tmp_path, monkeypatch, stored=True) as found:
        yield found


@pytest.fixture
def real() -> Iterator[None]:
    """Free the memory of the real data, half a gigabyte for the reviews, when a test is done with it."""
    yield
    forget_arrays()


@pytest.mark.parametrize("data", [MNIST, FashionMNIST])
def test_images_are_scaled_and_keep_their_published_parts(small: Path, data: Any) -> None:
    stored, arrays = STORED[data.file], data().arrays()
    for part, size in (("train", 20), ("test", 10)):
        x, y = arrays.part(part)
        assert (x.shape, x.dtype, y.shape, y.dtype) == ((size, 28, 28), np.float32, (size,), np.int64)
        # as the documents do it
        np.testing.assert_array_equal(x, (stored[f"x_{part}"] / 255.0).astype(np.float32))
        np.testing.assert_array_equal(y, stored[f"y_{part}"])
    assert len(arrays.x_validation) == 0


def test_a_scale_of_one_keeps_the_pixels(small: Path) -> None:
    x = FashionMNIST(scale=1).arrays().x_train
    assert x.dtype == np.float32
    np.testing.assert_array_equal(x, STORED["fashion_mnist.npz"]["x_train"])


def test_one_hot_labels_say_the_same(small: Path) -> None:
    arrays, plain = MNIST(one_hot=True).arrays(), MNIST().arrays()
    for part in ("train", "test"):
        one_hot, y = arrays.part(part)[1], plain.part(part)[1]
        assert (one_hot.shape, one_hot.dtype) == ((len(y), 10), np.float32)
        np.testing.assert_array_equal(one_hot.argmax(axis=1), y)
        assert set(one_hot.sum(axis=1).tolist()) == {1.0}


def test_fewer_training_images_leave_the_test_part_alone(small: Path) -> None:
    few, whole = MNIST(train_size=7).arrays(), MNIST().arrays()
    np.testing.assert_array_equal(few.x_train, whole.x_train[:7])
    np.testing.assert_array_equal(few.y_train, whole.y_train[:7])
    np.testing.assert_array_equal(few.x_test, whole.x_test)


def test_reviews_are_bags_of_words_with_the_first_for_validation(small: Path) -> None:
    arrays = IMDB(num_words=8, validation_size=2).arrays()
    x = np.concatenate([arrays.x_validation, arrays.x_train])
    for bags, part in ((x, "train"), (arrays.x_test, "test")):
        assert bags.dtype == np.uint8
        reviews = imdb_reviews(part, 8)
        assert bags.shape == (len(reviews), 8)
        for bag, review in zip(bags, reviews, strict=True):
            assert np.flatnonzero(bag).tolist() == sorted(set(review.tolist()))
            assert set(bag.tolist()) <= {0, 1}
    stored = STORED["imdb.npz"]
    assert [*arrays.y_validation, *arrays.y_train] == stored["y_train"].tolist()
    assert arrays.y_test.tolist() == stored["y_test"].tolist()
    assert (len(arrays.x_validation), len(arrays.x_train)) == (2, 3)


def test_a_training_size_takes_the_first_reviews_after_those_for_validation(small: Path) -> None:
    few, whole = (IMDB(num_words=8, validation_size=2, train_size=size).arrays() for size in (1, None))
    np.testing.assert_array_equal(few.x_train, whole.x_train[:1])
    np.testing.assert_array_equal(few.x_validation, whole.x_validation)
    np.testing.assert_array_equal(few.x_test, whole.x_test)
    assert np.shares_memory(few.x_test, whole.x_test)


def test_without_a_validation_part_all_reviews_train(small: Path) -> None:
    arrays = IMDB(num_words=8, validation_size=0).arrays()
    assert (len(arrays.x_validation), len(arrays.x_train)) == (0, 5)


def test_words_beyond_the_limit_are_unknown_and_nothing_else_changes(small: Path) -> None:
    whole, few = np.concatenate(imdb_reviews("train")), np.concatenate(imdb_reviews("train", 6))
    assert [review[0] for review in imdb_reviews("train", 6)] == [1] * 5
    np.testing.assert_array_equal(few, np.where(whole >= 6, 2, whole))
    assert [len(review) for review in imdb_reviews("train", 6)] == STORED["imdb.npz"]["x_train_len"].tolist()


def test_the_word_index_is_the_stored_one(small: Path) -> None:
    assert word_index() == WORDS


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: MNIST(train_size=21).arrays(),
            "train_size=21; expected at most the 20 training examples",
        ),
        (lambda: IMDB(8, 5).arrays(), "validation_size=5; expected less than the 5 training reviews"),
        (lambda: IMDB(8, 2, 4).arrays(), "train_size=4; expected at most the 3 training examples of IMDB"),
    ],
)
def test_more_than_there_is_cannot_be_asked_for(
    small: Path, make: Callable[[], object], message: str
) -> None:
    with pytest.raises(InvalidValue, match=message):
        make()


@pytest.mark.parametrize(
    "load", [MNIST().arrays, FashionMNIST().arrays, IMDB().arrays, lambda: imdb_reviews("test"), word_index]
)
def test_without_files_the_remedy_is_told(small: Path, load: Callable[[], object]) -> None:
    for path in small.iterdir():
        path.unlink()
    with pytest.raises(MissingData, match=r"run `nnspec data fetch .*`, or set NNSPEC_DATA"):
        load()


def test_descriptions_need_no_files(small: Path) -> None:
    for path in small.iterdir():
        path.unlink()
    assert len({data.content_hash for data in (MNIST(), MNIST(scale=1), FashionMNIST(), IMDB())}) == 4


@pytest.mark.parametrize("data", [MNIST(), FashionMNIST()])
def test_the_real_images_are_ten_classes(real: None, data: MNIST | FashionMNIST) -> None:
    arrays = data.arrays()
    assert (arrays.x_train.shape, arrays.x_test.shape) == ((60_000, 28, 28), (10_000, 28, 28))
    assert (arrays.x_train.min(), arrays.x_train.max()) == (0.0, 1.0)
    assert np.unique(arrays.y_train).tolist() == list(range(10))
    if isinstance(data, FashionMNIST):
        # the first image is the ankle boot that the documents show
        assert FASHION_CLASSES[arrays.y_train[0]] == "Ankle boot"


def test_the_real_reviews_are_those_of_the_documents(real: None) -> None:
    arrays = IMDB().arrays()
    shapes = [arrays.x_train.shape, arrays.x_validation.shape, arrays.x_test.shape]
    assert shapes == [(15_000, 10_000), (10_000, 10_000), (25_000, 10_000)]
    assert arrays.x_train.dtype == np.uint8
    review = imdb_reviews("train", 10_000)[0]
    assert (review[:6].tolist(), len(review)) == ([1, 14, 22, 16, 43, 530], 218)
    words = {rank + 3: word for word, rank in word_index().items()}
    assert [words[word] for word in review[1:6].tolist()] == ["this", "film", "was", "just", "brilliant"]
    assert np.concatenate(imdb_reviews("train", 10_000)).max() == 9_999
