"""Optimizers with variables that begin as copies of weights, as those of `ScheduleFreeAdamW` do.

`fit` on TensorFlow builds an optimizer while it traces the step, where Keras loses these copies, so that they
begin at zero; so they do here. A model that runs eagerly, or whose optimizer its author has built, has them.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

import numpy as np

_with_copies: WeakSet[Any] = WeakSet()  # optimizers


def build_optimizer(model: Any) -> None:
    """Build the optimizer of a model, if it is not built, as `fit` on TensorFlow does."""
    if model.optimizer.built:
        return
    model.optimizer.build(model.trainable_variables)
    copies = copied(model)
    if copies:
        _with_copies.add(model.optimizer)
    if not model.run_eagerly:
        for at, _ in copies:
            variable = model.optimizer.variables[at]
            variable.assign(np.zeros(variable.shape, np.float32))


def begins_with_copies(model: Any) -> bool:
    """Return whether the optimizer of a model would begin with copies of weights, lost or not."""
    return model.optimizer in _with_copies or bool(copied(model))


def copied(model: Any) -> list[tuple[int, int]]:
    """Return the places of such variables among the optimizer's, and of the weights that they copy.

    `model` holds what its optimizer was built with.
    """
    weights = [np.asarray(one.value) for one in model.trainable_variables]
    found = []
    for at, variable in enumerate(model.optimizer.variables):
        value = np.asarray(variable.value)
        if not _is_drawn(value):
            continue
        equal = (place for place, one in enumerate(weights) if np.array_equal(one, value))
        if (place := next(equal, None)) is not None:
            found.append((at, place))
    return found


def copy_again(model: Any, places: list[tuple[int, int]]) -> None:
    """Let the copies be those of what the weights are now."""
    for at, place in places:
        model.optimizer.variables[at].assign(model.trainable_variables[place])


def _is_drawn(value: Any) -> bool:
    """Return whether numbers may be of an initializer that draws them; all others are those of every seed."""
    floating = np.issubdtype(value.dtype, np.floating)
    return bool(floating and value.ndim and value.size and (np.ptp(value) or value.flat[0] not in (0, 1)))
