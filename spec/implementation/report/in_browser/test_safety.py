"""The report in a real browser: nothing breaks, nothing is fetched, texts stay texts."""

from __future__ import annotations

from pathlib import Path

from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.in_browser.every_row import NASTY


def test_nothing_is_complained_about_and_nothing_is_fetched(opened: Browser, page: Path) -> None:
    told = [e for e in opened.events if e["method"] in ("Log.entryAdded", "Runtime.exceptionThrown",
                                                       "Runtime.consoleAPICalled")]  # fmt: skip
    assert told == []
    asked = [
        e["params"]["request"]["url"] for e in opened.events if e["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]


def test_what_others_slip_into_the_page_is_neither_run_nor_fetched(opened: Browser) -> None:
    opened.value(
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => done());"
        "const e = document.createElement('img'); e.src = 'https://example.invalid/x.png';"
        "document.body.append(e); })"
    )
    opened.value(
        "{const s = document.createElement('script'); s.text = 'window.slipped = 1'; document.body.append(s)}"
    )
    assert opened.value("window.slipped ?? null") is None


def test_texts_of_claims_are_shown_as_text(opened: Browser) -> None:
    assert opened.value("window.broken ?? null") is None
    assert opened.value("document.scripts.length") == 1
    headings = opened.value(
        "[...document.querySelectorAll('article .statement')].map((h) => h.textContent.trim())"
    )
    assert NASTY in headings
    assert opened.value("document.querySelectorAll('img').length") == 1
