"""nnspec: the executable specification of what documents claim about neural networks."""

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim, Document, Fact, Figure, Source, claim, fact
from nnspec.data import (
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
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.layers import L1L2, BatchNormalization, Dense, Dropout, Flatten, Initializer
from nnspec.recipes.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnspec.recipes.optimizers import SGD, Adam, RMSprop
from nnspec.recipes.recipe import Recipe
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
