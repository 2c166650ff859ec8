"""The forward pass of the keras engine: of a function's model by Keras, of described layers by NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.runs.runs import dense_forward
from nnspec.training.models.built import built, change
from nnspec.training.models.parts import by_output, fit_data


def forward(recipe: Any, weights: Sequence[NDArray[np.float32]], x: Any) -> Any:
    """Return the outputs for x (examples, …) with weights (seeds, …), (seeds, examples, outputs).

    Inputs by name are a dict; several outputs are one, by the names that the model gives them.
    """
    if not isinstance(recipe, KerasRecipe):
        return dense_forward(recipe, weights, x)
    tensorflow()
    model = _last_model(recipe)
    outputs = []
    for number in range(len(weights[0]) if weights else 1):
        model.set_weights([one[number] for one in weights])
        outputs.append(by_output(model, model.predict(x, verbose=0)))
    if isinstance(outputs[0], dict):
        return {name: np.stack([one[name] for one in outputs]) for name in outputs[0]}
    return np.stack(outputs)


def _last_model(recipe: KerasRecipe) -> Any:
    """Return the model that is fitted last, whose weights are those of the runs."""
    first, *later = recipe.fits()
    found = built(first, fit_data(first))
    model = found.model
    for stage, one in zip(recipe.stages, later, strict=True):
        if stage.change is not None:
            model = change(found, model, one, fit_data(one), stage.change)
    return model
