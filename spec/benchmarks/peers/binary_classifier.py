"""What the peers that know no recipe are told of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnspec import Adam, Dense, Recipe
from nnspec.recipes.losses import BinaryCrossentropy


@dataclass(frozen=True, eq=False)
class BinaryClassifier:
    """ReLU layers of so many units and one sigmoid unit, trained with Adam and the binary cross-entropy.

    The peers begin with Glorot uniform kernels and zero biases, as Keras does, shuffle anew in every
    epoch, take the rest of the examples as a last, smaller batch, and use Keras's numbers for what
    `Adam` leaves open. x is (examples, features) float32 and y (examples,) float32.
    """

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    hidden: tuple[int, ...]
    epochs: int
    batch: int
    learning_rate: float
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    @property
    def sizes(self) -> tuple[int, ...]:
        """Features, units of every hidden layer, and 1."""
        return (self.x.shape[1], *self.hidden, 1)


def of(recipe: Recipe) -> BinaryClassifier:
    """Return what a recipe is as a binary classifier; `ValueError` if it is not one."""
    *hidden, last = recipe.layers
    rate = recipe.optimizer.learning_rate
    known = (
        all(isinstance(layer, Dense) and layer == Dense(layer.units, "relu") for layer in hidden)
        and last == Dense(1, "sigmoid")
        and recipe.loss == BinaryCrossentropy()
        and recipe.optimizer == Adam(rate)
        and recipe.learning_rates is None
        and recipe.validation_data is None
    )
    if not known:
        raise ValueError(f"recipe={recipe}; expected ReLU layers and a sigmoid, trained with plain Adam")
    data = recipe.data.arrays()
    return BinaryClassifier(
        x=np.array(data.x_train, np.float32),
        y=np.array(data.y_train, np.float32),
        hidden=tuple(layer.units for layer in hidden),
        epochs=recipe.epochs,
        batch=recipe.batch_size,
        learning_rate=0.001 if rate is None else rate,
    )
