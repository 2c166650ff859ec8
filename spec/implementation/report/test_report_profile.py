"""The profile of a claim: the share of the runs beyond every threshold, true to the runs, with its band."""

from __future__ import annotations

# ruff: noqa: S314  -- the XML that is read here is what was just drawn
import re
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from nnspec.report import render
from nnspec.report.drawing.axis import Axis, axis_for
from nnspec.report.drawing.profile import Asked, band, profile
from spec.implementation.report.report_samples import claim, results

HEIGHT, ACROSS = 110.0, 2000
DRAWS = np.random.default_rng(3).normal(0.8, 0.1, 256).tolist()


def drawn(values: list[float | None], asked: Asked, axis: Axis, **more: float) -> Element:
    return fromstring(profile(values, [], asked, axis, **more))


def curve(root: Element, name: str = "claim") -> list[tuple[float, float]]:
    """Return places in percent and shares of a curve, read from its path."""
    (path,) = [part for part in root.iter() if part.get("class") == name and part.get("d")]
    places = re.findall(r"([\d.]+) (-?[\d.]+)", str(path.get("d")))
    return [(100 * float(x) / ACROSS, 1 - float(y) / HEIGHT) for x, y in places]


@pytest.mark.parametrize("operator", ["≥", "≤"])
def test_the_curve_is_the_share_of_the_runs_beyond_every_place(operator: str) -> None:
    axis = axis_for(DRAWS, [], [0.9])
    points = curve(drawn(DRAWS, Asked(operator, 0.9, 0.5, 0.2, None), axis))
    values = np.array(DRAWS)
    for x, share in points:
        limit = axis.value(x)
        beyond = values >= limit if operator == "≥" else values <= limit
        assert share == pytest.approx(beyond.mean(), abs=0.02)
    assert {round(points[0][1], 2), round(points[-1][1], 2)} == {0.0, 1.0}


def test_of_runs_that_are_equal_the_curve_says_what_the_claim_says() -> None:
    values = [0.0] * 30 + [0.1] * 10 + [-0.1] * 24
    axis = axis_for(values, [], [0.0])
    points = curve(drawn(values, Asked(">", 0.0, 0.5, 10 / 64, None), axis))
    (at_zero,) = [share for x, share in points if x == pytest.approx(axis.position(0.0), abs=0.02)]
    assert at_zero == pytest.approx(10 / 64, abs=0.01)


def test_a_run_without_a_value_is_beyond_no_threshold() -> None:
    axis = axis_for([0.5, 0.6], [], [0.4])
    points = curve(drawn([0.5, 0.6, None, None], Asked("≥", 0.4, None, 0.5, None), axis))
    assert max(share for _, share in points) == pytest.approx(0.5, abs=0.01)
    assert profile([None, None], [], Asked("≥", 0.4, None, 0.0, None), axis) == ""


def test_the_band_holds_for_all_thresholds_at_once() -> None:
    draw = np.random.default_rng(0)
    runs, outside = 64, 0
    grid = np.linspace(0, 1, 201)
    for _ in range(2000):
        found = np.mean(draw.random(runs)[:, None] >= grid, axis=0)
        outside += bool(np.any(np.abs(found - (1 - grid)) > band(runs)))
    assert outside / 2000 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
    assert band(4 * runs) == pytest.approx(band(runs) / 2)


def test_share_claim_and_printed_figure_stand_at_their_places() -> None:
    axis = axis_for(DRAWS, [], [0.9])
    root = drawn(DRAWS, Asked("≥", 0.9, 0.5, 0.25, (0.2, 0.3)), axis, printed=0.85)
    (found,) = root.iter("circle")
    assert float(str(found.get("cx")).rstrip("%")) == pytest.approx(axis.position(0.9), abs=0.01)
    assert float(str(found.get("cy"))) == pytest.approx(14 + 0.75 * HEIGHT)
    marks = [part for part in root.iter("svg") if part.get("class") == "marks"]
    assert [float(str(mark.get("x")).rstrip("%")) for mark in marks] == [
        pytest.approx(axis.position(value), abs=0.01) for value in (0.9, 0.85)
    ]
    assert float(str(marks[0].get("y"))) == pytest.approx(14 + 0.5 * HEIGHT)
    # the strip below describes the runs, the verdict the share
    assert root.get("aria-hidden") == "true"


def test_only_a_claim_that_asks_one_thing_of_one_quantity_has_a_profile() -> None:
    known = claim()["values"][0]
    assert 'class="profile"' in render(results(claim()))
    both = [known, known | {"operator": "≤", "threshold": 0.99}]
    assert 'class="profile"' not in render(results(claim(values=both)))
    # a baseline keeps the values of some runs alone
    assert 'class="profile"' not in render(results(claim(seeds=512, successes=13)))


def test_an_axis_of_whole_numbers_has_whole_numbers() -> None:
    labels = [label for _, label in axis_for([0, 1, 2, 1], [], [1]).ticks()]
    assert labels == ["0", "1", "2"]
    assert "0.5" in [label for _, label in axis_for([0, 1, 2, 1.5], [], [1]).ticks()]
