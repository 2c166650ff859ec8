"""Data sets: cheap descriptions of generated, bundled and downloaded data, and their arrays."""

from nnspec.data.bundled import Digits
from nnspec.data.dataset import Arrays, Dataset, MissingData
from nnspec.data.downloaded import FASHION_CLASSES, IMDB, MNIST, FashionMNIST, imdb_reviews, imdb_word_index
from nnspec.data.encoding import decode_review, multi_hot, one_hot
from nnspec.data.files import load_arrays
from nnspec.data.generated import Blobs, Circles, GaussianQuantiles, Moons, StraightLine
from nnspec.data.given import GivenArrays

__all__ = [
    "FASHION_CLASSES",
    "IMDB",
    "MNIST",
    "Arrays",
    "Blobs",
    "Circles",
    "Dataset",
    "Digits",
    "FashionMNIST",
    "GaussianQuantiles",
    "GivenArrays",
    "MissingData",
    "Moons",
    "StraightLine",
    "decode_review",
    "imdb_reviews",
    "imdb_word_index",
    "load_arrays",
    "multi_hot",
    "one_hot",
]
