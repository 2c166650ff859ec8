"""The output layer and the loss that a classification problem asks for."""

from __future__ import annotations

from nnspec.basics.errors import whole_number
from nnspec.recipes.layers import Dense
from nnspec.recipes.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss


def classification_head(classes: int) -> tuple[Dense, Loss]:
    """Return the output layer and the loss for so many classes.

    Two classes take one sigmoid unit and labels 0 or 1; more take one softmax unit each and one-hot
    labels (Géron, *Hands-On Machine Learning*, table of classification networks).

    Raises
    ------
    InvalidValue
        If there are fewer than two classes.
    """
    if whole_number("classes", classes, 2) == 2:
        return Dense(1, "sigmoid"), BinaryCrossentropy()
    return Dense(classes, "softmax"), CategoricalCrossentropy()
