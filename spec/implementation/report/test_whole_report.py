"""The report on the whole specification is short enough to be read, and its words are there to be read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from nnspec.report.ci_summary import markdown
from nnspec.report.claim import evidence
from nnspec.report.findings import MOST_WORDS, findings, first_sentence
from nnspec.report.words import title
from nnspec.results.claim_result import ClaimResult
from nnspec.results.counts import counts, is_fact
from nnspec.results.sentences import printed_figures
from spec.implementation.report.report_samples import Page, plain
from spec.implementation.report.whole_specification import page, results
from spec.implementation.stored_pages import readable

MOST_BYTES = 10**6  # without pictures, so that there is room for some in 2 MB
MOST_WORDS_OF_ALL = 36_500  # with all that is folded, and what drawings say of themselves


def test_the_words_of_the_whole_file_are_not_told_twice() -> None:
    words = [word for word in readable(page()).split() if word != "|"]
    assert 20_000 < len(words) <= MOST_WORDS_OF_ALL


def test_the_whole_report_fits_into_a_mail() -> None:
    assert len(page().encode()) <= MOST_BYTES


def test_every_declared_claim_and_fact_has_a_row_and_a_place() -> None:
    found = Page(page())
    rows = [attrs for tag, attrs, _ in found.elements if tag == "tr" and "data-verdict" in attrs]
    assert len(rows) == len(results().claims) > 200
    ids = set(found.attributes("id"))
    assert {link.removeprefix("#") for link in found.attributes("href")} <= ids


def test_the_first_sentence_and_the_findings_are_stored_for_a_person_to_read(stored_page: Any) -> None:
    claims = [evidence(claim) for claim in results().claims]
    said = first_sentence(counts(claims), printed_figures(claims))
    assert len(said.split()) <= MOST_WORDS
    chosen = findings(claims)
    assert 3 <= len(chosen) <= 5
    told = [f"- {one.title} [{one.badge.words}] {one.counted}" for one in chosen]
    stored_page("first_screen", plain("\n".join([said, *told])))


def test_every_title_and_suggested_wording_is_stored_for_a_person_to_read(stored_page: Any) -> None:
    claims = [evidence(claim) for claim in results().claims]
    over_runs = [claim for claim in claims if not claim.is_fact]
    assert all(len(claim.found.split()) <= title.MOST_WORDS for claim in over_runs)
    titles = [f"{claim.key}: {claim.found}" for claim in over_runs]
    wordings = [f"{claim.key}: {claim.wording}" for claim in claims if claim.wording]
    # what is left of a formula, a nested difference or the bare name of an arm is no English
    assert not [text for text in wordings if re.search(r"[|≥≤<>·]| - |_", text.partition(": ")[2])]
    stored_page("all_titles_and_wordings", plain("\n".join([*titles, "", *wordings])))


def over_runs() -> list[ClaimResult]:
    return [claim for claim in results().claims if not is_fact(claim)]


def test_every_claim_is_declared_in_short_and_its_title_begins_so() -> None:
    assert [claim.key for claim in over_runs() if not claim.in_short] == []
    assert [claim.key for claim in over_runs() if not title.title(claim).startswith(claim.in_short)] == []


@pytest.mark.parametrize("told", ["in_short", "title"])
def test_no_two_claims_of_a_document_are_titled_alike(told: str) -> None:
    titles = Counter(
        (claim.document, title.title(claim) if told == "title" else claim.in_short) for claim in over_runs()
    )
    assert [one for one, number in titles.items() if number > 1] == []


@pytest.mark.parametrize("successes", [0, 1, 1022, 2560])
def test_a_title_is_as_short_whatever_is_found(successes: int) -> None:
    found = [title.title(replace(claim, seeds=2560, successes=successes)) for claim in over_runs()]
    assert [one for one in found if len(one.split()) > title.MOST_WORDS] == []
    assert not any(one.startswith("True ") for one in found)


def test_the_page_and_the_summary_of_a_job_count_alike() -> None:
    (heading,) = Page(page()).texts("title")
    assert markdown(results(), []).startswith(f"## nnspec: {heading.removeprefix('nnspec report: ')}; ")


def test_a_report_speaks_of_runs_and_of_what_is_taken_away() -> None:
    said = readable(page()).partition("\nMethod\n")[0]
    assert not re.findall(r"counterfactual", said)
    seeds = [line for line in said.splitlines() if re.search(r"\bseeds?\b", line)]
    known = ("--seeds", "random seed", "fresh seed", "other seeds", "seed of their", "seeds (", "Fresh seeds")
    assert [line for line in seeds if not any(one in line for one in known)] == []
