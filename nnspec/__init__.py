"""nnspec: the executable specification of what documents claim about neural networks."""

from nnspec.claims import Claim, Document, Fact, Figure, Source, claim, fact
from nnspec.datasets import (
    FASHION_CLASSES,
    IMDB,
    MNIST,
    Arrays,
    Blobs,
    Circles,
    Dataset,
    Digits,
    FashionMNIST,
    GaussianQuantiles,
    MissingData,
    Moons,
    StraightLine,
    imdb_reviews,
    imdb_word_index,
)
from nnspec.errors import InvalidValue
from nnspec.experiment import Experiment
from nnspec.layers import L1L2, BatchNormalization, Dense, Dropout, Flatten, Initializer
from nnspec.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnspec.optimizers import SGD, Adam, RMSprop
from nnspec.recipe import Recipe
from nnspec.training import Runs, train

__all__ = [
    "FASHION_CLASSES",
    "IMDB",
    "L1L2",
    "MNIST",
    "SGD",
    "Adam",
    "Arrays",
    "BatchNormalization",
    "BinaryCrossentropy",
    "Blobs",
    "CategoricalCrossentropy",
    "Circles",
    "Claim",
    "Dataset",
    "Dense",
    "Digits",
    "Document",
    "Dropout",
    "Experiment",
    "Fact",
    "FashionMNIST",
    "Figure",
    "Flatten",
    "GaussianQuantiles",
    "Initializer",
    "InvalidValue",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "MissingData",
    "Moons",
    "RMSprop",
    "Recipe",
    "Runs",
    "Source",
    "SparseCategoricalCrossentropy",
    "StraightLine",
    "claim",
    "fact",
    "imdb_reviews",
    "imdb_word_index",
    "train",
]
