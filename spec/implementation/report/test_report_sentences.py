"""The report speaks of sentences: what the document says, how it was read, and how its readings came out."""

from __future__ import annotations

from typing import Any

import pytest

from spec.implementation.report.report_samples import claim, fact, figure
from spec.implementation.report.sentence_samples import (
    ALIKE,
    ALWAYS,
    APART,
    CASE,
    HOLDS,
    OURS,
    RUN,
    SAYS,
    lines,
    shown,
)


def tiles(*claims: dict[str, Any]) -> list[str]:
    page = shown(*claims)
    (told,) = page.texts("ul", class_="counts")
    return [one for one in map(" ".join, map(str.split, page.texts("li"))) if one in told]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (CASE, "Of one case."),
        (RUN, "A printed figure."),
        (ALWAYS, "“always” asks for more than half."),
    ],
)
def test_what_the_document_says_stands_at_a_claim_with_the_kind_of_reading(
    one: dict[str, Any], said: str
) -> None:
    found = lines(one)
    assert found.count(f"The document: {one['says']}") == 1
    assert found.count(said) == 1


def test_a_general_sentence_says_what_it_claims_beside_the_verdict() -> None:
    found = lines(*ALIKE)
    verdicts = [line for line in found if line.startswith("98 %, interval ")]
    assert len(verdicts) == len(ALIKE)
    # that of any general sentence more than half is claimed is said where it is not so, or open
    assert not any("claimed" in line for line in verdicts)
    refuted = [line for line in lines(APART[0]) if line.startswith("5 %, interval ")]
    assert len(refuted) == 1
    assert ", where at least 90 % are claimed" in refuted[0]
    assert not [line for line in found if "one case" in line or "asks for more" in line]


def test_the_kind_of_reading_is_said_also_where_no_sentence_is() -> None:
    assert "A printed figure." in lines(RUN | {"says": "", "beyond": "ours"})


def test_how_often_one_case_comes_true_is_said_once() -> None:
    said = lines(CASE)
    at = said.index("○ mostly case")
    told = " ".join(said[at : at + 8])
    assert told.lower().count("mostly") == 1
    assert "13 of 256 runs" in told


def test_readings_of_one_sentence_are_counted_once() -> None:
    counted = ["2 ✓ hold", "0 ✗ are refuted", "1 ± depends on the reading", "0 ? are undecided",
               "1 ○ is told of one case", "1 fact or picture as stated"]  # fmt: skip
    other = claim(id="other", says="One more.", figures={}, **HOLDS)
    everything = (*ALIKE, other, *APART, CASE, RUN, OURS, fact())
    assert tiles(*everything) == counted
    told = " ".join(lines(*everything))
    assert "Counted are 4 sentences; several readings of one sentence count once." in told
    assert "Beside them stands 1 claim of ours, which no document makes: 1 refuted." in told
    assert shown(*everything).texts("title") == [
        "nnspec report: 4 sentences: 2 holds, 1 depends on the reading, 1 told; 3 printed figures placed; "
        "1 claim of ours: 1 refuted; 1 fact: 1 as stated"
    ]


def test_readings_that_came_out_apart_say_how_all_of_them_did() -> None:
    other = claim(id="other", says="One more.", figures={}, **HOLDS)
    found = lines(*ALIKE, other, *APART, OURS)
    assert [line for line in found if "of 2 readings" in line.lower()] == [
        "(1–2) It depends on which of 2 readings is meant.",  # the third is ours
    ]


def test_why_claims_of_a_document_are_skipped_is_said_once_for_each_reason():
    unjudged = {"verdict": "skipped", "seeds": None, "successes": None, "share": None, "interval": None}
    skipped = [
        claim(id=name, document=where, message=why, **unjudged)
        for name, where, why in [
            ("one", "a", "no images"),
            ("two", "a", "no images"),
            ("other", "a", "no texts"),
            ("there", "b", "no images"),
            ("unsaid", "b", ""),
        ]
    ]
    page = shown(*skipped, fact(id="fact", document="b", verdict="skipped", message="no images"))
    told = [*page.texts("pre"), *page.texts("p", class_="source")]
    assert told.count("no images") == 2
    assert told.count("no texts") == 1
    assert told.count("Skipped for the same reason as another one.") == 2
    assert {"#claim-one", "#claim-there"} <= set(page.attributes("href"))


def test_the_documents_are_counted_in_sentences_too() -> None:
    found = lines(*ALIKE, *APART, claim(id="b", document="other", title="Other", says="So."))
    start = found.index("Document | Hold | Refuted | Depend")
    assert found[start + 1 : start + 3] == ["02. Classification | 1 | 0 | 1", "Other | 0 | 1 | 0"]


def test_printed_figures_are_placed_by_how_many_runs_do_at_least_as_well() -> None:
    found = lines(claim(says=SAYS, figures={"accuracy": figure(places=["better than most", "usual"])}))
    assert "accuracy | 0.991 | better than most or usual: 28 of 256 | 0.85 | 0.5 … 0.99" in found
    assert "Figure | Printed | Do as well | Median | 95 %" in found
    open_ones = claim(figures={"accuracy": figure(places=["lucky", "better than most", "usual"])})
    assert any("| lucky to usual: 28 of 256 |" in line for line in lines(open_ones))
    assert any(
        line.startswith("5 %, interval ") and line.endswith("do at least as well.") for line in lines(RUN)
    )


def test_of_many_readings_those_that_came_out_as_recorded_are_rows_and_the_others_stand_each_for_itself() -> (
    None
):
    said = {"says": SAYS, "figures": {}}
    holds = [claim(id="many", part=part, because=f"by {part}", **said, **HOLDS) for part in "abcd"]
    others = [
        claim(id="many", part="e", **said),
        claim(id="many", part="f", **said, verdict="undecided", expected="undecided"),
        claim(id="many", part="g", says=SAYS, figures={"loss": figure(places=["unlucky"])}, **HOLDS),
        claim(id="many", part="h", **said, **HOLDS | {"expected": "refuted"}),
    ]
    page = shown(*holds, *others)
    rows = {str(attrs["id"]) for tag, attrs, _ in page.elements if tag == "tr" and "id" in attrs}
    assert {f"claim-many-{part}" for part in "abcd"} <= rows
    articles = [str(attrs["id"]) for tag, attrs, _ in page.elements if tag == "article"]
    assert articles == [f"claim-many-{part}" for part in "efgh"]
    told = " ".join(page.texts("td"))
    assert all(f"by {part}" in told for part in "abcd")
    numbers = [text.split()[2] for text in page.texts("span", class_="eyebrow")]
    assert numbers == ["5", "6", "7", "8"]


@pytest.mark.parametrize("readings", [2, 3])
def test_a_few_readings_stand_each_for_itself(readings: int) -> None:
    found = [claim(id="few", part=str(part), says=SAYS, figures={}, **HOLDS) for part in range(readings)]
    assert len(shown(*found).texts("article")) == readings


@pytest.mark.parametrize("values", [[0.98, 0.99], [None, None]])
def test_what_is_asked_is_told_in_words_where_no_drawing_shows_it(values: list[float | None]) -> None:
    one = {"label": "accuracy", "operator": "≥", "threshold": 0.98, "claim": values, "counterfactual": []}
    told = shown(RUN | {"values": [one], "predicate": "accuracy ≥ 0.98", "statement": "It gets there."})
    is_drawn = values[0] is not None
    assert ("Asked" in told.texts("dt")) is not is_drawn
    assert ("It gets there." in told.texts("p", class_="statement")) is not is_drawn
