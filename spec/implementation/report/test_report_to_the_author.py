"""What a report tells the author: what depends on the reading, odd figures, what is ours."""

from __future__ import annotations

from typing import Any

from spec.implementation.report.report_samples import claim, figure, placed, plain
from spec.implementation.report.sentence_samples import (
    ALIKE,
    APART,
    CASE,
    FIGURE,
    HOLDS,
    OURS,
    REACHED,
    RUN,
    SAYS,
    lines,
    shown,
)

EXPLAINED = {name: one | {"explained": "why-it-moved"} for name, one in FIGURE.items()}


def to_the_author(*claims: dict[str, Any]) -> list[str]:
    """Return what is told to the author of a document with these claims."""
    page = shown(*claims)
    listed = page.texts("div", class_="author")
    return [item for item in page.texts("li") if any(item in text for text in listed)]


def test_what_depends_on_the_reading_is_told_to_the_author_and_not_as_refuted() -> None:
    told = to_the_author(*APART)
    assert "Non-linearity: it depends on the reading: as run is refuted, half holds." in told
    assert not [line for line in told if line.endswith(", refuted.")]
    (alone,) = to_the_author(APART[0])
    assert plain(alone).endswith("13 of 256 runs, refuted.")


def test_readings_of_one_case_that_have_no_place_in_common_depend_on_the_reading() -> None:
    other = placed("one case", "seldom", id="case", part="strict", says=CASE["says"])
    (told,) = to_the_author(CASE, other)
    assert told.endswith(": it depends on the reading: case: mostly, strict: seldom.")


def test_figures_that_hardly_any_run_gives_are_told_to_the_author_with_their_explanation() -> None:
    plainly = claim(id="plainly", says="So.", figures=FIGURE, **HOLDS)
    moved = claim(id="moved", says="Or.", figures=EXPLAINED | {"accuracy": figure(places=["usual"])}, **HOLDS)
    loss = "Non-linearity: the printed loss in epoch 5 0.6942 is unlucky: 256 of 256 runs do at least"
    assert to_the_author(plainly, moved, RUN) == [
        f"{loss} as well.",
        f"{loss} as well. A change of a library explains it: why-it-moved.",
        f"Non-linearity: {REACHED} This figure is lucky: 13 of 256 runs do at least as well.",
    ]


def test_odd_figures_are_counted_beside_those_that_would_be_odd_by_chance() -> None:
    usual = {f"accuracy {epoch}": figure(places=["usual"]) for epoch in range(18)}
    told = " ".join(lines(claim(says=SAYS, figures=EXPLAINED | usual), RUN))
    assert "20 of 20 printed figures are placed. By chance about 1 of them would be lucky, unlucky" in told
    assert (
        "out of reach; 2 are by the runs counted, 2 beyond doubt, 1 by a known change of a library." in told
    )


def test_claims_of_ours_are_told_apart_and_held_against_nobody() -> None:
    too = placed("one case", "mostly", id="too", beyond="asked by readers")
    assert to_the_author(OURS, too, *ALIKE) == []
    found = lines(OURS, too, *ALIKE)
    assert "2 claims of ours, beyond what the document says, are not held against it." in found
    assert "Beyond the document: the printed code, which was not run." in found
    assert f"Ours, beside the document: {SAYS}" in lines(OURS, too)
    figures = OURS | {"figures": FIGURE}
    assert not [line for line in to_the_author(figures) if "unlucky" in line]
