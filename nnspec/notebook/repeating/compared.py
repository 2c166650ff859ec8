"""Which models a notebook compares: figures of one metric on the same examples, after different fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.examples import (
    Examples,
    evaluated_on,
    number_of,
    same_examples,
    same_targets,
)
from nnspec.notebook.repeating.story import neighbours, place

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
    found: list[Pair] = []
    for group in _groups(captured, figures):
        by_figure = {id(one.figure): one for one in group.figures}  # several may stand on one line
        pairs = neighbours([one.figure for one in group.figures], group.metric)
        found += [(by_figure[id(one)], by_figure[id(other)]) for one, other in pairs]
    return tuple(sorted(found, key=lambda pair: max(place(one.figure) for one in pair)))


def why_not_compared(captured: Captured, pair: Pair) -> str:
    """Return why two figures are not of one metric on the same examples after two fits; empty if they are.

    Raises
    ------
    InvalidValue
        If a captured array cannot be read.
    """
    fits = {fit.number: fit for fit in captured.fits}
    one, other = (_evaluated(fits, asked) for asked in pair)
    if one is None or other is None:
        return "one of them is not evaluated at the end of a fit"
    if pair[0].fit == pair[1].fit:
        return "both are of one fit"
    if not same_examples(captured, one[0], other[0]):
        return "they are not evaluated on the same examples"
    models = fits[pair[0].fit], fits[pair[1].fit]
    if one[1] != other[1] or not _same_metric(*models, one[1], one[0], other[0]):
        return "they are not of the same metric"
    return ""


def examples_of(captured: Captured, asked: Asked) -> int:
    """Return on how many examples a figure was evaluated; 0 where that is not known."""
    fits = {fit.number: fit for fit in captured.fits}
    examples = evaluated_on(fits[asked.fit], asked.evaluation)
    return 0 if examples is None else number_of(examples)


def _groups(captured: Captured, figures: Sequence[Asked]) -> list[_Group]:
    fits = {fit.number: fit for fit in captured.fits}
    groups: list[_Group] = []
    for one in sorted(figures, key=lambda one: (one.evaluation is None, *place(one.figure))):
        evaluated = _evaluated(fits, one)
        if evaluated is None:
            continue
        examples, metric = evaluated
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


def _evaluated(fits: Mapping[int, Fit], asked: Asked) -> tuple[Examples, str] | None:
    """Return the examples and the metric of a figure; None where it is a mean over the training."""
    examples, metric = evaluated_on(fits[asked.fit], asked.evaluation), keras_name(asked.key)
    at_the_end = asked.figure.kind == "fit" or asked.taken == -1
    if examples is None or (asked.evaluation is None and not (at_the_end and metric.startswith("val_"))):
        return None
    return examples, metric.removeprefix("val_")


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
