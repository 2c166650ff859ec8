"""Whether data, layers and loss of a recipe fit one another: looked at before anything is trained.

Keras takes most of what is wrong here as it comes: a label that no output stands for becomes NaN or
nothing, targets of another shape are broadcast, and of a single class everything is classified right.
Targets of a data set that says they are quantities are no labels: a regression may be given to any loss.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data.by_name import ByName
from nnspec.recipes.layers import Dense, Flatten
from nnspec.recipes.losses import BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy
from nnspec.recipes.recipe import Recipe

_PARTS = ("train", "test", "validation")
_ONE_OUTPUT = "; one unit with a sigmoid takes binary_crossentropy"
_ROUND_OFF = 1e-6  # rows of float32 targets add up to 1 within a few units of 6e-8


def check_fit(recipe: Recipe) -> None:
    """Check that the recipe's layers can take its data and that its loss can read the targets.

    Raises
    ------
    InvalidValue
        If inputs or targets have another shape than layers and loss need, if the outputs are the same for
        every example whatever the weights are, if a label stands for no class, or if the training part of
        a classification has one class alone.
    MissingData
        If the data set has to be downloaded first.
    """
    arrays = recipe.data.arrays()
    for name in ("x_train", "y_train"):
        if isinstance(getattr(arrays, name), ByName):
            remedy = "a KerasRecipe takes several by name; or join them along an axis"
            raise InvalidValue(name, getattr(arrays, name), "one array, for layers in a row", remedy)
    units = _outputs(recipe, arrays.x_train.shape)
    for part in _PARTS:
        y = arrays.part(part)[1]
        if len(y):
            _check_targets(recipe, f"y_{part}", y, units)


def _outputs(recipe: Recipe, shape: tuple[int, ...]) -> int:
    """Return how many outputs the layers give for an example of inputs (examples, …)."""
    if len(shape) < 2:
        remedy = "one number per example is a column: x[:, None]"
        raise InvalidValue("x_train.shape", shape, "inputs (examples, …)", remedy)
    if 0 in shape[1:]:
        raise InvalidValue("x_train.shape", shape, "at least one input per example")
    example = shape[1:]
    for layer in recipe.layers:
        if isinstance(layer, Flatten):
            example = (int(np.prod(example)),)
        elif isinstance(layer, Dense):
            if layer.units == 1 and layer.activation == "softmax":
                remedy = "one output takes a sigmoid; a softmax needs a unit for every class"
                received = f"{layer.units} unit with softmax"
                expected = "layers whose output can change: a softmax of one unit is 1 for every example"
                raise InvalidValue("layers", received, expected, remedy)
            example = (*example[:-1], layer.units)
    if len(example) > 1:
        remedy = "put Flatten() in front of the first Dense layer"
        raise InvalidValue("x_train.shape", shape, "one vector per example, (examples, inputs)", remedy)
    return int(example[0])


def _check_targets(recipe: Recipe, name: str, y: NDArray[Any], units: int) -> None:
    loss, training = recipe.loss, name == "y_train"
    if isinstance(loss, SparseCategoricalCrossentropy):
        _check_shape(name, y, {(len(y),), (len(y), 1)}, (len(y),))
        remedy = f"give the last layer a unit for every class, or mend the labels; here it has {units}"
        remedy += _ONE_OUTPUT if units == 1 else ""
        _check_values(name, y, (y >= 0) & (y < units) & (y == np.floor(y)), f"0 to {units - 1}", remedy)
        classes = y.reshape(-1)
    else:
        if isinstance(loss, CategoricalCrossentropy) and units == 1:
            remedy = f"give the last layer a unit for every class{_ONE_OUTPUT}"
            raise InvalidValue("layers", "1 unit with categorical_crossentropy", "several classes", remedy)
        alone = {(len(y),), (len(y), 1)} if units == 1 else set()
        _check_shape(name, y, {(len(y), units), *alone}, (len(y), units))
        if isinstance(loss, CategoricalCrossentropy):
            _check_rows(name, y)
            classes = y.argmax(axis=1)
        elif isinstance(loss, BinaryCrossentropy) and not recipe.data.regression:
            remedy = "-1 and 1 become 0 and 1 by (y + 1) / 2; more classes need another loss"
            _check_values(name, y, (y >= 0) & (y <= 1), "from 0 to 1", remedy)
            classes = y if units == 1 else np.arange(2)
        else:
            return
    # with one output column there is nothing to tell apart, whatever the labels are
    if training and (units > 1 or isinstance(loss, BinaryCrossentropy)) and (classes == classes[0]).all():
        received = f"one class alone, {float(np.reshape(classes, -1)[0]):g}"
        raise InvalidValue(name, received, "labels of at least two classes", "shuffle, or take more examples")


def _check_shape(name: str, y: NDArray[Any], allowed: set[tuple[int, ...]], wanted: tuple[int, ...]) -> None:
    if y.shape not in allowed:
        remedy = "targets, units of the last layer and loss have to fit one another"
        raise InvalidValue(f"{name}.shape", y.shape, f"targets {wanted} for this loss and layer", remedy)


def _check_values(name: str, y: NDArray[Any], fits: NDArray[np.bool_], allowed: str, remedy: str) -> None:
    if not fits.all():
        received = y[~fits][0].item()
        raise InvalidValue(name, received, f"labels {allowed}", remedy)


def _check_rows(name: str, y: NDArray[Any]) -> None:
    # 64 bits, in which a sum over the classes adds no round-off of its own
    rows = np.asarray(y, np.float64)
    wrong = (np.abs(rows.sum(axis=1) - 1) > _ROUND_OFF) | (rows < 0).any(axis=1)
    if wrong.any():
        received = rows[wrong][0].tolist()
        remedy = "class numbers go with SparseCategoricalCrossentropy"
        raise InvalidValue(name, received, "one-hot rows, none negative, which add up to 1", remedy)
