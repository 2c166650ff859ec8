"""Downloaded data sets: handwritten digits, pieces of clothing, film reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number
from nnspec.data.dataset import Arrays, Dataset
from nnspec.data.encoding import multi_hot, one_hot
from nnspec.data.files import data_path, load_arrays, load_words
from nnspec.data.kept_arrays import SharedWhileUsed

FASHION_CLASSES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
UNKNOWN_WORD = 2  # what keras.datasets.imdb puts in the place of a rarer word
_ALL_WORDS = 88_587  # as far as the stored reviews agree with Keras's


@dataclass(frozen=True)
class _Images(Dataset):
    """Grey images of 28 by 28 pixels in ten classes, in their published order and parts.

    With `train_size` only the first so many training examples are used; the test part stays as it is.
    """

    _made_again: ClassVar[bool] = True
    file: ClassVar[str]
    scale: float = 1 / 255
    one_hot: bool = False
    train_size: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", real_number("scale", self.scale, 0.0, open_low=True))
        if not isinstance(self.one_hot, bool):
            raise InvalidValue("one_hot", self.one_hot, "True or False")
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs, which are not loaded.

        Raises
        ------
        MissingData
            If the data set has to be downloaded first.
        """
        data_path(self.file)
        return (60_000 if self.train_size is None else self.train_size, 28, 28)

    def split(self) -> Arrays:
        """Return training and test part.

        Raises
        ------
        InvalidValue
            If `train_size` exceeds the training examples.
        MissingData
            If the data set has to be downloaded first.
        """
        found = load_arrays(self.file)
        x, x_test = (_scaled(self.file, part, self.scale) for part in ("train", "test"))
        y, y_test = found["y_train"], found["y_test"]
        if self.one_hot:
            y, y_test = one_hot(y, 10), one_hot(y_test, 10)
        size = _at_most(self.train_size, len(x), type(self).__name__)
        return Arrays(x[:size], y[:size], x_test, y_test)


@dataclass(frozen=True)
class MNIST(_Images):
    """Handwritten digits: x (60000, 28, 28) in 0 … 255 times `scale`, y 0 … 9 or one-hot; 10,000 for testing.

    Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits.
    """

    file: ClassVar[str] = "mnist.npz"


@dataclass(frozen=True)
class FashionMNIST(_Images):
    """Pieces of clothing: x (60000, 28, 28) in 0 … 255 times `scale`, y 0 … 9 or one-hot; 10,000 for testing.

    `FASHION_CLASSES` names the ten classes. Source: Xiao, Rasul and Vollgraf 2017, Fashion-MNIST.
    """

    file: ClassVar[str] = "fashion_mnist.npz"


@dataclass(frozen=True)
class IMDB(Dataset):
    """Film reviews as bags of words: x (reviews, num_words) uint8, 1 where a word occurs, y 1 positive or 0.

    The words are those of `keras.datasets.imdb.load_data(num_words)`: 1 starts a review, 2 stands for
    every word from `num_words` on, the others are the rank by frequency plus 3. Of the 25,000 training
    reviews the first `validation_size` are for validation and the others, or the first `train_size`
    of these, for training; 25,000 are for testing. Both large parts take 25,000 times `num_words` bytes.

    Source: Maas et al. 2011, Learning word vectors for sentiment analysis.
    """

    _made_again: ClassVar[bool] = True
    num_words: int = 10_000
    validation_size: int = 10_000
    train_size: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "num_words", _vocabulary(self.num_words))
        size = whole_number("validation_size", self.validation_size, 0)
        object.__setattr__(self, "validation_size", size)
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs, which are not loaded.

        Raises
        ------
        MissingData
            If the data set has to be downloaded first.
        """
        data_path("imdb.npz")
        size = 25_000 - self.validation_size if self.train_size is None else self.train_size
        return (size, self.num_words)

    def split(self) -> Arrays:
        """Return training, validation and test part.

        Raises
        ------
        InvalidValue
            If `validation_size` leaves nothing to train on, or `train_size` exceeds what it leaves.
        MissingData
            If the data set has to be downloaded first.
        """
        found = load_arrays("imdb.npz")
        x, x_test = (_bags(part, self.num_words) for part in ("train", "test"))
        y, first = found["y_train"], self.validation_size
        if first >= len(x):
            raise InvalidValue("validation_size", first, f"less than the {len(x)} training reviews of IMDB")
        last = first + _at_most(self.train_size, len(x) - first, "IMDB beside those for validation")
        return Arrays(x[first:last], y[first:last], x_test, found["y_test"], x[:first], y[:first])


def imdb_reviews(part: str, num_words: int = _ALL_WORDS) -> list[NDArray[np.uint32]]:
    """Return the 25,000 reviews of "train" or "test", each (words,), words from `num_words` on being 2.

    Raises
    ------
    InvalidValue
        If the part or the number of words does not exist.
    MissingData
        If the data set has to be downloaded first.
    """
    prefix, below = f"x_{one_of('part', part, ('train', 'test'))}", _vocabulary(num_words)
    found = load_arrays("imdb.npz")
    words = found[f"{prefix}_words"]
    kept = np.where(words < below, words, np.uint32(UNKNOWN_WORD))
    return np.split(kept, np.cumsum(found[f"{prefix}_len"])[:-1])


def imdb_word_index() -> dict[str, int]:
    """Return the rank by frequency, from 1 on, of all 88,584 words; in a review it is 3 higher.

    Raises
    ------
    MissingData
        If the data set has to be downloaded first.
    """
    return load_words("imdb_word_index.json")


# Descriptions that differ in `train_size` alone share these arrays.
@SharedWhileUsed
def _scaled(file: str, part: str, scale: float) -> NDArray[np.float32]:
    # by a table, because NumPy would make all pixels float64 to scale them as exactly
    table: NDArray[np.float32] = (np.arange(256) * scale).astype(np.float32)
    scaled: NDArray[np.float32] = table[load_arrays(file)[f"x_{part}"]]
    return scaled


@SharedWhileUsed
def _bags(part: str, num_words: int) -> NDArray[np.uint8]:
    return multi_hot(imdb_reviews(part, num_words), num_words)


def _vocabulary(num_words: object) -> int:
    number = whole_number("num_words", num_words, UNKNOWN_WORD + 1)
    if number > _ALL_WORDS:
        raise InvalidValue("num_words", number, f"at most {_ALL_WORDS}, all that the reviews hold")
    return number


def _at_most(size: int | None, available: int, name: str) -> int:
    if size is not None and size > available:
        raise InvalidValue("train_size", size, f"at most the {available} training examples of {name}")
    return available if size is None else size
