"""What a training costs, before anything is trained."""

from __future__ import annotations

import math

from nnspec.experiment import Experiment
from nnspec.recipe import Recipe
from nnspec.training.initial_weights import kernel_shapes

# From here on a seed takes about a second on one core; of what the documents train this divides images and
# reviews (6e9 and more) from points in the plane (at most 5e8).
COSTLY = 4e9


def operations(experiment: Experiment) -> float:
    """Return the multiplications that one seed takes in matrix products, about: a pass forward and two back.

    Experiments that no engine trains count as none.
    """
    if not isinstance(experiment, Recipe):
        return 0.0
    examples = len(experiment.data.arrays().x_train)
    entries = sum(math.prod(shape) for shape in kernel_shapes(experiment))
    return 3.0 * experiment.epochs * examples * entries


def is_costly(experiment: Experiment) -> bool:
    """Return whether one seed takes so long that budgets allow fewer of them."""
    return operations(experiment) >= COSTLY
