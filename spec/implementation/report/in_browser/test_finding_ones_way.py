"""Finding one's way in the report, in a real browser: contents, permalinks, ways back, address, keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.in_browser.test_table import ROW, fill, shown


def go(browser: Browser, hash_: str) -> None:
    browser.value(f"location.hash = {hash_!r}; new Promise((done) => setTimeout(done, 50))")


def press(browser: Browser, key: str, code: int, text: str = "") -> None:
    pressed = {"key": key, "code": key, "windowsVirtualKeyCode": code} | ({"text": text} if text else {})
    for kind in ("keyDown", "keyUp"):
        browser.ask("Input.dispatchKeyEvent", type=kind, **pressed)


def focused(browser: Browser) -> str:
    found: str = browser.value("document.activeElement.outerHTML.slice(0, 200)")
    return found


def test_the_contents_lead_to_every_section_and_back(opened: Browser) -> None:
    sections = "[...document.querySelectorAll('main h2')].map((h) => h.id)"
    listed = opened.value("[...document.querySelectorAll('.contents a')].map((a) => a.hash.slice(1))")
    assert set(opened.value(sections)) - set(listed) <= {"documents"}
    back = opened.value("[...document.querySelectorAll('.back a')].map((a) => a.hash)")
    assert back == ["#top", "#contents", "#claims"]
    opened.value("scrollTo(0, document.body.scrollHeight / 2)")
    place = opened.value("document.querySelector('.back').getBoundingClientRect().bottom <= innerHeight")
    assert place


def test_every_claim_fact_figure_and_document_has_a_link_to_itself(opened: Browser) -> None:
    def found(parts: str, what: str) -> set[str]:
        return set(opened.value(f"[...document.querySelectorAll('{parts}')].map((e) => {what})"))

    parts = (
        "article, .rows > li, #overview tr[id], .readings tbody tr, .figures tbody tr, section.document h2"
    )
    wanted = found(parts, "'#' + e.id")
    assert "#" not in wanted
    assert wanted == found("a.permalink", "e.getAttribute('href')")


@pytest.mark.parametrize("name", ["claim-open", "claim-changed", "claim-open:2", "claim-many-two"])
def test_a_link_unfolds_what_it_leads_to(opened: Browser, name: str) -> None:
    target = f"document.getElementById({name!r})"
    opened.value("document.querySelectorAll('details.sentence').forEach((d) => { d.open = false; })")
    assert not opened.value(f"(({target}.querySelector('p, svg') ?? {target}).checkVisibility())")
    go(opened, f"#{name}")
    assert opened.value(f"(({target}.querySelector('.statement, .reading, p, svg')).checkVisibility())")
    place = opened.value(f"{target}.getBoundingClientRect().top")
    assert -5 <= place <= 900


def test_what_is_asked_of_the_table_stands_in_the_address_and_is_found_there(
    opened: Browser, page: Path
) -> None:
    fill(opened, text="share-0.", verdict="refuted")
    assert opened.value("location.search") == "?text=share-0.&verdict=refuted"
    asked = shown(opened)
    query = opened.value("location.search")
    opened.open(page)
    assert len(shown(opened)) > len(asked)
    opened.open(page, query=query)
    assert shown(opened) == asked
    fill(opened, text="", verdict="")
    assert opened.value("location.search") == ""


def test_a_link_to_a_fact_shows_its_row_whatever_the_filter_leaves(opened: Browser, page: Path) -> None:
    row = "document.querySelector('#overview tr[id]')"
    name = opened.value(f"{row}.id")
    fill(opened, text="no such text")
    assert shown(opened) == []
    go(opened, f"#{name}")
    assert opened.value(f"{row}.checkVisibility()")
    assert opened.value("document.querySelector('#filter').elements.text.value") == ""


def test_changes_alone_are_shown_to_who_asks_for_them(opened: Browser) -> None:
    box = "document.querySelector('#filter').elements.changes"
    opened.value(f"{box}.click()")
    changed = opened.value(
        f"{ROW}.filter((r) => 'changed' in r.dataset).map((r) => r.cells[1].dataset.value)"
    )
    assert sorted(shown(opened)) == sorted(name.partition("[")[0] for name in changed)
    assert {"fine", "broken"} <= set(changed)
    assert opened.value("location.search") == "?changes=1"


def test_every_row_stands_under_its_document_which_is_gone_with_its_last_row(opened: Browser) -> None:
    above = "r.parentElement.querySelector('.group a').hash"
    named = opened.value(f"{ROW}.map((r) => [r.dataset.document, {above}])")
    assert all(f"#{document}" == link for document, link in named)
    groups = "[...document.querySelectorAll('#overview .group')].map((g) => g.checkVisibility())"
    assert opened.value(groups) == [True, True]
    fill(opened, document="document-2")
    assert opened.value(groups) == [False, True]


def test_what_is_as_recorded_is_folded_and_what_stands_out_is_open(opened: Browser) -> None:
    folded = "Object.fromEntries([...document.querySelectorAll('article')].map((a) => "
    found = opened.value(f"{folded}[a.id, a.querySelector('details').open]))")
    assert found["claim-share-0-03"]
    assert found["claim-printed"] is False
    assert found["claim-open"] is False
    assert found["claim-odd"]
    assert opened.value("document.querySelector('#claim-broken').checkVisibility()")
    assert not opened.value("document.querySelector('#claim-changed p').checkVisibility()")


def test_the_keyboard_alone_skips_to_the_table_and_opens_a_claim(opened: Browser) -> None:
    press(opened, "Tab", 9)
    assert "Skip to the table" in focused(opened)
    press(opened, "Enter", 13, "\r")
    assert opened.value("location.hash") == "#claims"
    opened.value("document.querySelector('#claim-open summary').focus()")
    press(opened, "Enter", 13, "\r")
    assert opened.value("document.querySelector('#claim-open .statement').checkVisibility()")


def test_every_link_button_field_and_summary_can_be_reached_by_the_keyboard(opened: Browser) -> None:
    parts = "a[href], button, input, select, summary"
    seen = f"[...document.querySelectorAll('{parts}')].filter((e) => e.checkVisibility())"
    assert opened.value(f"{seen}.filter((e) => e.tabIndex < 0).map((e) => e.outerHTML)") == []


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_telephone_every_number_of_a_document_has_its_name(opened: Browser, width: int) -> None:
    opened.show(width)
    cells = "[...document.querySelectorAll('.documents tbody td:not(.mix)')]"
    named = opened.value(f"{cells}.map((e) => getComputedStyle(e, '::before').content)")
    assert named
    assert all(len(name.strip('"')) > 2 for name in named)
