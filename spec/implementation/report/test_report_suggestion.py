"""What the report suggests to an author is true of the seeds; what it draws against a baseline too."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.plots import style
from nnspec.plots.picture_file import picture_file, smaller
from nnspec.project.full_report import full_report
from nnspec.report import Picture, render
from nnspec.report.claim import ShownClaim, evidence
from nnspec.report.documents import DocumentPart, documents
from nnspec.report.drawing.drift_bar import drift_bar
from nnspec.report.parts import FreshSeeds
from spec.implementation.report.report_samples import Page, claim, complete, fact, plain, result, results


def what_is_true(item: ShownClaim) -> tuple[str, ...]:
    return item.truth


def suggested_wording(item: ShownClaim) -> str:
    return item.wording


def refuted(values: list[float | None], operator: str = "≥", threshold: float = 0.98, **changes: object):
    """Return a refuted claim that compares these values."""
    value = {"label": "accuracy", "operator": operator, "threshold": threshold}
    yes = sum(v is not None and (v >= threshold if operator == "≥" else v <= threshold) for v in values)
    compared = [{**value, "claim": values, "counterfactual": []}]
    found = {"values": compared, "seeds": len(values), "successes": yes, "share": yes / len(values)}
    return evidence(result(claim(**found | {"predicate": f"accuracy {operator} {threshold:g}"} | changes)))


@pytest.mark.parametrize("operator", ["≥", "≤"])
@pytest.mark.parametrize("share", [0.6, 0.9, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_as_many_seeds_as_claimed_reach_the_threshold_that_is_named(
    operator: str, share: float, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0, 1, 64)
    threshold = 3.0 if operator == "≥" else -3.0
    said = plain(" ".join(what_is_true(refuted(values.tolist(), operator, threshold, claimed_share=share))))
    found = re.search(r"(All|(\d+) of the) 64 seeds reach accuracy [≥≤] (\S+),", said)
    assert found is not None
    named = float(found[3].replace("−", "-"))
    reached = int((values >= named).sum() if operator == "≥" else (values <= named).sum())
    assert reached >= share * 64
    assert reached == int(found[2] or 64)


def test_median_and_central_range_are_those_of_the_seeds() -> None:
    values = np.linspace(0.5, 0.9, 101)
    item = refuted(values.tolist())
    low, middle, high = (f"{number:.4g}" for number in np.quantile(values, [0.025, 0.5, 0.975]))
    assert what_is_true(item)[0] == (
        f"The median accuracy is {middle}; the central 95 % lie between {low} and {high}."
    )
    assert plain(suggested_wording(item)) == (
        "Of 101 runs that differ only in the random seed, 0 (0 %) had accuracy ≥ 0.98; "
        f"the median accuracy was {middle}, 95 % of the runs from {low} to {high}."
    )


def test_the_share_for_which_a_claim_would_hold_lies_within_its_interval() -> None:
    said = plain(" ".join(what_is_true(refuted([0.5, 0.99] * 32, interval=[0.237, 0.6]))))
    assert "a claim of at least 23 % of the seeds would hold" in said
    assert "would hold" not in " ".join(what_is_true(refuted([0.5] * 64, interval=[0.0, 0.2])))


def test_seeds_without_a_value_are_left_out_and_said() -> None:
    item = refuted([None, None, 0.5, 0.6], diverged=2)
    assert "of the 2 finite ones" in what_is_true(item)[0]
    assert plain(item.wording).endswith("; 2 runs diverged.")
    # with two of four lost, no threshold is reached by nine in ten
    assert "reach accuracy" not in " ".join(what_is_true(item))


def test_nothing_is_suggested_where_nothing_is_refuted_or_judged() -> None:
    assert evidence(result(claim(verdict="holds", expected="holds"))).wording == ""
    assert evidence(result(fact())).truth == ()
    assert evidence(result(claim(seeds=None, share=None, verdict="error"))).truth == ()


def shown_document(*found: dict[str, Any], fresh: dict[str, FreshSeeds] | None = None) -> DocumentPart:
    """Return the only document of these claims as the report has it."""
    items = [evidence(result(one)) for one in found]
    items = [replace(item, fresh_seeds=(fresh or {}).get(item.key)) for item in items]
    (document,) = documents(items)
    return document


def test_an_author_finds_what_is_refuted_left_open_untypical_and_changed() -> None:
    figure = claim()["figures"]["accuracy"] | {"typical": False}
    entry = {"printed": "a()", "happens": "raises", "today": "b()", "since": ""}
    found = [
        claim(),
        claim(id="b", verdict="undecided"),
        claim(id="more", verdict="undecided"),
        claim(id="c", verdict="holds", figures={"loss": figure}),
        claim(id="few", verdict="holds", seeds=2, successes=2, figures={"loss": figure}),
        claim(id="ours", beyond="on other data", figures={"loss": figure}),
        fact(id="d", drift=[entry, entry | {"works": True}]),
    ]
    fresh = {"b": FreshSeeds("open", "undecided", 45, 50), "more": FreshSeeds("so", "holds", 99, 100)}
    document = shown_document(*found, fresh=fresh)
    assert [item.id for item in document.refuted] == ["tfc-relu-sigmoid"]
    assert [item.id for item in document.undecided] == ["b"]
    assert [item.id for item in document.decided] == ["more"]
    assert [item.id for item in document.beyond["on other data"]] == ["ours"]
    assert [(item.id, label) for item, label, _ in document.atypical] == [("c", "loss")]
    assert [item.id for item, _ in document.drift] == ["d", "d"]


def test_an_author_is_told_what_the_suggested_wording_calls_by_a_name() -> None:
    compared = [{**claim()["values"][0], "label": "loss of small - loss of large", "operator": "<"}]
    arms = {"small": "Moons: 3-1", "large": "Moons: 50-1", "other": "Moons: 7-1"}
    one = evidence(result(claim(values=compared, recipes=arms)))
    assert one.arms == {"small": "Moons: 3-1", "large": "Moons: 50-1"}
    page = Page(render(results(complete(claim(values=compared, recipes=arms)))))
    assert page.texts("span", class_="arms") == ["small: Moons: 3-1; large: Moons: 50-1."]
    assert evidence(result(claim(recipes={"accuracy": "Moons: 3-1"}))).arms == {}


@pytest.mark.parametrize(
    ("works", "sentence"),
    [
        ([False], "1 piece of printed code no longer does what the document shows."),
        ([False, False, True], "2 pieces of printed code no longer do what the document shows, 1 piece more "
         "still works, with a remark."),
        ([True, True], "2 pieces of printed code still work, with a remark."),
    ],
)  # fmt: skip
def test_what_still_works_is_not_counted_as_changed(works: list[bool], sentence: str) -> None:
    entries = [{"printed": "a()", "happens": "x", "today": "b()", "since": "", "works": one} for one in works]
    assert plain(shown_document(fact(drift=entries)).drift_sentence) == sentence


def test_seeds_of_equal_values_are_counted_as_they_are() -> None:
    said = plain(" ".join(what_is_true(refuted([0.5] * 10 + [0.75] * 50 + [0.9] * 4, claimed_share=0.7))))
    assert "54 of the 64 seeds reach accuracy ≥ 0.75" in said
    # the median has been told, and what every seed reaches tells nothing
    assert "reach accuracy" not in " ".join(what_is_true(refuted([0.5] * 64, claimed_share=0.9)))
    half = refuted(np.linspace(0, 0.9, 64).tolist(), claimed_share=0.5)
    assert "reach accuracy" not in " ".join(what_is_true(half))


def test_what_is_the_same_for_every_seed_is_said_without_a_range() -> None:
    item = refuted([0.5] * 64)
    assert what_is_true(item)[0] == "The accuracy is 0.5 for every seed."
    assert plain(item.wording).endswith("; the accuracy was 0.5 in all of them.")
    assert "for every seed" not in what_is_true(refuted([0.5] * 63 + [0.6]))[0]


def test_of_a_small_distance_to_a_printed_figure_the_figure_itself_is_told() -> None:
    near = {"label": "test accuracy", "low": 0.98, "high": 1.0, "claim": [0.5] * 32 + [0.7] * 32}
    value = {"label": "|test accuracy - 0.99|", "operator": "≤", "threshold": 0.01, "claim": [0.2] * 64}
    item = evidence(result(claim(values=[value | {"within": near}], seeds=64, figures={})))
    assert (
        what_is_true(item)[0] == "The median test accuracy is 0.6; the central 95 % lie between 0.5 and 0.7."
    )
    said = suggested_wording(item)
    assert "had test accuracy within 0.01 of 0.99; the median test accuracy was 0.6" in said


def test_too_few_seeds_are_no_alarm_but_a_contradiction_is() -> None:
    quick = {"seeds": 64, "as_recorded": False}
    few = evidence(result(claim(verdict="undecided", expected="holds", **quick)), "quick")
    assert (few.alarms, few.few_seeds) == ((), True)
    assert evidence(result(claim(verdict="undecided", expected="holds", **quick)), "standard").alarms
    assert evidence(result(claim(verdict="refuted", expected="holds", **quick)), "quick").alarms
    passing = claim()["counterfactual"] | {"verdict": "holds"}
    assert evidence(result(claim(counterfactual=passing, **quick)), "quick").alarms


def test_a_change_is_drawn_with_both_medians_and_says_them() -> None:
    svg = plain(drift_bar("accuracy", [0.1, 0.2, 0.3], [0.5, 0.6, 0.7], 0.4))
    assert "baseline: median 0.2; this run: median 0.6" in svg
    assert len(re.findall("<circle", svg)) == 2
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)%', svg)]
    assert places[0] < places[1]
    assert drift_bar("accuracy", [float("inf")] * 3, [0.5, 0.6], None) == ""


def test_a_page_with_many_pictures_is_made_to_fit(tmp_path: Path) -> None:
    figure, (ax,) = style.empty_figure()
    ax.imshow(np.random.default_rng(0).random((200, 200)))  # noise, which nothing compresses well
    large = picture_file(figure)
    encoded = base64.b64encode(large).decode()
    one = {"title": "t", "alt": "a", "file": encoded}
    number = 3 * 10**6 // len(encoded)
    path = tmp_path / "report.html"
    full_report(path, results(complete(claim())), {"tfc-relu-sigmoid": [one] * number}, tmp_path)
    assert path.stat().st_size <= 2 * 10**6
    assert len(Page(path.read_text(encoding="utf-8")).attributes("alt")) == number
    small = Picture("t", "a", smaller(large, 0.5))
    assert small.size == tuple(round(side / 2) for side in Picture("t", "a", large).size)


def test_a_report_without_baselines_beside_it_has_no_section_on_them(tmp_path: Path) -> None:
    full_report(tmp_path / "report.html", results(complete(claim())), {}, tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Since the baseline" not in Page(text).texts("h2")
    (tmp_path / "baselines/claims").mkdir(parents=True)
    (tmp_path / "baselines/claims/doc.json").write_text(json.dumps({"claims": 7}))
    full_report(tmp_path / "report.html", results(complete(claim())), {}, tmp_path)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == text
