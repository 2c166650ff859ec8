"""The data of a training as `fit` takes them: what is trained on, how it weighs, what is validated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data.dataset import Examples
from nnspec.recipes.keras_recipe import KerasRecipe

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class FitData:
    """Inputs and targets; `weights` (examples,) float32 or None; `validation` and `test` None where none is.

    `validation` has weights as a third where they were split off together. `whole` are all training
    examples, those of a validation split among them.
    """

    x: Array
    y: Array
    weights: Array | None
    validation: tuple[Array, ...] | None
    whole: Examples
    test: Examples | None


def fit_data(recipe: KerasRecipe) -> FitData:
    """Return the data of a recipe, its validation split taken off and its class weights turned into weights.

    Raises
    ------
    InvalidValue
        If a part is asked for that the data do not have, or the split leaves nothing on one side.
    MissingData
        If the data set has to be downloaded first.
    """
    arrays = recipe.data.arrays()
    whole = x, y = arrays.x_train, arrays.y_train
    validation: tuple[Array, ...] | None = None
    weights = _given_weights(recipe, len(x))
    if recipe.validation_data:
        validation = arrays.part(recipe.validation_data)
        if not len(validation[0]):
            remedy = "give the data a train_size that leaves some, or leave validation_data out"
            expected = f"data with a {recipe.validation_data} part"
            raise InvalidValue("validation_data", recipe.validation_data, expected, remedy)
    if recipe.validation_split:
        first = math.floor(len(x) * (1.0 - recipe.validation_split))  # as Keras rounds it
        if not 0 < first < len(x):
            expected = f"a share of the {len(x)} training examples that leaves some on either side"
            raise InvalidValue("validation_split", recipe.validation_split, expected)
        validation, x, y = (x[first:], y[first:]), x[:first], y[:first]
        if weights is not None:
            validation, weights = (*validation, weights[first:]), weights[:first]
    test = arrays.part("test")
    if recipe.class_weight:
        weights = _weights(y, dict(recipe.class_weight))
    return FitData(x, y, weights, validation, whole, test if len(test[0]) else None)


def _given_weights(recipe: KerasRecipe, examples: int) -> Array | None:
    if recipe.sample_weight is None:
        return None
    weights = recipe.sample_weight.values
    if len(weights) != examples:
        expected = f"a weight for each of the {examples} training examples"
        raise InvalidValue("sample_weight", weights.shape, expected)
    return weights


def _weights(y: Array, by_class: dict[int, float]) -> Array:
    """Return a weight for each example, as Keras makes them of class weights; 1 for classes without one."""
    if y.ndim > 2:
        raise InvalidValue("class_weight", by_class, "targets that are a class for each example")
    classes = y
    if y.ndim == 2:
        classes = y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1)
    numbers = np.round(classes).astype(np.int64)
    weights = np.ones(len(y), np.float32)
    for number, weight in by_class.items():
        weights[numbers == number] = weight
    return weights
