"""What the change of a stage does to a model whose seeds are trained together."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.engine import NotTrained
from nnspec.training.models.built import change


def changed(model: Any, recipe: KerasRecipe, function: Any) -> bool:
    """Change a model for a stage and return whether its optimizer goes on.

    Raises
    ------
    InvalidValue
        If the function fails or leaves no model that can be trained.
    NotTrained
        If it does what only one seed at a time can do: it sets weights, or frees layers and compiles nothing.
    """
    if function is None:
        return True
    optimizer, trainable = model.optimizer, list(map(id, model.trainable_variables))
    values = [np.asarray(variable.value) for variable in model.variables]
    change(model, recipe, function)
    for variable, value in zip(model.variables, values, strict=True):
        if not np.array_equal(np.asarray(variable.value), value, equal_nan=True):
            raise NotTrained(f"{function.__name__} sets weights between two fits")
    if model.optimizer is not optimizer:
        model.optimizer.build(model.trainable_variables)
        return False
    if list(map(id, model.trainable_variables)) != trainable:
        raise NotTrained(f"{function.__name__} freezes or frees layers and compiles nothing anew")
    return True
