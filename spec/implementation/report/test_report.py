"""The report: one HTML file that says what was found, and shows every text as text."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files
from typing import Any

import pytest

from nnspec.claims.budget import parse
from nnspec.report import Picture, render
from nnspec.report.words import wording
from spec.implementation.report.report_samples import Page, claim, fact, plain, png, results

OWN_SCRIPT = " ".join(
    files("nnspec.report").joinpath("templates").joinpath("report.js").read_text(encoding="utf-8").split()
)
NASTY = "<script>alert(\"1\")</script> & 'quoted' ärger 日本語 " + "verylongword" * 30


def test_a_page_is_well_formed_with_unique_ids_and_links_that_lead_somewhere():
    twins = [claim(part="minimum / 10"), claim(part="minimum - 10"), claim(part="steepest")]
    page = Page(render(results(claim(), *twins, fact(), fact(id="fun-1", document="fundamentals"))))
    ids = page.attributes("id")
    assert page.unbalanced == []
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.attributes("href")} <= set(ids)
    assert {x for label in page.attributes("aria-labelledby") for x in label.split()} <= set(ids)
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_page_has_no_script_but_its_own_and_forbids_itself_the_network():
    text = render(results(claim()), {"tfc-relu-sigmoid": [Picture("title", "alt", png())]})
    page = Page(text)
    assert not {tag for tag, _, _ in page.elements} & {"link", "iframe", "object"}
    assert page.texts("script") == [OWN_SCRIPT]
    (policy,) = [attrs["content"] for tag, attrs, _ in page.elements if "http-equiv" in attrs]
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data:")
    assert all(address.startswith("#") for address in page.attributes("href"))
    assert all(address.startswith("data:image/png;base64,") for address in page.attributes("src"))
    assert not re.search(r"https?://|@import|url\(", text)


def test_every_drawing_and_picture_has_a_description():
    boundary = Picture("Boundary", "Two half planes", png())
    page = Page(render(results(claim()), {"tfc-relu-sigmoid": [boundary]}))
    parts = {
        "documented",
        "seeds",
        "axis",
        "defined",
        "curves",
        "marks",
    }  # drawings within drawings, and what they use
    drawings = [
        attrs for tag, attrs, _ in page.elements if tag == "svg" and not parts & {*attrs["class"].split()}
    ]
    captions = ["accuracy", "Boundary"]
    pictures = [attrs for tag, attrs, _ in page.elements if tag == "img"]
    assert len(drawings) == 3
    # a bar stands beside its share, and strip and profile above a caption that says what they show
    assert all(attrs["aria-hidden"] == "true" for attrs in drawings)
    assert [(p["alt"], p["width"], p["height"]) for p in pictures] == [("Two half planes", "3", "2")]
    assert page.texts("figcaption") == captions
    page = Page(render(results(claim(figures={}))))
    told = "A reader gets 0.808 (0.5 … 0.99)."
    assert [plain(text) for text in page.texts("figcaption")] == [f"accuracy {told}"]


def test_a_script_of_many_claims_is_printed_once_and_the_others_link_to_it():
    arms = {"a": "A", "b": "B"}
    first = claim(id="first", recipes=arms, scripts={"a": "one", "b": "two"})
    both = first, claim(id="second", recipes={"b": "B"}, scripts={"b": "two"})
    page = Page(render(results(*both)))
    shown = [attrs["id"] for tag, attrs, _ in page.elements if tag == "pre"]
    assert shown == ["script-1", "script-2"]
    assert [address for address in page.attributes("href") if "script" in address] == ["#script-2"]
    assert page.texts("pre") == ["one", "two"]


LINES = [f"line {number} of the script" for number in range(20)]


@pytest.mark.parametrize(("changed", "differs"), [(1, True), (20, False)])
def test_of_a_script_that_differs_in_few_lines_these_are_shown(changed: int, differs: bool) -> None:
    texts = "\n".join(["# one", *LINES]), "\n".join(["# two", *["other"] * changed, *LINES[changed:]])
    arms = [{"recipes": {"runs": text[2:5]}, "scripts": {"runs": text}} for text in texts]
    page = Page(render(results(claim(id="first", **arms[0]), claim(id="second", **arms[1]))))
    shown = [attrs["id"] for tag, attrs, _ in page.elements if tag == "pre"]
    assert shown == ["script-1", "script-2"]
    # what changes beside these lines is the recipe, which the claim names
    assert page.texts("pre")[1] == (f"-{LINES[0]} +other" if differs else " ".join(texts[1].split()))
    assert ("#script-1" in page.attributes("href")) is differs


def test_a_script_is_told_by_the_nearest_of_its_document_which_may_be_told_by_its_lines_too() -> None:
    def one(name: str, text: list[str], document: str = "same") -> dict[str, Any]:
        own = {"recipes": {"runs": name}, "scripts": {"runs": "\n".join([f"# {name}", *text])}}
        return claim(id=name, document=document, title=document, **own)

    near, nearer = ["other", *LINES[1:]], ["other", "one more", *LINES[2:]]
    page = Page(render(results(one("a", LINES), one("b", near), one("c", nearer), one("d", near, "apart"))))
    whole = " ".join(["# d", *near])
    assert page.texts("pre")[1:] == [f"-{LINES[0]} +other", f"-{LINES[1]} +one more", whole]
    assert [told for told in page.texts("p") if told.startswith("As ")] == [
        "As script 1, but:",
        "As script 2, but:",
    ]
    # a recipe stands where its script does
    again = one("again", LINES) | {"recipes": {"runs": "a"}, "scripts": {"runs": "\n".join(["# a", *LINES])}}
    told = Page(render(results(one("a", LINES), one("b", near), again | {"recipes": {"runs": "A"}})))
    assert [text for text in told.texts("dd") if text.startswith("script")] == ["script 1"]


def test_what_is_trained_for_several_claims_is_described_for_the_first() -> None:
    again = {"recipes": {"a": "Moons: 1", "b": "Moons: 2"}, "scripts": {"a": "one", "b": "two"}}
    page = Page(render(results(*(claim(id=name, **again) for name in ("first", "second")))))
    assert "#claim-first" in page.attributes("href")
    assert [text for text in page.texts("dd") if "Moons: 1" in text] == ["a Moons: 1b Moons: 2"]
    assert "as for first" in page.texts("dd")


def test_texts_from_claims_are_shown_as_text():
    texts = dict.fromkeys(["id", "part", "document", "title", "section", "detail", "statement", "because",
                           "predicate", "measured", "replay", "message", "engine"], NASTY)  # fmt: skip
    known = claim()
    texts |= {
        "notes": [NASTY],
        "recipes": {NASTY: NASTY},
        "figures": {NASTY: known["figures"]["accuracy"]},
        "values": [known["values"][0] | {"label": NASTY}],
        "counterfactual": known["counterfactual"] | {"description": NASTY},
        "drift": [dict.fromkeys(["printed", "happens", "today", "since"], NASTY)],
    }
    document = results(claim(**texts), fact(**(texts | {"id": "other", "figures": {}, "values": []})))
    document["environment"] |= {"machine": NASTY, "numpy": NASTY}
    pictures = {f"{NASTY}[{NASTY}]": [Picture(NASTY, NASTY, png())]}
    page = Page(render(document, pictures))
    assert page.texts("script") == [OWN_SCRIPT]
    assert page.unbalanced == []
    assert NASTY in page.texts("p", class_="statement")
    assert page.texts("figcaption")[-1] == NASTY
    assert NASTY in page.attributes("alt")


def test_terminal_colours_and_characters_that_html_forbids_are_taken_out():
    page = Page(render(results(claim(message="\x1b[31mred\x1b[0m \x00 \ud800 end\nnext"))))
    assert page.texts("pre") == ["red \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER} end next"]


def test_a_verdict_is_a_word_and_a_symbol_in_every_table_and_heading():
    verdicts = ["holds", "refuted", "undecided", "error", "skipped"]
    page = Page(render(results(*(claim(id=verdict, verdict=verdict) for verdict in verdicts))))
    for verdict in verdicts:
        badges = page.texts("span", class_=f"badge {verdict}")
        assert len(badges) >= 2
        # how a report is read says what facts are called
        assert set(badges) - {"✓ as stated"} == {f"{wording.SYMBOLS[verdict]} {verdict}"}


@pytest.mark.parametrize(
    ("worst", "best", "expected"),
    [([], [5, 60, 75], "5,60,75"), ([10], [18, 23], "10,18,23"), ([], [7], "7,"), ([4, 11], [], "4,11")],
)
def test_the_best_seeds_are_replayed_too(worst: list[int], best: list[int], expected: str) -> None:
    given = f"nnspec verify 'x' --seeds {','.join(map(str, worst or (0, 1)))}"
    page = Page(render(results(claim(id="x", worst_seeds=worst, best_seeds=best, replay=given))))
    # the page says once how a command begins
    assert [text for text in page.texts("code") if "--seeds" in text] == [f"--seeds {expected}"]
    assert "nnspec verify 'NAME[PART]'" in page.texts("code")
    elsewhere = "nnspec notebook a.ipynb --seeds 4,11"
    page = Page(render(results(claim(id="x", worst_seeds=[4, 11], replay=elsewhere))))
    assert elsewhere in page.texts("code")
    assert parse("quick", expected).seeds == (*worst, *best)


def test_two_thresholds_on_the_same_values_are_one_strip_that_shades_what_lies_between():
    values = {"label": "rate", "claim": [0.005, 0.015, 0.03], "counterfactual": []}
    both = [values | {"operator": "≥", "threshold": 0.01}, values | {"operator": "≤", "threshold": 0.02}]
    page = Page(render(results(claim(values=both, figures={}))))
    strips = [attrs for tag, attrs, _ in page.elements if tag == "svg" and attrs.get("class") == "strip"]
    lines = [attrs for tag, attrs, _ in page.elements if tag == "line" and attrs.get("class") == "threshold"]
    assert len(strips) == 1
    assert len(lines) == 2


def test_a_documented_metric_is_marked_on_the_strip_of_its_values():
    values = [{**claim()["values"][0], "label": "test accuracy"}]
    figure = claim()["figures"]["accuracy"]
    marked = render(results(claim(values=values, figures={"test_accuracy": figure})))
    assert "printed 0.991" in plain(marked)
    assert "printed 0.991" not in plain(render(results(claim(values=values, figures={"loss": figure}))))
