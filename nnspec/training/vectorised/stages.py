"""What the change of a stage does to a model whose seeds are trained together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.engine import NotTrained
from nnspec.training.models.built import Built, change
from nnspec.training.models.parts import FitData

_MARKS = 20261130  # seed of the numbers by which weights are known again


@dataclass(frozen=True)
class Changed:
    """The model that goes on, and what it takes over from the one before it.

    `sources` has for each of its variables the place among those of the model before, None for what is new;
    `goes_on` says whether the optimizer does.
    """

    model: Any
    sources: tuple[int | None, ...]
    goes_on: bool


def changed(found: Built, model: Any, stage: KerasRecipe, data: FitData, function: Any) -> Changed:
    """Change a model for a stage, which may make another one of its layers or weights.

    While the function is called, each weight of the model holds numbers of its own. So what another model
    copies of them is known again, whatever the weights of a seed will be.

    Raises
    ------
    InvalidValue
        If the function fails or leaves no model that can be trained.
    NotTrained
        If it does what only one seed at a time can do: it sets weights to something else, or frees layers and
        compiles nothing.
    """
    before = tuple(model.variables)
    if function is None:
        return Changed(model, tuple(range(len(before))), True)
    optimizer, trainable = model.optimizer, list(map(id, model.trainable_variables))
    values = [np.asarray(variable.value) for variable in before]
    marks = _marked(before)
    after = change(found, model, stage, data, function)
    for variable, mark in zip(before, marks, strict=True):
        if not np.array_equal(np.asarray(variable.value), mark, equal_nan=True):
            raise NotTrained(f"{function.__name__} sets weights between two fits")
    sources = tuple(_sources(found, after, before, marks, function.__name__))
    for variable, value in zip(before, values, strict=True):
        variable.assign(value)
    if after.optimizer is not optimizer:
        after.optimizer.build(after.trainable_variables)
        return Changed(after, sources, False)
    if list(map(id, after.trainable_variables)) != trainable:
        raise NotTrained(f"{function.__name__} freezes or frees layers and compiles nothing anew")
    return Changed(after, sources, True)


def _marked(variables: Sequence[Any]) -> list[NDArray[Any]]:
    """Let each variable hold numbers that no other one holds, where it can, and return what all hold."""
    draws = np.random.default_rng(_MARKS)
    for variable in variables:
        if np.issubdtype(np.asarray(variable.value).dtype, np.floating):
            variable.assign(draws.normal(size=tuple(variable.shape)))
    return [np.asarray(variable.value) for variable in variables]


def _sources(
    found: Built, after: Any, before: Sequence[Any], marks: Sequence[NDArray[Any]], name: str
) -> list[int | None]:
    places = {id(variable): place for place, variable in enumerate(before)}
    new = [variable for variable in after.variables if id(variable) not in places]
    for variable in new:
        held = np.asarray(variable.value)
        copied = [place for place, mark in enumerate(marks) if _is_copy(held, mark)]
        places |= {id(variable): place for place in copied[:1]}
    if found.initial.settle([variable for variable in new if id(variable) not in places]):
        raise NotTrained(f"{name} sets weights between two fits")
    return [places.get(id(variable)) for variable in after.variables]


def _is_copy(held: NDArray[Any], mark: NDArray[Any]) -> bool:
    is_mark = np.issubdtype(mark.dtype, np.floating) and mark.size > 0
    return bool(is_mark and held.dtype == mark.dtype and np.array_equal(held, mark))
