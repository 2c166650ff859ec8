"""The model that all seeds have in common, as far as they can: a function may make another one for each."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.engine import NotTrained
from nnspec.training.models.built import Built, built
from nnspec.training.models.parts import FitData
from nnspec.training.models.settings import settings_kept


def one_for_all(recipe: KerasRecipe, data: FitData) -> Built:
    """Return the model of a recipe, of which all seeds have the same but for Keras's initial weights.

    Weights that the function sets by itself, from a file or by a rule, are those of all seeds. Where it has
    such, it is called twice, to see that they stay the same.

    Raises
    ------
    InvalidValue
        If the function fails or returns no model for these data.
    NotTrained
        If it draws random numbers that are not Keras's, or wants more than 32 bits or other settings.
    """
    name = recipe.function.__name__
    with settings_kept() as changed:
        first = built(recipe, data)
        if changed():
            raise NotTrained(f"{name} changes keras.config.{changed()[0]}, which holds for a whole process")
    if any(str(variable.dtype) == "float64" for variable in first.model.variables):
        raise NotTrained("the model computes with 64 bits, and JAX with 32")
    if any(str(layer.compute_dtype).endswith("float16") for layer in first.model._flatten_layers()):
        raise NotTrained("a layer computes with 16 bits, which JAX rounds elsewhere than TensorFlow")
    reason = f"{name} draws random numbers by itself"
    if first.draws:
        raise NotTrained(reason)
    given = _given(first)
    if not given:
        return first
    second = built(recipe, data, seed=1)
    again = _given(second)
    if len(given) != len(again) or not all(
        np.array_equal(one, other, equal_nan=True) for one, other in zip(given, again, strict=True)
    ):
        raise NotTrained(reason)
    return second


def _given(model: Built) -> list[Any]:
    return model.initial.given(model.model.variables)
