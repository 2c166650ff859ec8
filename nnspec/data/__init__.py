"""Data sets: cheap descriptions of generated, bundled, downloaded and one's own data, and their arrays."""

from nnspec.data.array_dataset import ArrayDataset
from nnspec.data.bundled import Digits
from nnspec.data.csv_dataset import CSVDataset
from nnspec.data.dataframe_dataset import DataFrameDataset
from nnspec.data.dataset import Arrays, Dataset, MissingData
from nnspec.data.downloaded import FASHION_CLASSES, IMDB, MNIST, FashionMNIST, imdb_reviews, imdb_word_index
from nnspec.data.encoding import decode_review, multi_hot, one_hot
from nnspec.data.files import load_arrays
from nnspec.data.function_dataset import FunctionDataset
from nnspec.data.generated import Blobs, Circles, GaussianQuantiles, Moons, StraightLine
from nnspec.data.npz_dataset import NPZDataset
from nnspec.data.tensorflow_dataset import TensorFlowDataset

__all__ = [
    "FASHION_CLASSES",
    "IMDB",
    "MNIST",
    "ArrayDataset",
    "Arrays",
    "Blobs",
    "CSVDataset",
    "Circles",
    "DataFrameDataset",
    "Dataset",
    "Digits",
    "FashionMNIST",
    "FunctionDataset",
    "GaussianQuantiles",
    "MissingData",
    "Moons",
    "NPZDataset",
    "StraightLine",
    "TensorFlowDataset",
    "decode_review",
    "imdb_reviews",
    "imdb_word_index",
    "load_arrays",
    "multi_hot",
    "one_hot",
]
