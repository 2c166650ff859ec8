"""What is trained and how, in Keras's words; its changes, its script.

The face hands on what a recipe is made of. What only some commands ask for, `changes`, `script` and
`arm_names`, is imported by the name of its module, so that `import nnspec` does not wait for it.
"""

from nnspec.recipes.check import check_fit
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.layers import (
    INITIALIZERS,
    L1L2,
    BatchNormalization,
    Dense,
    Dropout,
    Flatten,
    Initializer,
    Layer,
)
from nnspec.recipes.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnspec.recipes.optimizers import SGD, Adam, Optimizer, RMSprop
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.stage import Stage
from nnspec.recipes.trainable import Trainable

__all__ = [
    "INITIALIZERS",
    "L1L2",
    "SGD",
    "Adam",
    "BatchNormalization",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Dense",
    "Dropout",
    "Experiment",
    "Flatten",
    "Initializer",
    "KerasRecipe",
    "Layer",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "Optimizer",
    "RMSprop",
    "Recipe",
    "SparseCategoricalCrossentropy",
    "Stage",
    "Trainable",
    "check_fit",
]
