"""What the report draws by itself, in a real browser: bars of shares and changes since the baseline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from nnspec.report import render
from nnspec.report.drift import since_baseline
from nnspec.results.reading import records
from spec.implementation.report.in_browser.browser import Browser
from spec.implementation.report.in_browser.every_row import LONG, WORDY
from spec.implementation.report.report_samples import claim, results

ROW = "document.querySelector('#overview a[href=\"#claim-share-0-03\"]').closest('tr')"
BAR = f"{ROW}.querySelector('svg.share')"


def test_what_differs_from_the_baseline_is_drawn_and_what_is_identical_is_said(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.search(r"\d+ identical", text)
    # a little lower, which no test tells from chance
    assert re.search(r"\d+ no change shown", text)
    assert '<svg class="change"' not in text
    assert '<table class="comparison"' not in text
    now, before = results(claim(), claim(id="other")), results(claim(), claim(id="other"))
    for quantity in before["claims"][1]["values"]:
        quantity["claim"] = [value and 0.5 * value for value in quantity["claim"]]
    since = since_baseline(records(before, "before"), records(now, "now"), "before", "now")
    moved = render(now, since=since)
    assert "1 moved, 1 identical" in moved
    assert moved.count('<svg class="change"') == 1
    assert moved.count('<table class="comparison"') == 1
    assert "Against the baseline: moved" in moved


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_text_of_a_strip_reaches_out_of_its_article(opened: Browser, width: int) -> None:
    opened.show(width)
    opened.value("document.querySelectorAll('#claim-open details').forEach((d) => { d.open = true; })")
    texts = "document.querySelectorAll('#claim-open figure :is(text, figcaption, span)')"
    box = "((e) => (({left, right}) => [left, right])(e.getBoundingClientRect()))"
    left, right = opened.value(f"{box}(document.querySelector('#claim-open'))")
    placed = opened.value(f"[...{texts}].map((e) => [e.textContent, ...{box}(e)])")
    told = [text.replace("\N{NO-BREAK SPACE}", " ") for text, _, _ in placed]
    wordy = WORDY.replace(" - ", " − ")
    assert {wordy, LONG, "without its cause: 192 runs", "◀ 96 further left, 96 further right ▶"} <= set(told)
    assert [text for text, *sides in placed if sides[0] < left + 1 or sides[1] > right - 1] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_bar_of_a_share_stands_at_its_places(opened: Browser, width: int) -> None:
    opened.show(width)
    box = f"{ROW}.querySelector('svg.share{{}}').getBoundingClientRect()"
    style = f"getComputedStyle({BAR})"
    bar, shaded, found = (
        opened.value(f"(({{left, right}}) => [left, right])({box.format(part)})")
        for part in ("", " use:first-of-type", " use:last-of-type")
    )
    claimed = opened.value(f"{style}.getPropertyValue('--claimed')")
    left = bar[0] + float(claimed.rstrip("%")) / 100 * (bar[1] - bar[0])
    assert shaded == pytest.approx([left - 0.75, bar[1]], abs=0.1)
    # from the dot of 3 %, or the track, to the end of the track
    assert found == pytest.approx([min(bar[0], bar[0] + 0.03 * (bar[1] - bar[0]) - 4.5), bar[1]], abs=0.1)


def test_what_is_claimed_is_shaded_in_its_colour(opened: Browser, tmp_path: Path) -> None:
    # what is drawn once and used elsewhere takes its colours from the style sheet by other rules
    opened.value(
        "(() => { const drawn = document.createElement('p'); drawn.id = 'shade';"
        "drawn.style.color = 'var(--yes)'; document.body.append(drawn); })()"
    )
    colour = opened.value("getComputedStyle(document.querySelector('#shade')).color")
    opened.value("document.querySelector('#shade').remove()")
    box = f"{BAR}.getBoundingClientRect()"
    right, top = opened.value(f"(({{right, top}}) => [right + scrollX, top + scrollY])({box})")
    opened.screenshot(tmp_path / "shade.png", x=right - 8, y=top + 13, width=4, height=4)
    with Image.open(tmp_path / "shade.png") as picture:
        pixel = picture.convert("RGB").getpixel((1, 2))
    *solid, opacity = (float(part) for part in re.findall(r"[0-9.]+", colour))
    assert pixel == pytest.approx([255 - opacity * (255 - part) for part in solid], abs=2)  # on white
