"""Sentences counted: several readings are one, figures, claims of ours and facts stand apart."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from nnspec.results.claim_result import ClaimResult
from nnspec.results.counts import counts
from nnspec.results.sentences import (
    DEPENDS,
    VERDICTS,
    counted,
    figures_in_words,
    printed_figures,
    sentences,
)
from nnspec.statistics.scales import AS_WELL
from spec.implementation.report.report_samples import claim, fact, figure, result

SAYS = "A network separates the circles."


def reading(verdict: str, **changes: Any) -> ClaimResult:
    """Return a reading of one sentence with this verdict."""
    return result(claim(**{"says": SAYS, "part": verdict, "verdict": verdict, "figures": {}} | changes))


def of_one_case(*places: str, **changes: Any) -> ClaimResult:
    told = {"reading": "one case", "claimed_share": None, "places": list(places)}
    return reading("placed" if places else "undecided", **told | changes)


def of_a_figure(*places: str, successes: int = 66, **changes: Any) -> ClaimResult:
    return of_one_case(*places, **{"reading": "figure", "successes": successes} | changes)


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        (["holds"], "holds"),
        (["holds", "holds"], "holds"),
        (["refuted", "refuted", "refuted"], "refuted"),
        (["holds", "refuted"], DEPENDS),
        (["refuted", "holds", "undecided"], DEPENDS),
        (["holds", "undecided"], "undecided"),
        (["refuted", "undecided"], "undecided"),
        (["holds", "skipped"], "skipped"),
        (["holds", "refuted", "skipped"], "skipped"),
        (["skipped", "error", "holds"], "error"),
    ],
)
def test_several_readings_of_a_sentence_have_one_verdict(verdicts: list[str], told: str) -> None:
    for order in (verdicts, verdicts[::-1]):
        (one,) = sentences([reading(verdict) for verdict in order])
        assert (one.verdict, one.told, len(one.readings)) == (told, told, len(verdicts))
        assert one.verdict in VERDICTS


@pytest.mark.parametrize(
    ("places", "verdict", "told"),
    [
        ([["mostly"]], "placed", "mostly"),
        ([["mostly", "nearly always"], ["mostly"]], "placed", "mostly"),
        ([["mostly"], ["mostly", "nearly always"]], "placed", "mostly"),
        ([["seldom", "a coin toss"], ["seldom", "a coin toss"]], "placed", "seldom or a coin toss"),
        ([["seldom"], ["mostly"]], DEPENDS, DEPENDS),
        ([["seldom", "a coin toss"], ["mostly", "nearly always"]], DEPENDS, DEPENDS),
        ([["mostly"], []], "undecided", "undecided"),
        ([[], ["mostly"]], "undecided", "undecided"),
    ],
)
def test_readings_of_one_case_are_placed_where_their_places_agree(
    places: list[list[str]], verdict: str, told: str
) -> None:
    (one,) = sentences([of_one_case(*words) for words in places])
    assert (one.verdict, one.told) == (verdict, told)


def test_sentences_of_other_documents_words_or_readings_are_others_and_keep_their_order() -> None:
    found = sentences(
        [
            reading("holds", document="second"),
            reading("refuted", says="It converges."),
            of_one_case("mostly"),
            reading("holds"),
            reading("refuted", document="second"),
        ]
    )
    assert [(one.document, one.says, one.reading, one.verdict) for one in found] == [
        ("second", SAYS, "general", DEPENDS),
        ("tf-classification", "It converges.", "general", "refuted"),
        ("tf-classification", SAYS, "one case", "placed"),
        ("tf-classification", SAYS, "general", "holds"),
    ]
    assert list(counted(found).items()) == [("holds", 1), ("refuted", 1), (DEPENDS, 1), ("placed", 1)]


def test_figures_claims_of_ours_and_facts_are_no_sentences() -> None:
    others = [
        of_a_figure("usual"),
        reading("refuted", beyond="two networks are asked"),
        reading("refuted", says="", beyond="no sentence of the document says it"),
        result(fact()),
    ]
    assert sentences(others) == []
    (one,) = sentences([reading("holds"), *others])
    assert one.verdict == "holds"


def test_every_figure_of_a_document_is_counted_once_and_none_of_ours() -> None:
    two = {"accuracy": figure(), "loss": figure(places=["usual"], as_well=128, explained="drift-1")}
    found = printed_figures(
        [
            reading("holds", figures=two),
            of_a_figure("lucky"),
            of_a_figure(),
            reading("holds", figures=two, beyond="of ours"),
            of_a_figure("usual", beyond="of ours"),
            reading("skipped", seeds=None, successes=None, share=None),
            result(fact()),
        ]
    )
    assert [(one.label, one.as_well, one.seeds, one.places, one.explained) for one in found] == [
        ("accuracy", 28, 256, ("better than most",), ""),
        ("loss", 128, 256, ("usual",), "drift-1"),
        ("A 4-4-1 network separates the circles.", 66, 256, ("lucky",), ""),
        ("A 4-4-1 network separates the circles.", 66, 256, AS_WELL.words, ""),
    ]


@pytest.mark.parametrize(
    ("places", "odd"),
    [
        (["lucky"], True),
        (["unlucky"], True),
        (["out of reach"], True),
        (["usual"], False),
        (["better than most"], False),
        (["lucky", "better than most"], False),
        ([], False),
    ],
)
def test_odd_is_a_figure_that_hardly_any_run_gives(places: list[str], odd: bool) -> None:
    (one,) = printed_figures([of_a_figure(*places)])
    assert one.odd is odd


def test_figures_are_told_with_how_many_would_be_odd_by_chance() -> None:
    figures = printed_figures([of_a_figure("usual")] * 57 + [of_a_figure("lucky")] * 2 + [of_a_figure()])
    assert figures_in_words(figures) == (
        "59 of 60 printed figures are placed. By chance about 3 of them would be lucky, unlucky or out of "
        "reach; 2 are by the runs counted, 2 beyond doubt."
    )
    moved = result(claim(figures={"loss": figure(places=["out of reach"], explained="drift-1")}))
    assert figures_in_words([*figures, *printed_figures([moved])]).endswith(
        "reach; 3 are by the runs counted, 3 beyond doubt, 1 by a known change of a library."
    )
    assert figures_in_words([]) == ""


def test_everything_is_counted_in_words_as_what_it_is() -> None:
    found = [
        reading("holds"),
        reading("holds", part="b"),
        reading("holds", says="It converges."),
        reading("refuted", says="It always converges."),
        reading("holds", says="It is fast."),
        reading("refuted", says="It is fast."),
        of_one_case("mostly", says="It was fast."),
        of_a_figure("usual"),
        reading("refuted", says="", beyond="no sentence of the document says it"),
        result(fact()),
        result(fact(verdict="error")),
    ]
    assert counts(found).in_words() == (
        "5 sentences: 2 holds, 1 refuted, 1 depends on the reading, 1 told; 1 printed figure placed; "
        "1 claim of ours: 1 refuted; 2 facts: 1 as stated, 1 in error"
    )
    assert counts(found[:1]).in_words() == "1 sentence: 1 holds"


def test_where_no_claim_names_its_sentence_each_of_them_counts() -> None:
    found = [reading(verdict, says="") for verdict in ("holds", "holds", "refuted")]
    assert counts([*found, result(fact())]).in_words() == "3 claims: 2 holds, 1 refuted; 1 fact: 1 as stated"


def test_the_numbers_of_sentences_by_verdict_add_up() -> None:
    found = sentences(reading("holds", says=f"It is {number}.") for number in range(5))
    assert counted(found) == Counter({"holds": 5})
    assert counted([]).total() == 0
