"""`model.fit` on TensorFlow for a model that a function returns, one seed after another: the reference.

`fit` is called for one epoch at a time, so that each has an order of the run's own seed (see
`nnspec.training.model_fit`); the callbacks see one training all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from nnspec.training.models.built import Built, built, callbacks_of, change, misfit
from nnspec.training.models.copied import copied, copy_again
from nnspec.training.models.histories import check_numbers, epochs_of, padded
from nnspec.training.models.monitors import unwatched
from nnspec.training.models.observers import without_observers
from nnspec.training.models.orders import Orders
from nnspec.training.models.parts import FitData, fit_data, taken
from nnspec.training.models.settings import settings_kept

Floats = NDArray[np.float32]


def started(recipe: KerasRecipe, data: FitData, seed: int) -> Built:
    """Return the model with what a seed starts from."""
    tf, _ = tensorflow()
    found = built(recipe, data, seed)
    tf.random.set_seed(seed)  # of layers that draw their numbers by TensorFlow itself
    copies = copied(found.model)
    for variable in found.model.variables:
        variable.assign(found.initial.of(variable, seed))
    copy_again(found.model, copies)
    return found


def train_one(recipe: KerasRecipe, seed: int) -> Runs:
    """Train the recipe from one seed and return its run; errors as in `_trained`."""
    tensorflow()
    with settings_kept():
        return _trained(recipe, seed)


def _trained(recipe: KerasRecipe, seed: int) -> Runs:
    """Train the recipe from one seed and return its run.

    Raises
    ------
    InvalidValue
        If the function fails or returns no model for the data, or a callback fails.
    """
    tf, keras = tensorflow()
    first, *_ = fits = recipe.fits()
    found = started(first, fit_data(first), seed)
    model = found.model
    epochs: list[dict[str, float]] = []
    facts: dict[str, str] = {}
    start = time.perf_counter()
    for number, one in enumerate(fits):
        function, data = recipe.stages[number - 1].change if number else None, fit_data(one)
        if function is not None:
            model = _changed(found, model, one, data, function, seed)
        callbacks, left_out = without_observers(callbacks_of(one))
        facts |= left_out
        reported = _fitted(one, model, data, callbacks, Orders(one, seed, data.examples, number))
        facts |= unwatched(callbacks, reported)
        epochs += reported
    seconds = time.perf_counter() - start
    metrics = _evaluated(recipe, model, data, data.whole)
    if data.test is not None:
        tested = _evaluated(recipe, model, data, data.test)
        metrics |= {f"test_{name}": value for name, value in tested.items()}
    metrics["epochs"] = len(epochs)
    return Runs(
        recipe=cast(Recipe, recipe),
        seeds=np.asarray([seed], np.int64),
        history=padded([epochs], sum(one.epochs - one.initial_epoch for one in fits)),
        metrics={name: np.asarray([value], np.float32) for name, value in metrics.items()},
        weights=tuple(np.asarray(weight)[None] for weight in model.get_weights()),
        provenance={
            "engine": "keras",
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
            **found.facts,
            **facts,
        },
        seconds=seconds,
    )


def _changed(
    found: Built, model: Any, stage: KerasRecipe, data: FitData, function: Callable[[Any], Any], seed: int
) -> Any:
    """Return the model that goes on in a stage; what is new in it has what the seed starts from."""
    before = set(map(id, model.variables))
    after = change(found, model, stage, data, function)
    new = [variable for variable in after.variables if id(variable) not in before]
    found.initial.settle(new)
    copies = copied(after) if new and after.optimizer.built else []
    for variable in new:
        variable.assign(found.initial.of(variable, seed))
    copy_again(after, copies)
    return after


def _fitted(
    recipe: KerasRecipe, model: Any, data: FitData, callbacks: list[Any], orders: Orders
) -> list[dict[str, float]]:
    """Return what `fit` reported, epoch by epoch."""
    _, keras = tensorflow()
    optimizer = model.optimizer
    finalize = optimizer.finalize_variable_values
    # at the end of all epochs, not of each
    object.__setattr__(optimizer, "finalize_variable_values", lambda variables: None)
    inner = keras.callbacks.CallbackList(
        callbacks, add_history=True, model=model, epochs=recipe.epochs, verbose=0
    )
    history = model.history  # which `fit` replaces by its own
    _of_author(inner.on_train_begin)
    for epoch in range(recipe.initial_epoch, recipe.epochs):
        order = orders.next()
        try:
            model.fit(
                taken(data.x, order),
                taken(data.y, order),
                batch_size=recipe.batch_size,
                sample_weight=None if data.weights is None else data.weights[order],
                validation_data=data.validation,
                shuffle=False,
                callbacks=[_within_one_training(keras, inner)],
                initial_epoch=epoch,
                epochs=epoch + 1,
                verbose=0,
            )
        except (NnspecError, MemoryError):
            raise
        except Exception as error:
            raise misfit(recipe.function.__name__, data, error) from error
        if model.stop_training:
            break
    object.__setattr__(optimizer, "finalize_variable_values", finalize)
    if recipe.epochs:
        finalize(model.trainable_weights)
    found = epochs_of(history.history)
    _of_author(inner.on_train_end, found[-1] if found else None)
    return found


def _within_one_training(keras: Any, inner: Any) -> Any:
    """Return a callback that hands on the events of an epoch, and not the beginning and end of `fit`."""

    class Epoch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            _of_author(inner.on_epoch_begin, epoch, logs)

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            check_numbers(logs or {})
            _of_author(inner.on_epoch_end, epoch, logs)

        def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
            _of_author(inner.on_train_batch_begin, batch, logs)

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            _of_author(inner.on_train_batch_end, batch, logs)

    return Epoch()


def _of_author(event: Callable[..., Any], *arguments: Any) -> None:
    """Tell callbacks of an event; what fails in one is told as what it is."""
    try:
        event(*arguments)
    except Exception as error:
        name = getattr(event, "__name__", "callback")
        text = " ".join(str(error).split())[:300]
        received = f"{type(error).__name__}: {text}"
        raise InvalidValue(f"callbacks: {name}", received, "callbacks that do not fail") from error


def _evaluated(recipe: KerasRecipe, model: Any, data: FitData, part: tuple[Any, Any]) -> dict[str, float]:
    try:
        result: dict[str, float] = model.evaluate(*part, verbose=0, return_dict=True)
    except Exception as error:
        raise misfit(recipe.function.__name__, data, error) from error
    check_numbers(result)
    return result
