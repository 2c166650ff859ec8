"""Training of seeds with a compiled program, epoch by epoch, in the process that has JAX."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.jax_setup import jax_keras
from nnspec.recipes.identity import Identified
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.cost import structure
from nnspec.training.models.built import callbacks_of
from nnspec.training.models.histories import padded
from nnspec.training.models.observers import without_observers
from nnspec.training.models.orders import Orders
from nnspec.training.vectorised import crossentropies, kinks, lookups, slices
from nnspec.training.vectorised.callbacks import SeedCallbacks, SeedModel, split_off_nan
from nnspec.training.vectorised.program import Program
from nnspec.training.vectorised.step import State

Progress = Callable[[float], None]


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
    program = _program(Identified(structure(recipe)), most)
    parts = []
    for start in range(0, len(seeds), program.size):
        block = list(seeds[start : start + program.size])
        within = _within(progress, start, len(block))
        parts.append(_train_block(program, recipe, block, within))
    return _joined(parts)


def predict(recipe: KerasRecipe, weights: Sequence[NDArray[Any]], x: NDArray[Any], most: int) -> NDArray[Any]:
    """Return the outputs for x (examples, …) with weights (seeds, …), (seeds, examples, outputs)."""
    program = _program(Identified(structure(recipe)), most)
    seeds = len(weights[0]) if weights else 1
    state = program.start([0] * seeds)
    for (group, at), values in zip(program.places, weights, strict=True):
        getattr(state, group)[at] = values
    return np.asarray(program.predict(state, x))


def programs() -> int:
    """Return how many models this process has compiled."""
    return _program.cache_info().misses


@functools.lru_cache(maxsize=16)
def _program(key: Identified, most: int) -> Program:
    _settle()
    return Program(key.experiment, most)  # type: ignore[arg-type]


@functools.cache
def _settle() -> None:
    """Let Keras on JAX do what Keras on TensorFlow does, in this process."""
    kinks.install()
    slices.install()
    lookups.install()
    crossentropies.install()


def _within(progress: Progress, start: int, seeds: int) -> Progress:
    return lambda share: progress(start + share * seeds)


def _train_block(program: Program, recipe: KerasRecipe, seeds: list[int], progress: Progress) -> Trained:
    jax, keras = jax_keras()
    data, size = program.data, program.size
    every = seeds + seeds[:1] * (size - len(seeds))
    state = jax.device_put(program.start(every))
    orders = [Orders(recipe, seed, len(data.x)) for seed in every]
    followed = _Followed(program, recipe, len(seeds))
    started, number = time.perf_counter(), recipe.epochs - recipe.initial_epoch
    for epoch in range(recipe.initial_epoch, recipe.epochs):
        state = followed.begin(epoch, state)
        order = np.stack([one.next() for one in orders]).astype(np.int32)
        active = followed.active(size)
        state, results, stopped = program.epoch(state, order, active, to_nan=followed.to_nan)
        logs = {name: np.asarray(values) for name, values in results.items()}
        if data.validation is not None:
            found = program.evaluate(state, *data.validation, batch=recipe.batch_size)
            logs |= {f"val_{name}": values for name, values in found.items()}
        state = followed.end(epoch, state, logs, np.asarray(stopped))
        progress((epoch + 1 - recipe.initial_epoch) / number)
        if followed.all_stopped:
            break
    state = followed.finish(_averaged(program, state) if recipe.epochs else state)
    metrics = program.evaluate(state, *data.whole)
    if data.test is not None:
        metrics |= {f"test_{name}": v for name, v in program.evaluate(state, *data.test).items()}
    seconds = time.perf_counter() - started
    keep = slice(len(seeds))
    return Trained(
        history=padded(followed.epochs, number),
        metrics={
            **{name: np.asarray(values, np.float32)[keep] for name, values in metrics.items()},
            "epochs": np.asarray([len(one) for one in followed.epochs], np.float32),
        },
        weights=tuple(np.asarray(one)[keep] for one in program.weights(state)),
        provenance={
            "engine": "vectorised",
            "keras": keras.__version__,
            "jax": jax.__version__,
            **program.facts,
            **followed.facts,
        },
        seconds=seconds * len(seeds) / size,
    )


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


class _Followed:
    """What each seed reports, and its callbacks, if there are any."""

    def __init__(self, program: Program, recipe: KerasRecipe, seeds: int) -> None:
        self._program, self._seeds, self._first = program, seeds, recipe.initial_epoch
        self._reported: list[list[dict[str, float]]] = [[] for _ in range(seeds)]
        self._callbacks: list[SeedCallbacks] = []
        self._state: Any = None  # the newest
        self._stopped = np.zeros(seeds, np.bool_)
        kept, self.facts = without_observers(callbacks_of(recipe))
        kept, self.to_nan = split_off_nan(kept)
        if not kept:
            return
        place = program.rate_place
        rate = None if place is None else float(np.asarray(program.model.optimizer.variables[place].value))
        for number in range(seeds):
            own = kept if number == 0 else split_off_nan(without_observers(callbacks_of(recipe))[0])[0]
            model = SeedModel(program.model, rate, functools.partial(self._weights_of, number))
            self._callbacks.append(SeedCallbacks(own, model, recipe.epochs))

    @property
    def all_stopped(self) -> bool:
        """Whether no seed is trained any more."""
        return bool(self._stopped.all())

    @property
    def epochs(self) -> list[Any]:
        """What each seed reported, epoch by epoch."""
        return [one.epochs for one in self._callbacks] if self._callbacks else self._reported

    def active(self, size: int) -> NDArray[np.bool_] | None:
        """Return which of `size` seeds are still trained; those that fill a block up do as the first one."""
        if not self._callbacks and not self.to_nan:
            return None
        return np.concatenate([~self._stopped, np.full(size - self._seeds, ~self._stopped[0])])

    def begin(self, epoch: int, state: State) -> State:
        """Begin an epoch, of which the first begins the training."""
        if epoch == self._first:
            self._tell(state, "on_train_begin")
        return self._given(self._tell(state, "on_epoch_begin", epoch))

    def end(self, epoch: int, state: State, logs: dict[str, Any], stopped: NDArray[np.bool_]) -> State:
        """Keep what an epoch gave and return the state that the callbacks leave."""
        self._state = state
        for number in np.flatnonzero(~self._stopped):
            own = {name: float(values[number]) for name, values in logs.items()}
            if self._callbacks:
                self._callbacks[number].tell("on_epoch_end", epoch, own)
            else:
                self._reported[number].append(own)
        asked = [one.model.stop_training for one in self._callbacks] or [False] * self._seeds
        state = self._given(state)
        self._stopped |= np.asarray(asked) | (stopped[: self._seeds] & self.to_nan)
        return state

    def finish(self, state: State) -> State:
        """Tell the callbacks that the training is over and return the state that they leave."""
        self._state = state
        for one in self._callbacks:
            one.tell("on_train_end", one.epochs[-1] if one.epochs else None)
        return self._given(state)

    def _tell(self, state: State, event: str, *arguments: Any) -> State:
        self._state = state
        for number in np.flatnonzero(~self._stopped) if self._callbacks else ():
            self._callbacks[number].tell(event, *arguments)
        return state

    def _weights_of(self, number: int) -> list[NDArray[Any]]:
        return [np.array(np.asarray(one)[number]) for one in self._program.weights(self._state)]

    def _given(self, state: State) -> State:
        """Return the state with the learning rates and weights that callbacks have set."""
        changed = [n for n, one in enumerate(self._callbacks) if one.model.optimizer.changed]
        if changed:
            place: Any = self._program.rate_place
            rates = np.array(state.optimizer[place])
            for number in changed:
                optimizer = self._callbacks[number].model.optimizer
                rates[number], optimizer.changed = optimizer.learning_rate, False
            optimizer_values = list(state.optimizer)
            optimizer_values[place] = rates
            state = state._replace(optimizer=optimizer_values)
        given = [n for n, one in enumerate(self._callbacks) if one.model.given is not None]
        if given:
            groups = {"trainable": list(state.trainable), "non_trainable": list(state.non_trainable)}
            for which, (group, at) in enumerate(self._program.places):
                values = np.array(groups[group][at])
                for number in given:
                    weights: Any = self._callbacks[number].model.given
                    values[number] = weights[which]
                groups[group][at] = values
            for number in given:
                self._callbacks[number].model.given = None
            state = state._replace(**groups)
        return state


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
