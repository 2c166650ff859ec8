"""What the change of a stage does to a model whose seeds are trained together."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.jax_setup import jax_keras
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.engine import NotTrained
from nnspec.training.models.built import Built, change
from nnspec.training.models.copied import build_optimizer
from nnspec.training.models.parts import FitData

_MARKS = 20261130  # seed of the numbers by which weights are known again


@dataclass(frozen=True)
class Changed:
    """The model that goes on, and what it takes over from the one before it.

    sources : for each of its variables the place among those of the model before, None for what is new.
    goes_on : whether the optimizer of the fit before goes on.
    sets_rate : whether its learning rate was set.
    reads_rate : whether the learning rate of the fit before was read, which may be another one for each seed.
    """

    model: Any
    sources: tuple[int | None, ...] = ()
    goes_on: bool = True
    sets_rate: bool = False
    reads_rate: bool = False


def changed(found: Built, model: Any, stage: KerasRecipe, data: FitData, function: Any) -> Changed:
    """Change a model for a stage, which may make another one of its layers or weights.

    While the function is called, each weight of the model holds numbers of its own. So what another model
    copies of them is known again, whatever the weights of a seed will be.

    Raises
    ------
    InvalidValue
        If the function fails or leaves no model that can be trained.
    NotTrained
        If it does what only one seed at a time can do, such as setting weights. Without `compile`, `fit`
        takes no notice of other settings of layers or optimizers, and here they would count.
    """
    _, keras = jax_keras()
    before = tuple(model.variables)
    if function is None:
        return Changed(model, tuple(range(len(before))))
    optimizer, trainable = model.optimizer, list(map(id, model.trainable_variables))
    rate, compiled, settings = optimizer._learning_rate, model._compile_config, _settings(model)
    values = [np.asarray(variable.value) for variable in before]
    marks = _marked(before)
    with _noting() as (assigned, read):
        after = change(found, model, stage, data, function)
    name = function.__name__
    if id(optimizer) in read and not isinstance(rate, keras.Variable):
        raise NotTrained(f"{name} reads the learning rate of a schedule")
    held = all(
        np.array_equal(np.asarray(variable.value), mark, equal_nan=True)
        for variable, mark in zip(before, marks, strict=True)
    )
    if not held or not assigned.isdisjoint(map(id, before)):
        raise NotTrained(f"{name} sets weights between two fits")
    sources = tuple(_sources(found, after, before, marks, name))
    for variable, value in zip(before, values, strict=True):
        variable.assign(value)
    if after.optimizer is not optimizer:
        build_optimizer(after)
        return Changed(after, sources, goes_on=False, reads_rate=id(optimizer) in read)
    if list(map(id, after.trainable_variables)) != trainable:
        raise NotTrained(f"{name} freezes or frees layers and compiles nothing anew")
    if after._compile_config is compiled and _settings(after) != settings:
        raise NotTrained(f"{name} changes settings and compiles nothing anew")
    if optimizer._learning_rate is not rate or assigned & (set(map(id, optimizer.variables)) - {id(rate)}):
        raise NotTrained(f"{name} sets more of the optimizer than its learning rate")
    return Changed(after, sources, sets_rate=id(rate) in assigned, reads_rate=id(optimizer) in read)


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


def _settings(model: Any) -> list[str]:
    """Return what layers and optimizer say of themselves, their learning rate left out."""
    found = []
    for part in (*model._flatten_layers(include_self=False), model.optimizer):
        try:
            config = part.get_config()
        except Exception:  # a layer of the author's without a configuration
            config = {}
        config.pop("learning_rate", None)
        found.append(json.dumps(config, sort_keys=True, default=str))
    return found


@contextlib.contextmanager
def _noting() -> Iterator[tuple[set[int], set[int]]]:
    """Note which variables are set meanwhile, and of which optimizers the learning rate is read."""
    _, keras = jax_keras()
    assigned: set[int] = set()
    read: set[int] = set()
    base: Any = next(one for one in keras.optimizers.Optimizer.__mro__ if "learning_rate" in vars(one))
    assign, rate = keras.Variable.assign, vars(base)["learning_rate"]

    def noted(variable: Any, value: Any) -> Any:
        assigned.add(id(variable))
        return assign(variable, value)

    def noted_rate(optimizer: Any) -> Any:
        read.add(id(optimizer))
        return rate.fget(optimizer)

    keras.Variable.assign = noted
    base.learning_rate = property(noted_rate, rate.fset)
    try:
        yield assigned, read
    finally:
        keras.Variable.assign, base.learning_rate = assign, rate
