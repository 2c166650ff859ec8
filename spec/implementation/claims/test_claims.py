"""Declarations: what a claim or fact keeps, and what it is told if something is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from nnspec.claims.declarations import Claim, Document, Fact, claim, fact
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

DOCUMENT = Document("lines", "Lines", ("Straight lines", "Curves"))
RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=2, metrics=[])
LONGER = RECIPE.with_epochs(3)
LONGEST = RECIPE.with_epochs(4)
RUNS = Runs(RECIPE, np.arange(3), {}, {"loss": np.float32([1, 2, 3])}, ())
PROPER: dict[str, Any] = {
    "source": DOCUMENT.at("Curves", "line 7"),
    "recipe": RECIPE,
    "counterfactual": LONGER,
    "share": 0.9,
    "because": "nine in ten",
}


def low_loss(runs: Runs) -> Any:
    """Losses   are low."""
    return runs.loss <= 1.5


def lower_loss(short: Runs, long: Runs) -> Any:
    """Longer training gives the lower loss."""
    return long.loss < short.loss


def declared(predicate: Callable[..., Any] = low_loss, /, **changes: Any) -> Claim:
    return claim("line-1", **PROPER | changes)(predicate)


PAIR = {"short": RECIPE, "long": LONGER}


def test_a_claim_keeps_what_it_was_declared_with() -> None:
    found = declared(verdict="refuted", measured="26 %", part="first")
    assert (found.id, found.part, found.key) == ("line-1", "first", "line-1[first]")
    assert (found.source.document.key, found.source.section, found.source.detail) == (
        "lines",
        "Curves",
        "line 7",
    )
    assert found.statement == "Losses are low."
    assert (found.share, found.because) == (0.9, "nine in ten")
    assert (found.verdict, found.measured) == ("refuted", "26 %")
    assert found.predicate is low_loss
    assert (dict(found.recipes), dict(found.counterfactual)) == ({"runs": RECIPE}, {"runs": LONGER})


def test_a_claim_keeps_what_is_said_and_what_its_counterfactual_is_without() -> None:
    words = {"says": "Losses are always low", "word": "always", "without": "the second epoch"}
    found = declared(**words, headline="how low losses get")
    assert {name: getattr(found, name) for name in words} == words
    assert (found.headline, found.beyond, found.reading) == ("how low losses get", "", "general")


def test_a_claim_takes_a_verdict_of_its_own_one_without_its_cause_and_one_for_every_figure() -> None:
    pair: dict[str, Any] = {"recipe": PAIR, "counterfactual": None}
    assert declared().verdicts == 2
    assert declared(lower_loss, **pair).verdicts == 2
    assert declared(documented={"loss": 0.5, "accuracy": "0.9"}).verdicts == 4
    assert declared(reading="one case", share=None, verdict="undecided", counterfactual=None).verdicts == 1


def test_a_claim_holds_unless_it_is_recorded_otherwise() -> None:
    assert declared().verdict == "holds"
    assert declared().key == "line-1"


def test_calling_a_claim_asks_its_predicate() -> None:
    assert declared()(runs=RUNS).tolist() == [True, False, False]


def test_a_claim_cannot_be_changed() -> None:
    found = declared()
    with pytest.raises(FrozenInstanceError):
        found.share = 0.1  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.recipes["runs"] = LONGER  # type: ignore[index]


def test_of_several_recipes_the_counterfactual_keeps_those_that_do_not_change() -> None:
    found = declared(lower_loss, recipe=PAIR, counterfactual={"long": LONGEST})
    assert dict(found.counterfactual) == {"short": RECIPE, "long": LONGEST}
    assert list(found.recipes) == ["short", "long"]


def test_the_kind_says_how_many_arms_there_are_and_whether_figures_are_placed() -> None:
    pair: dict[str, Any] = {"recipe": PAIR, "counterfactual": {"long": LONGEST}}
    figure: dict[str, Any] = {"documented": {"loss": 0.5}}
    assert declared().kind == "share"
    assert declared(**figure).kind == "share + figure"
    assert declared(lower_loss, **pair).kind == "paired"
    assert declared(lower_loss, **pair, **figure).kind == "paired + figure"


def test_a_fact_keeps_what_it_was_declared_with_and_calls_its_test() -> None:
    calls = []

    @fact("line-2", source=DOCUMENT.at("Curves"), kind="drift", part="b")
    def declared_fact(word: str) -> None:
        """Curves   bend."""
        calls.append(word)

    assert isinstance(declared_fact, Fact)
    assert (declared_fact.key, declared_fact.kind) == ("line-2[b]", "drift")
    assert declared_fact.statement == "Curves bend."
    declared_fact("bent")
    assert calls == ["bent"]
