"""Every claim of the documents reads a sentence by one rule, or says that it goes beyond them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from nnspec.claims.declarations import Claim
from nnspec.commands.collection import claims_in
from spec.folders import ROOT
from spec.implementation.claims.made_up_runs import RECIPE, WITHOUT_CAUSE, declared, of_two_arms
from spec.implementation.claims.sentence_rules import broken

MODULE = '''
NONE = {"counterfactual": None, "share": None}
test_general = declare("a", ALWAYS, says="It is accurate", share=None, without="the rate")
test_word = declare("b", ALWAYS, says="It is always accurate", share=0.9, word="always", without="the rate")
test_again = declare("c", HALF, says="It is accurate", share=None, without="the rate", verdict="undecided")
test_case = declare("d", ALWAYS, says="It was accurate", reading="one case", verdict="undecided", **NONE)
test_ours = declare("e", ALWAYS, share=0.7, without="the rate")

def higher(this, that):
    """One is higher."""
    return this.accuracy > that.accuracy

test_pair = declare("f", {"this": ALWAYS, "that": NEVER}, higher, says="Higher it is", **NONE)
'''


def test_the_claims_of_the_documents_keep_the_rules() -> None:
    assert broken(claims_in([str(ROOT / "spec/documents")])[0]) == []


def test_the_claims_of_a_module_are_found_and_keep_the_rules(project: Any) -> None:
    path = project.declare(MODULE)
    found, _ = claims_in([str(path)])
    assert [claim.key for claim in found] == list("abcdef")
    assert broken(found) == []


SAYS = "It will always converge"
SAME = MappingProxyType({"this": RECIPE, "that": RECIPE})


def of_one(**changes: Any) -> Claim:
    return replace(declared(says=SAYS, without="its cause"), **changes)


def of_two(**changes: Any) -> Claim:
    return replace(of_two_arms(says=SAYS, counterfactual={"this": WITHOUT_CAUSE}), **changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"says": ""}, "neither says what the document says, nor is beyond it"),
        ({"share": 0.9}, "a share of 0.9 without a word of the sentence"),
        ({"share": 0.9, "word": "never"}, "a share of 0.9 without a word of the sentence"),
        ({"share": 0.8, "word": "always"}, "a share of 0.8, neither one half nor at least 0.9"),
        ({"without": ""}, "a counterfactual of which nothing says what it is without"),
    ],
)
def test_a_rule_that_one_claim_breaks_is_told(changes: dict[str, Any], told: str) -> None:
    assert broken([of_one(**changes)]) == [f"line-1: {told}"]


def test_equal_arms_and_a_counterfactual_that_changes_nothing_are_told() -> None:
    equal = "line-1: a counterfactual with the same recipe in two arms"
    assert broken([of_two(counterfactual=SAME)]) == [equal]
    assert broken([of_two(counterfactual=of_two().recipes)]) == [
        "line-1: a counterfactual that is the claim itself"
    ]


def test_a_sentence_that_is_read_in_several_ways_is_told() -> None:
    ways = [of_one(), of_one(reading="figure"), of_one(reading="one case")]
    assert broken(ways) == [f"lines: '{SAYS}' is read as figure and general and one case"]


def test_what_keeps_the_rules_or_is_beyond_a_document_is_not_told() -> None:
    assert broken([of_one(), of_two(), of_one(share=0.95, word="Always")]) == []
    assert broken([of_one(beyond="two networks are asked", share=0.7)]) == []
    assert broken([of_one(), of_one(beyond="of another kind", reading="figure")]) == []
