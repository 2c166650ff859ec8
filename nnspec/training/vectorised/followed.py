"""What the seeds of a block report, epoch by epoch, and what their callbacks do between epochs."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.models.built import callbacks_of
from nnspec.training.models.monitors import unwatched
from nnspec.training.models.observers import without_observers
from nnspec.training.vectorised.callbacks import SeedCallbacks, SeedModel, split_off_nan
from nnspec.training.vectorised.program import Program
from nnspec.training.vectorised.step import State


class Followed:
    """What each seed reports, and its callbacks, if there are any."""

    def __init__(self, program: Program, recipe: KerasRecipe, seeds: int, state: State) -> None:
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
        rates = None if place is None else np.asarray(state.optimizer[place])
        for number in range(seeds):
            own = kept if number == 0 else split_off_nan(without_observers(callbacks_of(recipe))[0])[0]
            rate = None if rates is None else float(rates[number])
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
        if self._callbacks:
            first = self._callbacks[0]
            self.facts |= unwatched(first.callbacks, first.epochs)
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
