"""Callbacks for every seed on its own: Keras's own objects, which see one seed as if it were a model.

They act between epochs: they read logs, set a learning rate, take and give back weights, stop. What needs
more of a model than a seed has, or acts on batches, goes to `model.fit`. Stopping at a loss that is not
finite, which `TerminateOnNaN` does after a batch, is a part of the compiled epoch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.machine.jax_setup import jax_keras
from nnspec.training.engine import NotTrained
from nnspec.training.models.histories import epochs_of

_OF_BATCHES = ("on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end")
_OF_EVALUATION = ("on_test_begin", "on_test_end", "on_test_batch_begin", "on_test_batch_end")


class NotOfSeed(NotTrained, AttributeError):
    """Something that a callback asks a model for and a seed does not have."""


class SeedOptimizer:
    """The learning rate of one seed, as an optimizer's attribute."""

    def __init__(self, learning_rate: float | None) -> None:
        self._rate = learning_rate
        self.changed = False

    @property
    def learning_rate(self) -> Any:
        """The learning rate, float32."""
        if self._rate is None:
            raise NotOfSeed("a callback asks for the learning rate of a schedule")
        return np.float32(self._rate)

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if self._rate is None:
            raise NotOfSeed("a callback sets the learning rate of a schedule")
        self._rate, self.changed = float(value), True

    def __getattr__(self, name: str) -> Any:
        raise NotOfSeed(f"a callback uses optimizer.{name}")


class SeedModel:
    """One of the seeds that are trained together, as the callbacks of `fit` see a model.

    `weights` returns the seed's weights in the order of `Model.get_weights()`.
    """

    def __init__(
        self, model: Any, learning_rate: float | None, weights: Callable[[], list[NDArray[Any]]]
    ) -> None:
        self.stop_training = False
        self.optimizer = SeedOptimizer(learning_rate)
        self.metrics = model.metrics
        self.name = model.name
        self.history: Any = None
        self.given: list[NDArray[Any]] | None = None
        self._weights = weights

    def get_weights(self) -> list[NDArray[Any]]:
        """Return the weights of the seed."""
        return self._weights() if self.given is None else self.given

    def set_weights(self, weights: list[NDArray[Any]]) -> None:
        """Give the seed other weights."""
        self.given = [np.asarray(one) for one in weights]

    def __getattr__(self, name: str) -> Any:
        raise NotOfSeed(f"a callback uses model.{name}")


class SeedCallbacks:
    """The callbacks of one seed, in Keras's own list, and its model."""

    def __init__(self, callbacks: list[Any], model: SeedModel, epochs: int) -> None:
        _, keras = jax_keras()
        self.model, self.callbacks = model, callbacks
        self._list = keras.callbacks.CallbackList(callbacks, add_history=True, model=model, epochs=epochs)

    def tell(self, event: str, *arguments: Any) -> None:
        """Tell all callbacks of an event of Keras's, such as "on_epoch_begin".

        Raises
        ------
        InvalidValue
            If one of them fails.
        NotTrained
            If one asks for something that a seed does not have.
        """
        try:
            getattr(self._list, event)(*arguments)
        except NnspecError:
            raise
        except Exception as error:
            text = " ".join(str(error).split())[:300]
            received = f"{type(error).__name__}: {text}"
            raise InvalidValue(f"callbacks: {event}", received, "callbacks that do not fail") from error

    @property
    def epochs(self) -> list[dict[str, float]]:
        """What was reported in each epoch, with what callbacks have added."""
        return epochs_of(self.model.history.history)


def split_off_nan(callbacks: list[Any]) -> tuple[list[Any], bool]:
    """Return the callbacks that act between epochs, and whether one is to stop at a loss that is not finite.

    Raises
    ------
    NotTrained
        If another one acts on batches or in evaluations.
    """
    _, keras = jax_keras()
    kept, terminates = [], False
    for one in callbacks:
        if type(one) is keras.callbacks.TerminateOnNaN and not getattr(one, "raise_error", False):
            terminates = True
            continue
        if type(one) is keras.callbacks.SwapEMAWeights:
            raise NotTrained("the callback SwapEMAWeights")
        for event in (*_OF_BATCHES, *_OF_EVALUATION):
            if not keras.src.utils.is_default(getattr(one, event)):
                raise NotTrained(f"the callback {type(one).__name__} has {event}")
        kept.append(one)
    return kept, terminates
