"""The data of a training as `fit` takes them: what is trained on, how it weighs, what is validated."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data import Arrays
from nnspec.data.by_name import ByName, each_array
from nnspec.machine.memory import machine_memory
from nnspec.machine.outside import unwatched
from nnspec.recipes.keras_recipe import KerasRecipe

Array = NDArray[Any]
_PARTS = ("train", "test", "validation")
_COPIES = 3


@dataclass(frozen=True, eq=False)
class FitData:
    """Inputs and targets, in a dict where they have names; what is not there is None.

    `weights` are (examples,) float32. `validation` has weights as a third where they were split off
    together. `whole` are all training examples, those of a validation split among them.
    """

    x: Any
    y: Any
    weights: Array | None
    validation: tuple[Any, ...] | None
    whole: tuple[Any, Any]
    test: tuple[Any, Any] | None

    @property
    def examples(self) -> int:
        """How many examples an epoch has."""
        return number_of(self.x)

    def __str__(self) -> str:
        return f"x {_shown(self.x)}, y {_shown(self.y)}"


def fit_data(recipe: KerasRecipe) -> FitData:
    """Return the data of a recipe, its validation split taken off and its class weights turned into weights.

    Raises
    ------
    InvalidValue
        If a part is asked for that the data do not have, the split leaves nothing on one side, or there is
        no memory for them.
    MissingData
        If the data set has to be downloaded first.
    """
    with unwatched(data=True):
        arrays = recipe.data.arrays()
    _check_size(arrays)
    whole = x, y = arrays.x_train, arrays.y_train
    validation: tuple[Any, ...] | None = None
    weights = _given_weights(recipe, y)
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
    return FitData(
        *(_plain(x), _plain(y), weights),
        validation=None if validation is None else tuple(map(_plain, validation)),
        whole=(_plain(whole[0]), _plain(whole[1])),
        test=(_plain(test[0]), _plain(test[1])) if len(test[0]) else None,
    )


def _check_size(arrays: Arrays) -> None:
    """Refuse data that are too many to be held where they are made, trained on, and by Keras."""
    held = (each for part in _PARTS for values in arrays.part(part) for _, each in each_array(values))
    taken, most = sum(array.nbytes for array in held), machine_memory()
    if _COPIES * taken > most:
        expected = f"data that fit {_COPIES} times into the {most / 1e9:.1f} GB of this machine"
        raise InvalidValue("data", f"{taken / 1e9:.1f} GB", expected, "take fewer examples, or uint8 inputs")


def number_of(values: Any) -> int:
    """Return how many examples an array has, or arrays in a dict."""
    return len(next(iter(values.values())) if isinstance(values, dict) else values)


def of_each(function: Callable[[Any], Any], values: Any) -> Any:
    """Return what a function makes of an array, or of every array in a dict."""
    if isinstance(values, dict):
        return {name: function(one) for name, one in values.items()}
    return function(values)


def by_output(model: Any, outputs: Any) -> Any:
    """Return what a model returned, several outputs as a dict by their names."""
    if isinstance(outputs, list | tuple):
        return dict(zip(model.output_names, outputs, strict=True))
    return outputs


def taken(values: Any, order: NDArray[np.integer]) -> Any:
    """Return these examples of an array, or of every array in a dict."""
    return of_each(lambda one: one[order], values)


def _plain(values: Any) -> Any:
    return values.arrays if isinstance(values, ByName) else values


def _shown(values: Any) -> str:
    arrays = values.items() if isinstance(values, dict) else [("", values)]
    return ", ".join(f"{name} {one.shape} {one.dtype}".strip() for name, one in arrays)


def _given_weights(recipe: KerasRecipe, y: Any) -> Array | None:
    if recipe.sample_weight is None:
        return None
    weights = recipe.sample_weight.values
    if isinstance(y, ByName):
        remedy = "Keras on TensorFlow fails with weights beside targets by name"
        raise InvalidValue("sample_weight", weights.shape, "one array of targets", remedy)
    if len(weights) != len(y):
        expected = f"a weight for each of the {len(y)} training examples"
        raise InvalidValue("sample_weight", weights.shape, expected)
    return weights


def _weights(y: Any, by_class: dict[int, float]) -> Array:
    """Return a weight for each example, as Keras makes them of class weights; 1 for classes without one."""
    if isinstance(y, ByName) or y.ndim > 2:
        raise InvalidValue("class_weight", by_class, "targets that are a class for each example")
    classes = y
    if y.ndim == 2:
        classes = y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1)
    numbers = np.round(classes).astype(np.int64)
    weights = np.ones(len(y), np.float32)
    for number, weight in by_class.items():
        weights[numbers == number] = weight
    return weights
