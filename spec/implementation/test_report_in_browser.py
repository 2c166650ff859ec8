"""The report in a real browser: nothing breaks, nothing is fetched, everything can be read and used."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from nnspec import repair_record
from nnspec.plots import style
from nnspec.plots.picture_file import picture_file
from nnspec.report import Picture, render
from nnspec.report.repair_part import repair_part
from nnspec.results_file import records
from nnspec.since_baseline import since_baseline
from spec.implementation.browser import Browser, find
from spec.implementation.report_samples import claim, complete, fact, results

NASTY = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'> \"quoted\" ' & 日本語 ‮rtl"
LONG = "verylongword" * 40
ACCESSIBILITY = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
SHARES = [0.03, 0.5, 0.95, 0.2]


def sample() -> tuple[dict[str, Any], dict[str, list[Picture]]]:
    """Return results with every kind of row, and pictures."""
    script = {"runs": "import keras\n" + "x = 1  # " + LONG + "\n"}
    found = [
        claim(id=f"share-{share:g}", share=share, training_seconds=cost, scripts=script)
        for share, cost in zip(SHARES, (9.0, 100.0, 0.5, 20.0), strict=True)
    ]
    found.append(
        claim(id="nasty", part=NASTY, statement=NASTY, because=LONG, section=LONG, scripts={NASTY: NASTY})
    )
    found.append(claim(id="open", verdict="undecided", expected="undecided", best_seeds=[1, 2]))
    found.append(claim(id="fine", verdict="holds", expected="refuted", document="other", title="Other"))
    entry = {"printed": f"Adam(lr={LONG})", "happens": NASTY, "today": "Adam(0.01)", "since": "Keras 3"}
    found.append(
        fact(id="changed", document="other", title="Other", kind="drift", drift=[entry], notes=[NASTY])
    )
    found.append(fact(id="broken", verdict="error", message=f"Traceback {LONG}", as_recorded=False))
    figure, (ax,) = style.empty_figure()
    ax.plot([0, 1], [1, 0])
    pictures = {f"nasty[{NASTY}]": [Picture("A line", "A falling line", picture_file(figure))]}
    return results(*map(complete, found)), pictures


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip("there is no Chromium here; `apt-get install chromium` brings one")
    with Browser(path) as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document, pictures = sample()
    older = copy.deepcopy(document)
    for old in older["claims"][::2]:
        for quantity in old["values"]:
            quantity["claim"] = [value and 0.99 * value for value in quantity["claim"]]
    path = tmp_path_factory.mktemp("report") / "report.html"
    since = since_baseline(records(older, "older"), records(document, "sample"), "before", "now")
    stored = repair_record.read(Path(__file__).parents[2] / "baselines/repairs.json")
    repairs = {"share-0.03": repair_part(stored[0]), "share-0.2": repair_part(stored[-1])}
    text = render(document, pictures, since, repairs=repairs, reruns={"open": f"too close to call {LONG}"})
    path.write_text(text, encoding="utf-8")
    return path


def test_what_differs_from_the_baseline_is_drawn_and_what_is_identical_is_said(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("Against the baseline: identical on every seed in common.") >= 1
    assert text.count('<svg class="change"') >= 1


@pytest.fixture
def opened(browser: Browser, page: Path) -> Browser:
    browser.show(1280)
    browser.open(page)
    return browser


def shown(browser: Browser) -> list[str]:
    """Return the ids of the claims whose rows are visible, in their order."""
    code = "[...document.querySelectorAll('#overview tbody tr')].filter((r) => r.checkVisibility())"
    found: list[str] = browser.value(f"{code}.map((r) => r.querySelector('.id').textContent)")
    return found


def fill(browser: Browser, **fields: str) -> None:
    for name, value in fields.items():
        field = f"document.querySelector('#filter').elements[{json.dumps(name)}]"
        change = "dispatchEvent(new Event('input', {bubbles: true}))"
        browser.value(f"{field}.value = {json.dumps(value)}; {field}.{change}")


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
    headings = opened.value("[...document.querySelectorAll('article h3')].map((h) => h.textContent)")
    assert NASTY in headings
    assert opened.value("document.querySelectorAll('img').length") == 1


def test_the_table_is_filtered_by_text_verdict_and_document(opened: Browser) -> None:
    everything = shown(opened)
    assert len(everything) == 9
    fill(opened, text="SHARE-0.")
    assert sorted(shown(opened)) == [f"share-{share:g}" for share in sorted(SHARES)]
    assert opened.value("document.querySelector('#filter [role=status]').textContent") == "4 of 9 shown"
    fill(opened, text="", verdict="undecided")
    assert shown(opened) == ["open"]
    fill(opened, verdict="", document="document-2")
    assert shown(opened) == ["fine", "changed"]
    fill(opened, text="no such text")
    assert shown(opened) == []
    fill(opened, text="", document="")
    assert shown(opened) == everything


def test_the_table_is_sorted_by_numbers_both_ways_and_empty_cells_stay_last(opened: Browser) -> None:
    def sort(column: str) -> list[str]:
        buttons = "[...document.querySelectorAll('#overview thead button')]"
        opened.value(f"{buttons}.find((b) => b.textContent === {json.dumps(column)}).click()")
        return [name for name in shown(opened) if name.startswith("share-") or name in ("changed", "broken")]

    rising = [f"share-{share:g}" for share in sorted(SHARES)]
    assert sort("Share") == [*rising, "broken", "changed"]
    assert sort("Share") == [*reversed(rising), "broken", "changed"]
    assert opened.value("document.querySelectorAll('#overview th[aria-sort]').length") == 1
    assert opened.value("document.querySelector('#overview th[aria-sort=descending]').textContent") == "Share"
    costs = [name for name in sort("Cost") if name.startswith("share-")]
    assert costs == ["share-0.95", "share-0.03", "share-0.2", "share-0.5"]


def test_details_open_by_the_keyboard(opened: Browser) -> None:
    script = "document.querySelector('details.script')"
    assert not opened.value(f"{script}.querySelector('pre').checkVisibility({{contentVisibilityAuto: true}})")
    opened.value(f"{script}.querySelector('summary').focus()")
    for kind in ("keyDown", "keyUp"):
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        opened.ask("Input.dispatchKeyEvent", type=kind, **key)
    assert opened.value(f"{script}.open")
    assert opened.value(f"{script}.querySelector('pre').getBoundingClientRect().height") > 20


def test_a_script_is_copied_or_at_least_selected(opened: Browser) -> None:
    opened.value("document.querySelector('details.script').open = true")
    opened.value("document.querySelector('.copy').click()")
    said = opened.value(
        "new Promise((done) => { const look = () => {"
        "const text = document.querySelector('.copy').textContent;"
        "text === 'Copy' ? setTimeout(look, 10) : done(text); }; look(); })"
    )
    assert said in ("Copied", "Selected")
    if said == "Selected":
        assert "import keras" in opened.value("getSelection().toString()")


def test_a_link_to_a_script_opens_it(opened: Browser) -> None:
    opened.value("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    opened.value("document.querySelector('p.script a').click()")
    first = "document.querySelector('details.script')"
    opened.value("new Promise((done) => setTimeout(done, 100))")
    assert opened.value(f"{first}.open")
    assert opened.value("location.hash") == opened.value(f"'#' + {first}.querySelector('pre').id")
    assert opened.value("document.querySelectorAll('p.script .copy').length") >= 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_bar_of_a_share_stands_at_its_places(opened: Browser, width: int) -> None:
    opened.show(width)
    box = "document.querySelector('#claim-share-0-03 svg.share{}').getBoundingClientRect()"
    style = "getComputedStyle(document.querySelector('#claim-share-0-03 svg.share'))"
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
    box = "document.querySelector('#claim-share-0-03 svg.share').getBoundingClientRect()"
    right, top = opened.value(f"(({{right, top}}) => [right + scrollX, top + scrollY])({box})")
    opened.screenshot(tmp_path / "shade.png", x=right - 8, y=top + 13, width=4, height=4)
    with Image.open(tmp_path / "shade.png") as picture:
        pixel = picture.convert("RGB").getpixel((1, 2))
    *solid, opacity = (float(part) for part in re.findall(r"[0-9.]+", colour))
    assert pixel == pytest.approx([255 - opacity * (255 - part) for part in solid], abs=2)  # on white


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(opened: Browser, width: int) -> None:
    opened.show(width)
    opened.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert opened.value("document.documentElement.scrollWidth") <= width
    squeezed = "[...document.querySelectorAll('p, caption, li, dd, h3, figcaption, summary, td, th')]"
    squeezed += ".filter((e) => e.checkVisibility() && e.textContent.trim().length > 30)"
    squeezed += ".filter((e) => e.getBoundingClientRect().width < 60).map((e) => e.outerHTML.slice(0, 200))"
    assert opened.value(squeezed) == []
    opened.value("scrollTo(500, 0)")
    assert opened.value("scrollX") == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_structure_and_contrast_are_right(opened: Browser, dark: bool, width: int) -> None:
    opened.show(width, dark=dark)
    opened.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert opened.value(ACCESSIBILITY) == []


def test_the_check_of_structure_and_contrast_sees_what_is_wrong(opened: Browser) -> None:
    opened.value(
        "document.body.insertAdjacentHTML('beforeend', '<h5>jump</h5><img><a href=\"#none\"></a><input>"
        '<p id="claims" style="color: #999; background: #eee">faint</p>\')'
    )
    found = " ".join(opened.value(ACCESSIBILITY))
    expected = ["heading of level 5", "picture without", "link to nowhere", "control without", "contrast 2."]
    for wrong in [*expected, "without a text", "id claims twice"]:
        assert wrong in found


def test_without_scripts_the_page_is_complete(browser: Browser, page: Path) -> None:
    browser.show(1280)
    browser.open(page, scripts=False)
    assert len(shown(browser)) == 9
    assert not browser.value("document.querySelector('#filter').checkVisibility()")
    assert browser.value("document.querySelectorAll('#overview thead button, .copy').length") == 0
    articles = "[...document.querySelectorAll('article, .rows > li')]"
    assert browser.value(f"{articles}.filter((a) => a.checkVisibility()).length") == 9
    # a browser opens and closes details without any script
    assert browser.value("document.querySelector('details.script').open = true")
    assert "import keras" in browser.value("document.querySelector('details.script pre').innerText")


def test_on_paper_details_are_open_and_controls_are_gone(opened: Browser, tmp_path: Path) -> None:
    opened.show(794, media="print")
    assert not opened.value("document.querySelector('#filter').checkVisibility()")
    closed = "document.querySelector('article details:not(.script) dl')"
    assert opened.value(f"{closed}.checkVisibility({{contentVisibilityAuto: true}})")
    assert opened.value(f"{closed}.getBoundingClientRect().height") > 10
    opened.print(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
