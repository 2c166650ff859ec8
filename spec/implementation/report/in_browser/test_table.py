"""The table of claims in a real browser: filtered, sorted, and complete without scripts."""

from __future__ import annotations

import json
from pathlib import Path

from nnspec.report import render
from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.in_browser.every_row import SHARES, sample
from spec.implementation.report.report_samples import claim, results

ROWS = len(sample()[0]["claims"])
ROW = "[...document.querySelectorAll('#overview tbody tr:not(.group)')]"


def shown(browser: Browser) -> list[str]:
    """Return the names of the claims whose rows are visible, in their order, without their parts."""
    code = f"{ROW}.filter((r) => r.checkVisibility())"
    found: list[str] = browser.value(f"{code}.map((r) => r.cells[1].dataset.value.split('[')[0])")
    return found


def fill(browser: Browser, **fields: str) -> None:
    for name, value in fields.items():
        field = f"document.querySelector('#filter').elements[{json.dumps(name)}]"
        change = "dispatchEvent(new Event('input', {bubbles: true}))"
        browser.value(f"{field}.value = {json.dumps(value)}; {field}.{change}")


def test_the_table_is_filtered_by_text_verdict_and_document(opened: Browser) -> None:
    everything = shown(opened)
    assert len(everything) == ROWS
    fill(opened, text="SHARE-0.")
    assert sorted(shown(opened)) == [f"share-{share:g}" for share in sorted(SHARES)]
    assert opened.value("document.querySelector('#filter [role=status]').textContent") == f"4 of {ROWS} shown"
    fill(opened, text="", verdict="undecided")
    assert shown(opened) == ["open"]
    fill(opened, verdict="placed")
    assert shown(opened) == ["case", "printed"]
    fill(opened, verdict="", document="document-2")
    assert shown(opened) == ["fine", "changed", "stated"]
    fill(opened, text="no such text")
    assert shown(opened) == []
    assert not opened.value("document.querySelector('#overview').checkVisibility()")
    fill(opened, text="", document="")
    assert shown(opened) == everything


def test_where_nothing_changed_that_is_said_and_no_empty_table_is_shown(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(results(claim(), claim(id="other"))), encoding="utf-8")
    browser.show(1280)
    browser.open(path, query="?changes=1")
    said = "document.querySelector('#filter [role=status]').textContent"
    assert browser.value(said) == "Nothing speaks against the record"
    assert not browser.value("document.querySelector('#overview').checkVisibility()")
    browser.value("document.querySelector('#filter').elements.changes.click()")
    assert browser.value(said) == "2 of 2 shown"
    assert shown(browser) == ["tfc-relu-sigmoid", "other"]


def test_the_table_is_sorted_by_numbers_both_ways_and_empty_cells_stay_last(opened: Browser) -> None:
    def sort(column: str) -> list[str]:
        buttons = "[...document.querySelectorAll('#overview thead button')]"
        opened.value(f"{buttons}.find((b) => b.textContent === {json.dumps(column)}).click()")
        return [name for name in shown(opened) if name.startswith("share-") or name in ("changed", "broken")]

    rising = [f"share-{share:g}" for share in sorted(SHARES)]
    assert sort("Share") == [*rising, "broken", "changed"]
    assert sort("Share") == [*reversed(rising), "broken", "changed"]
    assert opened.value("document.querySelectorAll('#overview th[aria-sort]').length") == 1
    assert not opened.value("document.querySelector('#overview .group').checkVisibility()")
    # documents are mixed now
    named = opened.value(f"{ROW}.map((r) => [r.dataset.document, r.querySelector('.place a').hash])")
    assert all(f"#{document}" == link for document, link in named)
    assert opened.value("document.querySelector('#overview th[aria-sort=descending]').textContent") == "Share"


def test_without_scripts_the_page_is_complete(browser: Browser, page: Path) -> None:
    browser.show(1280)
    browser.open(page, scripts=False)
    assert len(shown(browser)) == ROWS
    assert not browser.value("document.querySelector('#filter').checkVisibility()")
    assert browser.value("document.querySelectorAll('#overview thead button, .copy').length") == 0
    articles = "[...document.querySelectorAll('article, .rows > li, .readings tr[id], #overview tr[id]')]"
    # a browser opens and closes details without any script
    browser.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.value(f"{articles}.filter((a) => a.checkVisibility()).length") == ROWS
    assert "import keras" in browser.value("document.querySelector('details.script pre').innerText")
