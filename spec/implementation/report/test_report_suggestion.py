"""What the report suggests to an author is true of the seeds, and says it in words that may be printed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from nnspec.report import render
from nnspec.report.words.reader import what_a_reader_gets
from nnspec.report.words.title import MOST_WORDS, title
from spec.implementation.report.report_samples import claim, complete, fact, plain, result, results
from spec.implementation.stored_pages import readable

LABELS = [
    ("accuracy", "≥", 0.98),
    ("loss of small - loss of large", "<", 0.0),
    ("test accuracy of relu - test accuracy of tanh", ">", 0.0),
    ("accuracy of relu - accuracy of linear", "≥", 0.25),
    ("test accuracy of longer - test accuracy of shorter", "≤", 0.061),
    ("updates - bound", "≤", 0.0),
    ("accuracy in epoch 50 - val accuracy in epoch 50", "≥", 0.0341),
    ("accuracy in epoch 25 - accuracy in epoch 1", ">", 0.0),
    ("accuracy of half - test accuracy of half - (accuracy of none - test accuracy of none)", "<", 0.0),
    ("sum of |hidden weights| of penalised - sum of |hidden weights| of plain", "<", 0.0),
    ("|test accuracy - 0.97|", "≤", 0.010001),
    ("|loss in epoch 1 / 2.7849 - 1|", "≤", 0.1),
    ("|loss in epoch 100 - loss in epoch 1|", "≤", 0.01),
    ("|(1 - test accuracy) · 10000 - 1136|", "≤", 100.0),
]
VALUES = {"claim": [0.5] * 32 + [0.7] * 32, "counterfactual": []}
NEAR = {"label": "test accuracy", "low": 0.98, "high": 1.0, **VALUES}
LOW, HIGH = (
    {"label": "rate", "operator": sign, "threshold": at, "claim": [0.03] * 64, "counterfactual": []}
    for sign, at in (("≥", 0.01), ("≤", 0.02))
)


def refuted(values: list[float | None], operator: str = "≥", threshold: float = 0.98, **changes: Any) -> Any:
    """Return a refuted claim that compares these values."""
    value = {"label": "accuracy", "operator": operator, "threshold": threshold}
    yes = sum(v is not None and (v >= threshold if operator == "≥" else v <= threshold) for v in values)
    compared = [{**value, "claim": values, "counterfactual": []}]
    found = {"values": compared, "seeds": len(values), "successes": yes, "share": yes / len(values)}
    return claim(**found | {"predicate": f"accuracy {operator} {threshold:g}"} | changes)


def suggested(one: dict[str, Any]) -> str:
    """Return what the report says to the author beside a claim."""
    lines = plain(readable(render(results(complete(one))))).splitlines()
    return "\n".join(line for line in lines if line.startswith(("What is true | ", "Suggested wording:")))


def comparing(*compared: dict[str, Any]) -> dict[str, Any]:
    """Return a refuted claim that compares these quantities."""
    predicate = " and ".join(f"{one['label']} {one['operator']} {one['threshold']}" for one in compared)
    return claim(values=list(compared), seeds=64, predicate=predicate, interval=[0.05, 0.2])


SUGGESTIONS = {
    "many": refuted(np.linspace(0.5, 0.9, 101).tolist()),
    "a share for which it would hold": refuted([0.5, 0.99] * 32, interval=[0.237, 0.6]),
    "no value for some, so that no threshold is reached by nine in ten": refuted(
        [None, None, 0.5, 0.6], diverged=2
    ),
    "equal values": refuted([0.5] * 10 + [0.75] * 50 + [0.9] * 4, claimed_share=0.7),
    "the same for all": refuted([0.5] * 64, interval=[0.0, 0.2]),
    "the same for all but one": refuted([0.5] * 63 + [0.6]),
    "half, whose threshold is the median": refuted(np.linspace(0, 0.9, 64).tolist(), claimed_share=0.5),
    "near a printed figure": comparing(
        {"label": "|test accuracy - 0.99|", "operator": "≤", "threshold": 0.01, "claim": [0.2] * 64,
         "counterfactual": [], "within": NEAR}
    ),
    "two groups": refuted([0.50 + n / 1000 for n in range(40)] + [0.9 + n / 1000 for n in range(24)]),
    "two groups and a seed without a value": refuted(
        [None, *(0.50 + n / 1000 for n in range(40)), *(0.9 + n / 1000 for n in range(24))], diverged=1
    ),
    "two arms that are equal in most seeds": comparing(
        {"label": "test accuracy of dropped - test accuracy of plain", "operator": ">", "threshold": 0.0,
         "claim": [0.0] * 43 + [n / 500 for n in range(1, 20)] + [-0.002] * 2, "counterfactual": []}
    ),
    "two limits": comparing(LOW, HIGH),
    "no known comparison": comparing() | {"predicate": "accuracy ≥ 0.5"},
}  # fmt: skip


def test_what_is_suggested_is_stored(stored_page: Any) -> None:
    told = [f"# {name}\n{suggested(one)}" for name, one in SUGGESTIONS.items()]
    stored_page("suggestions", "\n\n".join(told))


def test_the_title_of_a_claim_says_what_was_found_in_the_stored_words(stored_page: Any) -> None:
    values = {"claim": [0.2] * 64, "counterfactual": []}
    told = []
    for label, operator, threshold in LABELS:
        one = comparing({"label": label, "operator": operator, "threshold": threshold, **values})
        one |= {"statement": "A 4-4-1 network separates both circles well", "successes": 13}
        found = {kind: title(result(one | {"reading": kind})) for kind in ("general", "figure")}
        told += [f"{label} {operator} {threshold}", *(f"    {kind}: {said}" for kind, said in found.items())]
        assert all(len(said.split()) <= MOST_WORDS for said in found.values())
    stored_page("titles", "\n".join(told))


def test_a_short_statement_is_the_title_with_its_counts() -> None:
    one = comparing(
        {"label": "loss", "operator": "<", "threshold": 0.5, "claim": [0.2] * 64, "counterfactual": []}
    )
    said = title(result(one | {"statement": "It separates the circles.", "successes": 13}))
    assert said == "It separates the circles: 13 of 64 runs"


SHORT = "Dropout narrows the gap"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, f"{SHORT} in 13 of 64 runs"),
        ({"verdict": "holds", "successes": 64}, f"{SHORT} in all 64 runs"),
        ({"verdict": "undecided", "successes": 0}, f"{SHORT} in none of 64 runs"),
        ({"seeds": 1, "successes": 1}, f"{SHORT} in 1 of 1 runs"),
        ({"in_short": f"{SHORT} on digits"}, f"{SHORT} on digits: 13 of 64 runs"),
        ({"in_short": f"{SHORT} of both losses"}, f"{SHORT} of both losses: 13 of 64"),
        ({"headline": "Something else"}, f"{SHORT} in 13 of 64 runs"),
        ({"in_short": "", "headline": SHORT}, f"{SHORT} in 13 of 64 runs"),
        ({"in_short": "", "headline": f"{SHORT} of all the digits"}, f"Refuted: {SHORT} of all the digits"),
        ({"verdict": "skipped", "seeds": None, "successes": None}, f"Skipped: {SHORT}"),
        ({"verdict": "error", "seeds": None, "successes": None}, f"In error: {SHORT}"),
        ({"verdict": "skipped", "seeds": None, "successes": None, "in_short": ""}, "Skipped"),
    ],
)  # fmt: skip
def test_the_title_goes_on_from_the_claim_in_short_with_what_was_found(
    changes: dict[str, Any], said: str
) -> None:
    values = {"label": "accuracy", "operator": "≥", "threshold": 0.98, "claim": [0.5] * 64}
    one = comparing({**values, "counterfactual": []}) | {"successes": 13, "in_short": SHORT}
    found = title(result(one | changes))
    assert found == said
    assert len(found.split()) <= MOST_WORDS


@pytest.mark.parametrize("operator", ["≥", "≤"])
@pytest.mark.parametrize("share", [0.6, 0.9, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_as_many_seeds_as_claimed_reach_the_threshold_that_is_named(
    operator: str, share: float, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0, 1, 64)
    threshold = 3.0 if operator == "≥" else -3.0
    said = suggested(refuted(values.tolist(), operator, threshold, claimed_share=share))
    found = re.search(r"(All|(\d+) of the) 64 runs reach accuracy [≥≤] (\S+),", said)
    assert found is not None
    named = float(found[3].replace("−", "-"))
    reached = int((values >= named).sum() if operator == "≥" else (values <= named).sum())
    assert reached >= share * 64
    assert reached == int(found[2] or 64)


def test_median_and_central_range_are_those_of_the_seeds() -> None:
    values = np.linspace(0.5, 0.9, 101)
    low, middle, high = (
        f"{number:.3g}" for number in np.quantile(values, [0.025, 0.5, 0.975], method="inverted_cdf")
    )
    said = suggested(refuted(values.tolist()))
    assert f"median accuracy was {middle}; in 95 % of the runs it was between {low} and {high}." in said


@pytest.mark.parametrize(
    ("values", "seeds", "said"),
    [
        (np.linspace(0.5, 0.9, 101).tolist(), 101, "A reader gets 0.7 (0.508 … 0.892)."),
        ([0.5] * 128 + [0.9] * 128, 256, "A reader gets one of two groups: 50 % near 0.5, 50 % near 0.9."),
        ([0.5] * 64, 64, "A reader gets always 0.5."),
        ([0.5] * 99 + [0.6], 100, "A reader gets nearly always 0.5."),
        ([0.5] * 64, 128, "A reader gets always 0.5 among 64 runs."),
        ([], 64, ""),
    ],
)
def test_what_a_reader_gets_is_the_median_with_its_range_or_two_groups(
    values: list[float], seeds: int, said: str
) -> None:
    assert plain(what_a_reader_gets(values, seeds)) == said


def test_what_a_reader_gets_stands_below_a_drawing_but_for_what_has_its_own_row() -> None:
    values = {"values": [{**claim()["values"][0], "claim": [0.5] * 128 + [0.9] * 128}]}
    told = "A reader gets one of two groups: 50 % near 0.5, 50 % near 0.9."
    assert told in plain(readable(render(results(complete(claim(**values, figures={}))))))
    assert "A reader gets one" not in readable(render(results(complete(claim(**values)))))


def test_nothing_is_suggested_where_nothing_is_refuted_or_judged() -> None:
    for one in claim(verdict="holds"), fact(), claim(seeds=None, share=None, verdict="error"):
        assert suggested(one) == ""


def test_nothing_is_suggested_instead_of_what_no_author_has_printed() -> None:
    values = np.linspace(0.5, 0.9, 64).tolist()
    assert "Suggested wording:" in suggested(refuted(values))
    assert "Suggested wording:" not in suggested(refuted(values, beyond="asked by readers"))
