"""The page of a notebook: figures first, every cell that is named a heading, every text as text."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from nnspec.commands.main import main
from nnspec.notebook.page.html import render
from spec.implementation.bad_inputs.cases import told
from spec.implementation.notebook.found_samples import NASTY, found
from spec.implementation.notebook.notebook_samples import code, written
from spec.implementation.notebook.test_findings import log
from spec.implementation.report.report_samples import Page, placed, plain, result


def test_figures_stand_before_orders_findings_and_cells(tmp_path: Path) -> None:
    order = result(placed("one case", "mostly", statement="The second model is better.", id="made-order"))
    page = Page(render(found(tmp_path, orders=(order,))))
    assert page.texts("h2") == [
        "Printed figures",
        "Orders of models",
        "Findings",
        "What did not run, and what is not captured",
        "Cell by cell",
        *(f"Cell [{number}]" for number in (0, 1, 2, 3, 4)),
        "How to read this page",
    ]
    without = Page(render(found(tmp_path))).texts("h2")
    assert "Orders of models" not in without


def test_the_page_is_well_formed_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    page = Page(render(found(tmp_path)))
    ids = page.attributes("id")
    assert page.unbalanced == []
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.attributes("href")} <= set(ids)
    assert {x for label in page.attributes("aria-labelledby") for x in label.split()} <= set(ids)
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_cell_that_a_sentence_names_is_a_heading_that_can_be_linked(tmp_path: Path) -> None:
    page = Page(render(found(tmp_path)))
    headings = {f"cell-{number}" for number in (0, 1, 2, 3, 4)}
    assert headings <= set(page.attributes("id"))
    named = {f"#cell-{number}" for item in page.texts("li") for number in re.findall(r"\[(\d+)\]", item)}
    assert named == {"#cell-1", "#cell-2", "#cell-3", "#cell-4"}
    assert named <= set(page.attributes("href"))


def test_each_figure_says_its_place_and_what_a_reader_gets(tmp_path: Path) -> None:
    page = Page(render(found(tmp_path)))
    rows = [plain(row) for row in page.texts("tr") if "Cell [2]" in row]
    assert "lucky" in rows[0]
    assert "2 of 256" in rows[0]
    assert "0.8, 0.7 – 0.95" in rows[0]
    assert "? open" in rows[1]
    assert "no run ends in a number" in rows[1]
    text = plain(" ".join(page.texts("main")))
    assert "The notebook sets the seed 42" in text
    assert "--figure 2:accuracy=91.5%" in text
    assert "trained again: 256 runs" in text
    title = "accuracy 0.99, evaluate: 2 of 256 runs do at least as well"
    assert plain(page.texts("h3")[0]) == title
    assert "Not as recorded" not in text
    tiles = [plain(tile) for tile in page.texts("li")[:5]]
    assert tiles[:4] == [
        "2 printed figures among the runs",
        "1 lucky, unlucky or out of reach",
        "1 open, for want of seeds",
        "1 without a place",
    ]


def test_texts_of_whatever_content_are_shown_as_text(tmp_path: Path) -> None:
    text = render(found(tmp_path, NASTY))
    page = Page(text)
    assert page.unbalanced == []
    assert "\x1b" not in text
    tags = {tag for tag, _, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object"}
    assert not re.search(r"https?://|@import|url\(", text)
    assert all(address.startswith("#") for address in page.attributes("href"))
    (policy,) = [attrs["content"] for _, attrs, _ in page.elements if "http-equiv" in attrs]
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_a_report_is_written_of_what_was_read_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "made.ipynb", code("model.fit(x, y, epochs=7)", log("0.5", "0.4")))
    target = tmp_path / "report.html"
    for _ in range(2):  # a report of nnspec is written over
        assert main(["notebook", file, "--static", "--report", str(target)]) == 1
        assert "report.html" in capsys.readouterr().out
    page = Page(target.read_text(encoding="utf-8"))
    assert page.texts("h2") == ["Findings", "Cell by cell", "Cell [0]", "How to read this page"]
    assert "Nothing was run" in " ".join(page.texts("header"))


def test_a_report_takes_the_place_of_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, other = written(tmp_path / "made.ipynb", code("1")), tmp_path / "mine.html"
    other.write_text("<!doctype html><title>mine</title>")
    for option in ("--report", "--summary"):
        assert main(["notebook", file, "--static", option, str(other)]) == 2
        told(capsys.readouterr().err.rstrip("\n"), f"{option}=", "of nnspec")
    assert other.read_text() == "<!doctype html><title>mine</title>"
