"""The value of every run that a printed figure is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.claims.figure import lower_or_higher
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.runs.runs import Runs

_UNTOLD = "it goes on after a fit that a callback may end, so that its own epochs cannot be told"
_LOWER = ("crossentropy", "divergence", "hinge", "poisson", "cosh")


@dataclass(frozen=True)
class Quantity:
    """A value for every run: its `name` among results, `what` gives it in a notebook, and `of` takes it.

    `better` says which values are the better ones, "higher" or "lower".
    """

    name: str
    what: str
    of: Callable[[Runs], Any]
    better: str


def quantity_of(asked: Asked, repeated: Repeated, trains_on: bool) -> Quantity | str:
    """Return what a figure is a value of, or why no run has it.

    `trains_on` is whether it was evaluated on the examples that its fit trains on.
    """
    better, key = better_values(asked.key), asked.key
    if asked.evaluation is not None:
        name = key if trains_on else f"test_{key}"
        what = "evaluate on the examples it was trained on" if trains_on else "evaluate"
        return Quantity(name, what, lambda runs: runs.metric(_alike(name, runs.metrics)), better)
    if isinstance(asked.taken, str):
        if repeated.stops and repeated.before:
            return _UNTOLD
        return Quantity(key, f"the {asked.taken} of all epochs of fit", extreme_of(asked, repeated), better)
    is_last = asked.taken == -1 or asked.figure.kind == "fit"  # of a log that may have stopped the last one
    if repeated.stops and is_last:
        return Quantity(key, "the last epoch of fit", _of_epoch(key, -1), better)
    if repeated.stops and repeated.before:
        return _UNTOLD
    epoch = repeated.epochs if asked.taken == -1 else repeated.before + asked.taken
    if epoch > repeated.epochs:
        trained = repeated.epochs - repeated.before
        told = "its log has" if asked.figure.kind == "fit" else "it shows"
        return f"{told} epoch {asked.taken}, and the code trains {trained}"
    # the last one by its place, so that an order can be held against one model beside itself
    number = -1 if epoch == repeated.epochs else epoch
    return Quantity(key, f"epoch {epoch - repeated.before} of fit", _of_epoch(key, number), better)


def _of_epoch(key: str, number: int) -> Callable[[Runs], Any]:
    return lambda runs: runs.epoch(_alike(key, runs.history), number)


def extreme_of(asked: Asked, repeated: Repeated) -> Callable[[Runs], Any]:
    """Return what takes of every run the highest or lowest value of the epochs of a fit."""
    sign = 1 if asked.taken == "highest" else -1

    def of(runs: Runs) -> Any:
        name = _alike(asked.key, runs.history)
        values = sign * np.asarray(runs.history[name], np.float64)[:, repeated.before :]
        places = np.where(np.isfinite(values), values, -np.inf).argmax(axis=1)
        return runs.epoch(name, repeated.before + places + 1)

    return of


def better_values(metric: str) -> str:
    """Return which values of a metric are the better ones, "higher" or "lower"."""
    name = keras_name(metric)
    return "lower" if any(word in name for word in _LOWER) else lower_or_higher(name)


def _alike(name: str, results: Mapping[str, Any]) -> str:
    """Return a name, or the one that results have for the same metric, as an order's other model may."""
    alike = [one for one in results if _bare(one) == _bare(name)]
    return alike[0] if name not in results and len(alike) == 1 else name


def _bare(name: str) -> str:
    part = "test_" if name.startswith("test_") else ""
    return part + keras_name(name.removeprefix(part))
