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
from spec.implementation.stored_pages import readable
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


KINDS = {
    "slower": lambda: compared(),
    "without_tolerance": lambda: compared(tolerance=0.0),
    "other_machine": lambda: compared("other"),
    "machine_unknown": lambda: compared(machine_info={}),
    "nothing": lambda: compare(*[benchmark_run(saved(benchmark("test_a")), "a.json")] * 2),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_comparison_says_as_markdown_and_as_a_page_is_stored(kind: str, stored_page: Any) -> None:
    found = KINDS[kind]()
    stored_page(f"comparison_{kind}", f"{markdown(found)}\n\nAs a page:\n{readable(html(found))}")


@pytest.mark.parametrize("render", [markdown, html])
def test_of_different_machines_no_seconds_are_shown(render: Any) -> None:
    for found in compared("other"), compared(machine_info={}):
        assert re.search(r"\d\s(s|ms|µs|ns)\b", render(found)) is None
    assert re.search(r"\d\s(s|ms|µs|ns)\b", render(compared())) is not None


def test_the_page_needs_nothing_else_and_draws_every_change() -> None:
    found = compared()
    text = html(found)
    page = Page(text)
    assert page.unbalanced == []
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
