"""The printed order of two models as a claim: how many runs, paired by seeds, have the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from nnspec.claims.declarations import Claim
from nnspec.claims.document import Document
from nnspec.claims.evidence import Evidence
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.claims import section_of
from nnspec.notebook.repeating.compared import Pair
from nnspec.notebook.repeating.quantities import Quantity
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import key_of
from nnspec.results.order import Model, Order
from nnspec.runs.runs import Runs


@dataclass(frozen=True)
class Arm:
    """A model of a pair: its printed figure, its name, how it is trained, and the value of a run."""

    asked: Asked
    name: str
    recipe: Experiment
    quantity: Quantity


@dataclass(frozen=True)
class NotOrdered:
    """Two models whose order is not judged, and why."""

    pair: Pair
    names: tuple[str, str]
    why: str


def order_claim(arms: tuple[Arm, Arm], examples: int, document: Document) -> Claim | str:
    """Return the claim that the first arm of a run is better than the second, or why there is none.

    Both arms of a seed begin with the same weights wherever shapes agree, and see the data in the same order.
    That they are alike is no order; such seeds say no.
    """
    one, other = arms
    if key_of(one.recipe) == key_of(other.recipe):
        return "both are trained alike, so that chance alone orders them"
    metric, verb = one.asked.key, "higher" if one.quantity.better == "higher" else "lower"
    later = max(arms, key=lambda arm: (arm.asked.figure.cell, arm.asked.figure.line)).asked.figure
    printed = [f"{_said(arm.asked)} in cell [{arm.asked.figure.cell}]" for arm in arms]
    values = _values_of(arms)

    def predicate(**runs: Runs) -> Any:
        mine, theirs = values(runs)
        return mine > theirs if one.quantity.better == "higher" else mine < theirs

    places = "-".join(f"cell-{arm.asked.figure.cell}-line-{arm.asked.figure.line}" for arm in arms)
    same = f"the same {examples} examples" if examples else "the same examples"
    return Claim(
        id=f"{document.key}-order-{places}-{metric}",
        part="",
        source=document.at(section_of(later.cell)),
        statement=f"{one.name} has a {verb} {metric} than {other.name} on {same}",
        says=f"{one.name} has a {verb} {metric} than {other.name}: {printed[0]}, {printed[1]}.",
        reading="one case",
        word="",
        recipes=MappingProxyType({arm.name: arm.recipe for arm in arms}),
        counterfactual=MappingProxyType({}),
        without="",
        share=0.5,
        because="the order of two runs of the notebook",
        documented=MappingProxyType({}),
        verdict="undecided",
        measured="",
        predicate=predicate,
        picture=None,
        beyond="",
        headline="",
    )


def order_of(arms: tuple[Arm, Arm], examples: int, evidence: Evidence) -> Order:
    """Return what is ordered, with the number of seeds in which both are alike."""
    one, other = arms
    mine, theirs = _values_of(arms)(evidence.runs)
    both = np.asarray(mine, np.float64) == np.asarray(theirs, np.float64)
    return Order(
        keras_name(one.asked.key).removeprefix("val_"),
        "higher" if one.quantity.better == "higher" else "lower",
        _model(one),
        _model(other),
        examples,
        int((both & ~evidence.answers & ~evidence.diverged).sum()),
    )


def _values_of(arms: tuple[Arm, Arm]) -> Callable[[Mapping[str, Runs]], tuple[Any, Any]]:
    def values(runs: Mapping[str, Runs]) -> tuple[Any, Any]:
        mine, theirs = (arm.quantity.of(runs[arm.name]) for arm in arms)
        return mine, theirs

    return values


def _model(arm: Arm) -> Model:
    return Model(arm.name, arm.asked.fit, arm.asked.figure.cell, _said(arm.asked))


def _said(asked: Asked) -> str:
    return asked.figure.printed + (" %" if asked.figure.percent else "")
