"""Which models a notebook compares: figures of one metric on the same examples, after different fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.examples import (
    Examples,
    evaluated_on,
    number_of,
    same_examples,
    same_targets,
)
from nnspec.notebook.repeating.joined import Asked
from nnspec.notebook.repeating.quantities import better_values

Pair = tuple[Asked, Asked]


@dataclass
class _Group:
    """Figures of one metric on the same examples, of each fit one."""

    examples: Examples
    metric: str
    figures: list[Asked]


def compared(captured: Captured, figures: Sequence[Asked]) -> tuple[Pair, ...]:
    """Return the pairs of figures whose order the notebook prints, the better one first.

    A notebook tells a story: it trains a model, changes something, and trains the next. So each model is
    compared with the one before it that was evaluated on the same examples by the same metric, and the best
    one, as printed, with the second best: of n models at most n pairs, and not all n(n − 1)/2. A model after
    a fit counts by what `evaluate` gives, or else by the `val_` figure of the last epoch; figures of training
    are running means while weights change, and no evaluation. Losses are compared where they are the same
    function and nothing is added to it. Figures that are printed alike have no order.

    Raises
    ------
    InvalidValue
        If a captured array cannot be read.
    """
    pairs = [pair for group in _groups(captured, figures) for pair in _pairs(group.figures)]
    ordered = filter(None, (_ordered(*pair) for pair in pairs))
    once = {(_place(one), _place(other), one.key): (one, other) for one, other in ordered}
    return tuple(sorted(once.values(), key=lambda pair: max(map(_place, pair))))


def examples_of(captured: Captured, asked: Asked) -> int:
    """Return on how many examples a figure was evaluated; 0 where that is not known."""
    fits = {fit.number: fit for fit in captured.fits}
    examples = evaluated_on(fits[asked.fit], asked.evaluation)
    return 0 if examples is None else number_of(examples)


def _groups(captured: Captured, figures: Sequence[Asked]) -> list[_Group]:
    fits = {fit.number: fit for fit in captured.fits}
    groups: list[_Group] = []
    for one in sorted(figures, key=lambda one: (one.evaluation is None, *_place(one))):
        examples, metric = evaluated_on(fits[one.fit], one.evaluation), keras_name(one.key)
        if examples is None or (one.evaluation is None and not metric.startswith("val_")):
            continue
        metric = metric.removeprefix("val_")
        for group in groups:
            first = fits[group.figures[0].fit]
            if (
                group.metric == metric
                and _same_metric(first, fits[one.fit], metric, group.examples, examples)
                and same_examples(captured, group.examples, examples)
            ):
                if all(one.fit != other.fit for other in group.figures):
                    group.figures.append(one)
                break
        else:
            groups.append(_Group(examples, metric, [one]))
    return groups


def _pairs(figures: Sequence[Asked]) -> Iterator[Pair]:
    """Yield each figure with the one before it, and the best with the second best."""
    yield from pairwise(sorted(figures, key=_place))
    sign = -1 if better_values(figures[0].key) == "higher" else 1
    best = sorted(figures, key=lambda one: sign * one.figure.value)
    yield from pairwise(best[:2])


def _ordered(one: Asked, other: Asked) -> Pair | None:
    """Return the two, the better one first; None where neither is, or one is no number."""
    values = one.figure.value, other.figure.value
    if not (values[0] < values[1] or values[0] > values[1]):
        return None
    return (one, other) if (values[0] > values[1]) == (better_values(one.key) == "higher") else (other, one)


def _same_metric(one: Fit, other: Fit, metric: str, mine: Examples, theirs: Examples) -> bool:
    """Return whether a metric of two models is the same quantity."""
    if metric != "accuracy" and not same_targets(mine, theirs):
        return False
    if metric != "loss":
        return True
    losses = [(fit.model.get("compiled") or {}).get("loss") for fit in (one, other)]
    return losses[0] == losses[1] and not any(
        _is_penalised(fit.model.get("architecture")) for fit in (one, other)
    )


def _is_penalised(config: Any) -> bool:
    """Return whether a layer adds something to the loss."""
    if isinstance(config, Mapping):
        added = config.get("class_name") == "ActivityRegularization"
        return added or any(
            (str(key).endswith("_regularizer") and value is not None) or _is_penalised(value)
            for key, value in config.items()
        )
    return isinstance(config, list) and any(map(_is_penalised, config))


def _place(asked: Asked) -> tuple[int, int]:
    return asked.figure.cell, asked.figure.line
