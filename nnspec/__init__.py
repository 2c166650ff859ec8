"""nnspec: the executable specification of what documents claim about neural networks."""

from nnspec.claims import Claim, Document, Fact, Figure, Source, claim, fact
from nnspec.datasets import (
    Arrays,
    Blobs,
    Circles,
    Dataset,
    Digits,
    GaussianQuantiles,
    MissingData,
    Moons,
    StraightLine,
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
    "L1L2",
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
    "train",
]
