"""The comparison as Markdown and HTML: what it says, what it must not say, and that texts stay texts."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from nnspec.studies.speed.comparison import Comparison, compare
from nnspec.studies.speed.comparison_report import html, markdown
from nnspec.studies.speed.run import benchmark_run
from spec.implementation.report.report_samples import Page
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved, without_peer

NASTY = "<script>alert(1)</script> `|` [x](javascript:1) &amp; \x1b[31m\x00\ud800\nnext"


def compared(node: str = "vm", *, tolerance: float = 0.05, **changes: Any) -> Comparison:
    """Return two runs, NEW of that node: slower by a fifth, faster, few rounds, its own rounds alone."""
    rng = np.random.default_rng(0)
    old, new = (
        saved(
            benchmark("test_slower", rng, slower=(1, 1.2)[which]),
            benchmark("test_faster", rng, slower=(1, 0.8)[which]),
            benchmark("test_few", rng, rounds=2),
            without_peer(benchmark("test_alone", rng)),
            node=("vm", node)[which],
        )
        for which in (0, 1)
    )
    return compare(benchmark_run(old, "a.json"), benchmark_run(new | changes, "b.json"), tolerance=tolerance)


def rows(text: str) -> list[list[str]]:
    """Return the cells of the Markdown table without its two head lines."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def test_markdown_says_who_is_slower_by_how_much_and_under_which_terms() -> None:
    text = markdown(compared())
    assert text.startswith("## 1 benchmark of 4 is slower\n\nOne machine: seconds are compared;")
    slower, faster, few, alone = rows(text)
    assert slower[:2] == ["`test_slower`", "▲ slower"]
    assert re.fullmatch(r"1\.\d\d × \(1\.\d\d–1\.\d\d\)", slower[2])
    assert re.fullmatch(r"\d\.\d\d\sms → \d\.\d\d\sms per seed", slower[3])
    assert re.fullmatch(r"model.fit: 2,\d{3} × \(.*\) → 1,\d{3} × \(.*\)", slower[4])
    assert faster[1] == "▼ faster"
    assert few[1] == "? too few rounds"
    assert "; 50 %)" in few[4]
    assert alone[3].endswith("per round")
    assert alone[4] == "–"
    assert "the chance that noise makes any of them count as slower is at most 5 %" in text
    assert "one-sided Mann–Whitney tests on the raw rounds, Holm's correction over the benchmarks" in text
    assert "mean by more than 5 %" in text
    assert "Any difference counts" in markdown(compared(tolerance=0.0))


def test_nothing_slower_is_no_claim_that_nothing_changed() -> None:
    document = saved(benchmark("test_a"))
    run = benchmark_run(document, "a.json")
    assert markdown(compare(run, run)).startswith("## No benchmark of 1 is shown to be slower")


@pytest.mark.parametrize("render", [markdown, html])
def test_of_different_machines_no_seconds_are_shown(render: Any) -> None:
    found = compared("other")
    text = render(found)
    assert "Different machines: seconds are not compared, only the ratios to the peers" in text
    assert re.search(r"\d\s(s|ms|µs|ns)\b", text) is None
    assert "seconds, OLD" not in text
    assert "Seconds, OLD" not in text
    assert "test_alone" in text
    assert "seconds only compare on one machine" in text
    assert re.search(r"\d\s(s|ms|µs|ns)\b", render(compared())) is not None
    assert "not known whether the machine is the same" in render(compared(machine_info={}))


def test_the_page_shows_what_markdown_shows_and_needs_nothing_else() -> None:
    found = compared()
    text = html(found)
    page = Page(text)
    assert page.unbalanced == []
    assert page.texts("h1") == ["1 benchmark of 4 is slower"]
    tags = {tag for tag, _, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "a"}
    assert "@import" not in text
    assert "url(" not in text
    assert "http" not in text
    for change, bar in zip(found.changes, page.attributes("aria-label"), strict=True):
        assert bar is not None
        assert bar.startswith(f"{change.verdict}, cost ")
    badges = [
        words for tag, attributes, words in page.elements if attributes.get("class", "") == "badge refuted"
    ]
    assert len(badges) == 1


def test_texts_of_the_files_stay_texts() -> None:
    entry = benchmark(NASTY, peer=NASTY, group=NASTY, versions={NASTY: NASTY})
    old = saved(entry, benchmark(f"{NASTY} 2"), node=NASTY, datetime=NASTY)
    changed = benchmark(NASTY, peer=NASTY, group=NASTY, versions={NASTY: f"2 {NASTY}"})
    runs = [benchmark_run(one, NASTY) for one in (old, saved(changed, node=NASTY, commit_info={"id": NASTY}))]
    found = compare(*runs)
    page = Page(html(found))
    assert "script" not in {tag for tag, _, _ in page.elements}
    assert page.unbalanced == []
    assert "<script>" not in html(found)
    text = markdown(found)
    text.encode()
    assert not set(text) & {"\x1b", "\x00", "\ud800"}
    outside_code = re.sub(r"(?<!\\)`[^`\n]*`", "", text)
    assert "<script>" not in outside_code
    assert "[x](" not in outside_code.replace("\\[x\\](", "")
    assert [len(row) for row in rows(text)] == [5]
    assert all(line == "" or line[0] in "#O|-LN" for line in text.splitlines())


def test_extreme_figures_are_shown_and_stay_on_the_axis() -> None:
    def one(seconds: float) -> Any:
        entry = without_peer(benchmark("test_a"))
        return benchmark_run(saved(entry | {"stats": {"data": [seconds, seconds]}}), "x")

    for small, large in ((1e-12, 1e9), (1e9, 1e-12)):
        page = Page(html(compare(one(small), one(large))))
        places = [attributes["cx"] for tag, attributes, _ in page.elements if tag == "circle"]
        assert all(0 <= float(str(place).removesuffix("%")) <= 100 for place in places)
    assert "1.00e+21 ×" in markdown(compare(one(1e-12), one(1e9)))
