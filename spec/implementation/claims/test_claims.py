"""Declarations: what a claim or fact keeps, and what it is told if something is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim, Document, Fact, Figure, claim, fact
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

DOCUMENT = Document("lines", "Lines", ("Straight lines", "Curves"))
RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=2, metrics=[])
LONGER = RECIPE.with_epochs(3)
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


def without_statement(runs: Runs) -> Any:
    return runs.loss <= 1.5


def without_runs() -> None:
    """Nothing is compared."""


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
    found = declared(lower_loss, recipe=PAIR, counterfactual={"long": RECIPE})
    assert dict(found.counterfactual) == {"short": RECIPE, "long": RECIPE}
    assert list(found.recipes) == ["short", "long"]


def test_the_kind_says_how_many_arms_there_are_and_whether_figures_are_placed() -> None:
    pair: dict[str, Any] = {"recipe": PAIR, "counterfactual": {"long": RECIPE}}
    figure: dict[str, Any] = {"documented": {"loss": 0.5}}
    assert declared().kind == "share"
    assert declared(**figure).kind == "share + figure"
    assert declared(lower_loss, **pair).kind == "paired"
    assert declared(lower_loss, **pair, **figure).kind == "paired + figure"


def test_a_documented_number_is_compared_with_the_metric_of_its_name() -> None:
    figure = declared(documented={"loss": 2}).documented["loss"]
    assert figure.documented == 2.0
    assert figure.of(runs=RUNS).tolist() == [1.0, 2.0, 3.0]


def test_of_several_recipes_the_first_one_gives_the_figures() -> None:
    found = declared(lower_loss, recipe=PAIR, counterfactual={"long": RECIPE}, documented={"loss": 2})
    other = Runs(LONGER, np.arange(1), {}, {"loss": np.float32([9])}, ())
    assert found.documented["loss"].of(short=RUNS, long=other).tolist() == [1.0, 2.0, 3.0]


def test_a_figure_may_say_itself_what_it_is_compared_with() -> None:
    figure = Figure(4.0, lambda runs: runs.loss * 2)
    assert declared(documented={"twice the loss": figure}).documented["twice the loss"] is figure


@pytest.mark.parametrize(
    ("predicate", "changes", "message"),
    [
        (low_loss, {"because": ""}, "claim 'line-1': because=''; expected a text that is not empty; say how"),
        (low_loss, {"because": " \n"}, "claim 'line-1': because=' \\n'; expected a text"),
        (low_loss, {"because": None}, "claim 'line-1': because=None; expected a text"),
        (
            without_statement,
            {},
            "claim 'line-1': statement=None; expected a text that is not empty; write it as",
        ),
        (
            low_loss,
            {"source": "Curves"},
            "claim 'line-1': source='Curves'; expected a place such as DOCUMENT.at",
        ),
        (low_loss, {"source": DOCUMENT}, "expected a place such as DOCUMENT.at('section')"),
        (
            low_loss,
            {"counterfactual": None},
            "claim 'line-1': counterfactual=None; expected a recipe in which",
        ),
        (low_loss, {"counterfactual": {}}, "claim 'line-1': counterfactual={}; expected a recipe in which"),
        (
            low_loss,
            {"counterfactual": {"run": LONGER}},
            "; expected a recipe in which the cause is taken away",
        ),
        (low_loss, {"counterfactual": RECIPE}, "expected another recipe than the claim's own"),
        (
            low_loss,
            {"counterfactual": {"runs": RECIPE.with_()}},
            "expected another recipe than the claim's own",
        ),
        (
            lower_loss,
            {"recipe": PAIR},
            "expected a recipe in which the cause is taken away, or a mapping from short",
        ),
        (
            lower_loss,
            {"recipe": PAIR, "counterfactual": PAIR},
            "expected another recipe than the claim's own",
        ),
        (low_loss, {"share": 1}, "share=1; expected a share strictly between 0 and 1; 0.99 says"),
        (low_loss, {"share": 0.0}, "share=0.0; expected a share strictly between 0 and 1"),
        (low_loss, {"share": 90}, "share=90; expected a finite number at least 0 and at most 1"),
        (low_loss, {"share": None}, "share=None; expected a finite number"),
        (
            low_loss,
            {"verdict": "hold"},
            "verdict='hold'; expected one of holds, refuted, undecided; did you mean",
        ),
        (
            low_loss,
            {"recipe": "model_7"},
            "claim 'line-1': recipe='model_7'; expected a Recipe, or a mapping",
        ),
        (low_loss, {"recipe": {"runs": 7}}, "claim 'line-1': recipe={'runs': 7}; expected a Recipe"),
        (
            low_loss,
            {"recipe": {"other": RECIPE}},
            "claim 'line-1': parameters=['runs']; expected a predicate",
        ),
        (lower_loss, {}, "claim 'line-1': recipe=Recipe("),
        (low_loss, {"recipe": PAIR}, "whose parameters are the names of the recipes: short, long"),
        (without_runs, {"recipe": {}}, "claim 'line-1': parameters=[]; expected a predicate"),
        (low_loss, {"documented": {"loss": "2"}}, "documented loss='2'; expected a finite number"),
    ],
)
def test_a_claim_that_lacks_something_is_told_what(
    predicate: Callable[..., Any], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        declared(predicate, **changes)
    assert message in str(caught.value)


def test_a_claim_needs_an_id() -> None:
    with pytest.raises(InvalidValue, match="claim '': id=''; expected a text that is not empty"):
        claim("", **PROPER)(low_loss)


def test_a_section_that_the_document_does_not_have_is_told_the_nearest_one() -> None:
    with pytest.raises(InvalidValue, match=r"section='Curve'; expected one of .*; did you mean 'Curves'\?"):
        DOCUMENT.at("Curve")


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


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"kind": "facts"},
            "kind='facts'; expected one of drift, fact, fact + drift, picture; did you mean 'fact'?",
        ),
        ({"source": None}, "fact 'line-2': source=None; expected a place such as DOCUMENT.at('section')"),
    ],
)
def test_a_fact_of_another_kind_or_without_a_source_is_rejected(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        fact("line-2", **{"source": DOCUMENT.at("Curves")} | changes)(without_runs)
    assert message in str(caught.value)


def test_a_fact_without_a_statement_is_rejected() -> None:
    with pytest.raises(
        InvalidValue, match=r"fact 'line-2': statement=None; expected .*; write it as the docstring"
    ):
        fact("line-2", source=DOCUMENT.at("Curves"))(lambda: None)
