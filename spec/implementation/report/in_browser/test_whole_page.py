"""The report on the whole specification in a real browser: so long that somebody reads it, and prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.whole_specification import page as whole_page

MOST_WORDS, MOST_PAGES = 12_800, 28  # of what is read without unfolding anything
MOST_SCREENS = 48  # of 900 pixels
SCREEN = 900


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "report.html"
    path.write_text(whole_page(), encoding="utf-8")
    return path


@pytest.fixture
def shown(browser: Browser, whole: Path) -> Browser:
    browser.show(1280)
    browser.open(whole)
    return browser


def test_the_words_and_the_screens_are_few_enough_to_be_read(shown: Browser) -> None:
    words = len(shown.value("document.body.innerText").split())
    assert 5000 < words <= MOST_WORDS
    assert shown.value("document.documentElement.scrollHeight") <= MOST_SCREENS * SCREEN


def test_the_printed_pages_are_few_enough_to_be_carried(shown: Browser, tmp_path: Path) -> None:
    shown.print(tmp_path / "report.pdf")
    pages = len(re.findall(rb"/Type\s*/Page[^s]", (tmp_path / "report.pdf").read_bytes()))
    assert 10 < pages <= MOST_PAGES


def test_the_first_screen_has_the_sentence_the_findings_and_the_counts(shown: Browser) -> None:
    bottom = "((e) => Math.round(e.getBoundingClientRect().bottom))"
    for part in ("h1", ".findings", ".counts"):
        assert shown.value(f"{bottom}(document.querySelector('{part}'))") <= SCREEN


def test_how_to_read_is_not_far_from_the_first_screen(shown: Browser) -> None:
    assert shown.value("document.querySelector('#reading').getBoundingClientRect().top") <= 1.5 * SCREEN


@pytest.mark.parametrize(("width", "screens"), [(390, 1.25), (1280, 1.0)])
def test_a_claim_that_stands_out_fits_on_a_screen(shown: Browser, width: int, screens: float) -> None:
    shown.show(width)
    heights = shown.value(
        "[...document.querySelectorAll('article:has(> details[open])')]"
        ".map((e) => e.getBoundingClientRect().height).sort((a, b) => a - b)"
    )
    assert heights[len(heights) // 2] <= screens * SCREEN
    assert heights[-1] <= 1.75 * screens * SCREEN
