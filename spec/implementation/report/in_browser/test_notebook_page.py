"""The page of a notebook in a real browser: right at every width, and accessible."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.notebook.page.html import render
from spec.implementation.notebook.found_samples import found
from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.in_browser.test_layout import ACCESSIBILITY


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Browser:
    path = tmp_path / "notebook.html"
    path.write_text(render(found(tmp_path, "a_very_long_name_" * 12)), encoding="utf-8")
    browser.show(1280)
    browser.open(path)
    browser.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    return browser


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(shown: Browser, width: int) -> None:
    shown.show(width)
    assert shown.value("document.documentElement.scrollWidth") <= width
    shown.value("scrollTo(500, 0)")
    assert shown.value("scrollX") == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_structure_and_contrast_are_right(shown: Browser, dark: bool, width: int) -> None:
    shown.show(width, dark=dark)
    assert shown.value(ACCESSIBILITY) == []
