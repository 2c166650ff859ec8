"""Values that `fit` reported in one epoch, which may be another one for every seed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.recipes.keras_recipe import KerasRecipe

_HIGHER = ("accuracy", "acc", "auc", "precision", "recall", "score")  # endings of names of what is to be high
_LOWER = ("loss", "error", "mae", "mse", "rmse", "mape", "msle", "crossentropy", "hinge")
_LIST = (np.ndarray, list, tuple)


def chosen(recipe: Any, history: NDArray[np.float32], trained: Any, epoch: Any) -> tuple[Any, str]:
    """Return the values (seeds,) of an epoch and what to call it; NaN where a seed had none of that number.

    `history` is (seeds, epochs). `trained` is how many epochs each seed was trained, None where all were.
    `epoch` is counted as Keras counts, from 1 or as in -1 for a seed's last, or is one for every seed.

    Raises
    ------
    InvalidValue
        If there is no such epoch.
    """
    before = recipe.initial_epoch if isinstance(recipe, KerasRecipe) else 0
    epochs = history.shape[1]
    if isinstance(epoch, _LIST) and np.ndim(epoch) == 1:
        return _of_each(history, np.asarray(epoch), before), "an epoch of its own"
    whole = isinstance(epoch, int | np.integer) and not isinstance(epoch, bool)
    if not whole or not (before < epoch <= before + epochs or -epochs <= epoch < 0):
        expected = f"a whole number from {before + 1} to {before + epochs}, or -1 for the last"
        raise InvalidValue("epoch", epoch, expected)
    if trained is None or epoch > 0 or bool((trained == epochs).all()):
        column = epoch - before - 1 if epoch > 0 else epochs + epoch
        return history[:, column], f"epoch {before + column + 1}"
    # seeds that stopped earlier have another last epoch each
    places = trained.astype(np.int64) + epoch
    values = np.take_along_axis(history, np.maximum(places, 0)[:, None], axis=1)[:, 0]
    told = "the last epoch" if epoch == -1 else f"epoch {epoch} from the end"
    return np.where(places < 0, np.float32(np.nan), values), told


def _of_each(history: NDArray[np.float32], epoch: NDArray[Any], before: int) -> NDArray[np.float32]:
    seeds, epochs = history.shape
    numbers = np.asarray(epoch, np.float64)
    known = np.isfinite(numbers)
    columns = np.where(known, numbers, before + 1) - before - 1
    if len(numbers) != seeds or (columns != np.floor(columns)).any() or not _within(columns, epochs):
        expected = f"one for each of the {seeds} seeds, from {before + 1} to {before + epochs}"
        raise InvalidValue("epoch", epoch, expected, "runs.best_epoch gives such epochs")
    values = np.take_along_axis(history, columns.astype(np.int64)[:, None], axis=1)[:, 0]
    return np.where(known, values, np.float32(np.nan))


def _within(columns: NDArray[np.float64], epochs: int) -> bool:
    return bool(((columns >= 0) & (columns < epochs)).all())


def best(recipe: Any, name: str, history: NDArray[np.float32], mode: str) -> NDArray[np.float32]:
    """Return the first epoch in which a history (seeds, epochs) is best, (seeds,) float32.

    It is NaN for a seed that has no finite value.

    Raises
    ------
    InvalidValue
        If `mode` is none of "min", "max" and "auto", or it is "auto" and the name does not tell.
    """
    one_of("mode", mode, ("auto", "max", "min"))
    if mode == "auto":
        mode = _direction(name)
    finite = np.isfinite(history)
    signed = history if mode == "max" else -history
    ordered = np.where(finite, signed, np.float32(-np.inf))
    before = recipe.initial_epoch if isinstance(recipe, KerasRecipe) else 0
    epochs = ordered.argmax(axis=1) + before + 1 if history.shape[1] else np.zeros(len(history))
    return np.where(finite.any(axis=1), epochs, np.nan).astype(np.float32)


def _direction(name: str) -> str:
    for mode, endings in (("max", _HIGHER), ("min", _LOWER)):
        if name.lower().endswith(endings):
            return mode
    remedy = 'give mode="max" or mode="min"'
    expected = "a history of which it is known whether it should be high or low"
    raise InvalidValue("name", name, expected, remedy)


def examples_counted(recipe: Any, name: str, *, in_epoch: bool) -> int | None:
    """Return of how many examples an accuracy is the share, None where it is none of a known number."""
    arrays = recipe.data.arrays()
    part = {"test_accuracy": "test", "val_accuracy": recipe.validation_data or ""}.get(name, "train")
    if not isinstance(recipe, KerasRecipe) or not in_epoch:
        return len(arrays.part(part)[0]) if part else None
    every = len(arrays.part("train")[0])
    left = math.floor(every * (1.0 - recipe.validation_split))
    if name == "val_accuracy":
        return len(arrays.part(part)[0]) if part else every - left
    return None if recipe.steps_per_epoch else left
