"""The report: one HTML file that says what was found, and shows every text as text."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files

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
    parts = {"documented", "seeds", "axis", "defined"}  # drawings within drawings, and what they use
    drawings = [
        attrs for tag, attrs, _ in page.elements if tag == "svg" and not parts & {*attrs["class"].split()}
    ]
    pictures = [attrs for tag, attrs, _ in page.elements if tag == "img"]
    assert len(drawings) == 3
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in drawings)
    assert [(p["alt"], p["width"], p["height"]) for p in pictures] == [("Two half planes", "3", "2")]
    assert page.texts("figcaption") == ["accuracy", "Boundary"]


def test_a_script_of_many_claims_is_printed_once_and_the_others_link_to_it():
    both = claim(id="first", scripts={"a": "one", "b": "two"}), claim(id="second", scripts={"b": "two"})
    page = Page(render(results(*both)))
    shown = [attrs["id"] for tag, attrs, _ in page.elements if tag == "pre"]
    assert shown == ["script-1", "script-2"]
    assert [address for address in page.attributes("href") if "script" in address] == ["#script-2"]
    assert page.texts("pre") == ["one", "two"]


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
    }
    document = results(claim(**texts), fact(**(texts | {"id": "other", "figures": {}, "values": []})))
    document["environment"] |= {"machine": NASTY, "numpy": NASTY}
    pictures = {f"{NASTY}[{NASTY}]": [Picture(NASTY, NASTY, png())]}
    page = Page(render(document, pictures))
    assert page.texts("script") == [OWN_SCRIPT]
    assert page.unbalanced == []
    assert NASTY in page.texts("h3")
    assert page.texts("figcaption")[-1] == NASTY
    assert NASTY in page.attributes("alt")


def test_terminal_colours_and_characters_that_html_forbids_are_taken_out():
    page = Page(render(results(claim(message="\x1b[31mred\x1b[0m \x00 \ud800 end\nnext"))))
    assert page.texts("pre") == ["red \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER} end next"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Refuted: 11 of 256 seeds (4 %, interval 2–20 %), where at least 90 % are claimed."),
        (
            {"verdict": "holds", "successes": 250, "interval": [0.9004, 1.0]},
            "Holds: 250 of 256 seeds (98 %, interval 90.04–100.00 %), and at least 90 % are claimed.",
        ),
        (
            {"verdict": "undecided", "successes": 225, "interval": [0.8, 0.95], "diverged": 1},
            "Undecided: 225 of 256 seeds (88 %, interval 80–95 %); at least 90 % are claimed, which the "
            "interval leaves open. 1 seed diverged and counts as a no.",
        ),
        (
            {"successes": 255, "interval": [0.9, 0.999], "claimed_share": 1.0},
            "Refuted: 255 of 256 seeds (99.6 %, interval 90.0–99.9 %), where all are claimed.",
        ),
        ({"verdict": "error", "seeds": None, "share": None}, "Error: the claim could not be judged."),
        (
            {"verdict": "skipped", "seeds": None, "share": None},
            "Skipped: the claim was not examined in this run.",
        ),
    ],
)
def test_a_verdict_is_a_sentence(changes, expected):
    changes = {"successes": 11} | changes
    page = Page(render(results(claim(**changes))))
    assert page.texts("p", class_="verdict") == [plain(expected)]


def test_a_verdict_is_a_word_and_a_symbol_in_every_table_and_heading():
    verdicts = ["holds", "refuted", "undecided", "error", "skipped"]
    page = Page(render(results(*(claim(id=verdict, verdict=verdict) for verdict in verdicts))))
    for verdict in verdicts:
        badges = page.texts("span", class_=f"badge {verdict}")
        assert len(badges) >= 2
        assert set(badges) == {f"{wording.SYMBOLS[verdict]} {verdict}"}


def test_the_head_counts_verdicts_and_states_error_rate_seeds_and_time():
    found = [claim(), claim(id="b"), claim(id="c", verdict="holds", expected="holds"), fact()]
    page = Page(render(results(*found)))
    counts = {kind: page.texts("li", class_=kind) for kind in ("holds", "refuted", "undecided", "error")}
    assert counts == {"holds": ["1 ✓ holds"], "refuted": ["2 ✗ are refuted"],
                      "undecided": ["0 ? are undecided"], "error": []}  # fmt: skip
    assert page.texts("li", class_="facts") == ["1 facts and pictures as stated"]
    assert page.texts("p", class_="agreed") == ["All 4 claims and facts came out as recorded."]
    assert page.texts("time") == ["2026-11-21 00:00:00 UTC"]
    run = page.texts("dl", class_="run")[0]
    assert "0.1 % that any verdict is wrong by chance, split over 300 verdicts" in run
    assert "9,000 networks in 1 min 33 s, budget “standard”" in run
    assert "TensorFlow 2.21.0, Keras 3.15.0" in run


def test_another_verdict_than_the_recorded_one_is_named_at_the_top_and_at_the_claim():
    surprising = claim(id="b", part="x", expected="holds", as_recorded=False)
    page = Page(render(results(claim(), surprising, claim(id="c", verdict="skipped", as_recorded=False))))
    assert page.texts("div", class_="alarm") == [
        "1 of 2 claims came out as recorded, 1 did not: b[x]: Recorded is “holds”, found is “refuted”."
    ]
    assert page.texts("p", class_="alarm") == ["Not as recorded. Recorded is “holds”, found is “refuted”."]
    assert page.texts("p", class_="agreed") == []


def test_a_counterfactual_that_is_not_refuted_raises_the_alarm_though_the_verdict_is_as_recorded():
    passing = claim()["counterfactual"] | {"verdict": "holds"}
    page = Page(render(results(claim(counterfactual=passing))))
    assert page.texts("p", class_="alarm") == [
        "Not as recorded. The counterfactual is “holds” and must be refuted."
    ]


def test_a_fact_is_a_row_with_its_notes_and_a_claim_that_could_not_run_is_an_article():
    drift = fact(id="tfc-drift", kind="drift", notes=["predict_classes is gone", "lr is learning_rate"])
    broken = fact(id="tfc-broken", kind="share", verdict="error", as_recorded=False, message="epochs=-1")
    page = Page(render(results(fact(), drift, broken)))
    articles = [attrs["id"] for tag, attrs, _ in page.elements if tag == "article"]
    assert articles == ["claim-tfc-broken"]
    assert page.texts("pre") == ["epochs=-1"]
    rows = [" ".join(page.texts("li", id=f"claim-{name}")) for name in ("tfc-circles-data", "tfc-drift")]
    assert rows[0].startswith("✓ holds tfc-circles-data fact")
    assert "predict_classes is gone" in rows[1]


def test_a_claim_shows_figures_counterfactual_recipe_worst_seeds_and_replay_command():
    page = Page(render(results(claim())))
    article = page.texts("article")[0]
    assert page.texts("td")[-4:] == ["0.991", "84th percentile, typical", "0.85", "0.5 … 0.99"]
    assert "linear hidden units: refuted, 0 of 64 seeds (0 %, interval 0–20 %), as it must be" in article
    assert "model_7 Circles: 4 relu-4 relu-1 sigmoid, Adam(0.001), 100 epochs" in article
    assert "Worst seeds4, 11" in article
    assert "nnspec verify -k tfc-relu-sigmoid --seeds 4,11" in page.texts("code")


@pytest.mark.parametrize(
    ("worst", "best", "expected"),
    [([], [5, 60, 75], "5,60,75"), ([10], [18, 23], "10,18,23"), ([], [7], "7,"), ([4, 11], [], "4,11")],
)
def test_the_best_seeds_are_replayed_too(worst: list[int], best: list[int], expected: str) -> None:
    given = f"nnspec verify 'x' --seeds {','.join(map(str, worst or (0, 1)))}"
    page = Page(render(results(claim(id="x", worst_seeds=worst, best_seeds=best, replay=given))))
    replayed = [text for text in page.texts("code") if text.startswith("nnspec verify")]
    assert replayed == [f"nnspec verify 'x' --seeds {expected}"]
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
    assert "documented 0.991" in plain(marked)
    assert "documented 0.991" not in plain(render(results(claim(values=values, figures={"loss": figure}))))


def test_what_printed_code_does_today_has_a_table_of_its_own_in_each_document():
    entry = {
        "printed": "Adam(lr=0.01)",
        "happens": f"ValueError: {NASTY}",
        "today": "Adam(0.01)",
        "since": "",
    }
    changed = fact(id="fun-drift", document="fundamentals", kind="drift", drift=[entry])
    page = Page(render(results(claim(), changed)))
    assert page.texts("h3").count("What the printed code does today") == 1
    (table,) = page.texts("table", class_="drift")
    assert "Adam(lr=0.01)" in table
    assert "<script>" in table
    assert table.endswith("not known")
    assert page.texts("script") == [OWN_SCRIPT]
