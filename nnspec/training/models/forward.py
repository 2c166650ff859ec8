"""The forward pass of the keras engine: of a function's model by Keras, of described layers by NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.runs.runs import dense_forward
from nnspec.training.models.built import built
from nnspec.training.models.parts import fit_data


def forward(
    recipe: Any, weights: Sequence[NDArray[np.float32]], x: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Return the outputs for x (examples, …) with weights (seeds, …), (seeds, examples, outputs)."""
    if not isinstance(recipe, KerasRecipe):
        return dense_forward(recipe, weights, x)
    tensorflow()
    model = built(recipe, fit_data(recipe)).model
    outputs = []
    for number in range(len(weights[0]) if weights else 1):
        model.set_weights([one[number] for one in weights])
        outputs.append(model.predict(x, verbose=0))
    return np.stack(outputs)
