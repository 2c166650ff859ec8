"""The value of every run that a printed figure is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnspec.claims.figure import lower_or_higher
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.joined import Asked
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.runs.runs import Runs

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
    epoch = repeated.before + (asked.figure.epoch or 1)
    if not repeated.stops and epoch > repeated.epochs:
        trained = repeated.epochs - repeated.before
        return f"its log has epoch {asked.figure.epoch}, and the code trains {trained}"
    # the last one by its place, so that an order can be held against one model beside itself
    number = -1 if repeated.stops or epoch == repeated.epochs else epoch
    return Quantity(
        key,
        f"epoch {asked.figure.epoch} of fit",
        lambda runs: runs.epoch(_alike(key, runs.history), number),
        better,
    )


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
