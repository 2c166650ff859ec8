"""Training of seeds with a compiled program, epoch by epoch, in the process that has JAX."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.code import begin_anew
from nnspec.data.files import known_files
from nnspec.machine.jax_setup import jax_keras
from nnspec.machine.reads import Record, changed, reading, together
from nnspec.recipes.identity import Identified
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.cost import Count, structure
from nnspec.training.engine import NotTrained
from nnspec.training.models.histories import padded
from nnspec.training.models.orders import Orders
from nnspec.training.models.parts import by_output, number_of, of_each
from nnspec.training.vectorised import convolutions, crossentropies, kinks, lookups, slices
from nnspec.training.vectorised.followed import Followed
from nnspec.training.vectorised.program import Program
from nnspec.training.vectorised.step import State

Progress = Callable[[float], None]
_FORWARD = 1 / 3  # of a step: the pass forward, which is all that an evaluation takes


@dataclass(frozen=True)
class Trained:
    """What came out of some seeds: the fields of `Runs` that training gives."""

    history: dict[str, NDArray[np.float32]]
    metrics: dict[str, NDArray[np.float32]]
    weights: tuple[NDArray[Any], ...]
    provenance: dict[str, str]
    seconds: float


def train(recipe: KerasRecipe, seeds: Sequence[int], most: int, progress: Progress) -> Trained:
    """Train seeds, at most so many together.

    Blocks have a fixed size and are filled up with repeated seeds, so that what one seed gives depends
    on nothing but the recipe and the seed.
    """
    jax_keras()  # whose import reads what is no part of the training
    key = Identified(structure(recipe))
    begin_anew(recipe.functions)
    with reading(*known_files()) as read:
        programs = [_program(key, most, stage) for stage in range(1 + len(recipe.stages))]
        size = min(program.size for program in programs)
        parts = []
        for start in range(0, len(seeds), size):
            block = list(seeds[start : start + size])
            parts.append(_train_block(programs, recipe, block, size, _within(progress, start, len(block))))
    record = together([read.record(), *(program.read for program in programs)])
    for program in programs:  # some of it was read when it was compiled, which is not done again
        program.read = record
    found = _joined(parts)
    return replace(found, provenance={**found.provenance, **record})


def count(recipe: KerasRecipe, most: int) -> tuple[Count, Record]:
    """Return what training a seed computes, and what was read to build the model; its program is kept."""
    jax_keras()
    key = Identified(structure(recipe))
    begin_anew(recipe.functions)
    programs = [_program(key, most, stage) for stage in range(1 + len(recipe.stages))]
    return _counted(programs, recipe), together(program.read for program in programs)


def predict(recipe: KerasRecipe, weights: Sequence[NDArray[Any]], x: Any, most: int) -> Any:
    """Return the outputs for x (examples, …) with weights (seeds, …), (seeds, examples, outputs).

    Inputs by name are a dict; several outputs are one, by the names that the model gives them.
    """
    program = _program(Identified(structure(recipe)), most, len(recipe.stages))
    seeds = len(weights[0]) if weights else 1
    state = program.start([0] * seeds)
    for (group, at), values in zip(program.places, weights, strict=True):
        getattr(state, group)[at] = values
    found = by_output(program.model, program.predict(state, x))
    return of_each(np.asarray, found)


def _counted(programs: list[Program], recipe: KerasRecipe) -> Count:
    """Return what the training of one seed computes, if nothing ends it early, with what is evaluated."""
    total = Count()
    for program, one in zip(programs, recipe.fits(), strict=True):
        data, epochs = program.data, one.epochs - one.initial_epoch
        batch = min(one.batch_size, data.examples)
        steps = epochs * min(one.steps_per_epoch or math.inf, math.ceil(data.examples / batch))
        validated = epochs * number_of(data.validation[0]) if data.validation else 0
        total = total.plus(program.count, steps + _FORWARD * validated / batch)._replace(
            steps=total.steps + steps
        )
    evaluated = sum(number_of(part[0]) for part in (data.whole, data.test) if part)
    return total.plus(program.count, _FORWARD * evaluated / batch)


def programs() -> int:
    """Return how many models this process has compiled."""
    return Program.made


def _program(key: Identified, most: int, stage: int) -> Program:
    """Return the compiled program of a fit, a new one where files that it has read are others now."""
    found = _made(key, most, stage)
    if changed(found.read):
        _made.cache_clear()
        found = _made(key, most, stage)
    return found


@functools.lru_cache(maxsize=16)
def _made(key: Identified, most: int, stage: int) -> Program:
    _settle()
    with reading(*known_files()) as read:
        program = Program(key.experiment, most, stage)  # type: ignore[arg-type]
    program.read = read.record()
    return program


@functools.cache
def _settle() -> None:
    """Let Keras on JAX do what Keras on TensorFlow does, in this process."""
    kinks.install()
    convolutions.install()
    slices.install()
    lookups.install()
    crossentropies.install()


def _within(progress: Progress, start: int, seeds: int) -> Progress:
    return lambda share: progress(start + share * seeds)


def _train_block(
    programs: list[Program], recipe: KerasRecipe, seeds: list[int], size: int, progress: Progress
) -> Trained:
    jax, keras = jax_keras()
    every = seeds + seeds[:1] * (size - len(seeds))
    fits = recipe.fits()
    total = sum(one.epochs - one.initial_epoch for one in fits)
    reported: list[list[Any]] = [[] for _ in seeds]
    facts: dict[str, str] = {}
    started, done = time.perf_counter(), 0
    state: Any = None
    for stage, (program, one) in enumerate(zip(programs, fits, strict=True)):
        if program.changed.reads_rate and any(earlier.callbacks for earlier in fits[:stage]):
            raise NotTrained("a learning rate is read between two fits that callbacks may have set")
        fresh = program.start(every)
        state = jax.device_put(program.continued(programs[stage - 1], state, fresh) if stage else fresh)
        orders = [Orders(one, seed, program.data.examples, stage) for seed in every]
        followed = Followed(program, one, len(seeds), state)
        state = _fitted(program, one, state, orders, followed, _after(progress, done, total))
        done += one.epochs - one.initial_epoch
        facts |= followed.facts
        for own, epochs in zip(reported, followed.epochs, strict=True):
            own += epochs
    metrics = program.evaluate(state, *program.data.whole)
    if program.data.test is not None:
        found = program.evaluate(state, *program.data.test)
        metrics |= {f"test_{name}": values for name, values in found.items()}
    seconds = time.perf_counter() - started
    keep = slice(len(seeds))
    return Trained(
        history=padded(reported, total),
        metrics={
            **{name: np.asarray(values, np.float32)[keep] for name, values in metrics.items()},
            "epochs": np.asarray([len(own) for own in reported], np.float32),
        },
        weights=tuple(np.asarray(values)[keep] for values in program.weights(state)),
        provenance={
            "engine": "vectorised",
            "keras": keras.__version__,
            "jax": jax.__version__,
            **programs[0].facts,
            **facts,
        },
        seconds=seconds * len(seeds) / size,
    )


def _fitted(
    program: Program,
    recipe: KerasRecipe,
    state: State,
    orders: list[Orders],
    followed: Followed,
    progress: Callable[[int], None],
) -> State:
    """Return the state after one fit."""
    validation = program.data.validation
    for epoch in range(recipe.initial_epoch, recipe.epochs):
        state = followed.begin(epoch, state)
        order = np.stack([one.next() for one in orders]).astype(np.int32)
        active = followed.active(len(orders))
        state, results, stopped = program.epoch(state, order, active, to_nan=followed.to_nan)
        logs = {name: np.asarray(values) for name, values in results.items()}
        if validation is not None:
            found = program.evaluate(state, *validation, batch=recipe.batch_size)
            logs |= {f"val_{name}": values for name, values in found.items()}
        state = followed.end(epoch, state, logs, np.asarray(stopped))
        progress(epoch + 1 - recipe.initial_epoch)
        if followed.all_stopped:
            break
    return followed.finish(_averaged(program, state) if recipe.epochs else state)


def _after(progress: Progress, done: int, total: int) -> Callable[[int], None]:
    return lambda epochs: progress((done + epochs) / total)


def _averaged(program: Program, state: State) -> State:
    """Return the state with the averages that an optimizer with `use_ema` ends with as weights."""
    optimizer = program.model.optimizer
    if not optimizer.use_ema:
        return state
    places = {id(one): at for at, one in enumerate(optimizer.variables)}
    averages = optimizer._model_variables_moving_average
    trainable = [
        value if average is None else state.optimizer[places[id(average)]]
        for value, average in zip(state.trainable, averages, strict=True)
    ]
    return state._replace(trainable=trainable)


def _joined(parts: list[Trained]) -> Trained:
    first = parts[0]
    names = dict.fromkeys(name for part in parts for name in part.history)
    most = max((values.shape[1] for part in parts for values in part.history.values()), default=0)

    def history(part: Trained, name: str) -> Any:
        return part.history.get(name, np.full((len(part.metrics["epochs"]), most), np.nan, np.float32))

    return Trained(
        history={name: np.concatenate([history(part, name) for part in parts]) for name in names},
        metrics={name: np.concatenate([part.metrics[name] for part in parts]) for name in first.metrics},
        weights=tuple(np.concatenate(group) for group in zip(*(part.weights for part in parts), strict=True)),
        provenance=first.provenance,
        seconds=sum(part.seconds for part in parts),
    )
