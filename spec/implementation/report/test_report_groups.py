"""Two groups of runs are shown as two: a bracket over each, its share beside it, and the same in words."""

from __future__ import annotations

# ruff: noqa: S314  -- the XML that is read here is what was just drawn
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from nnspec.report.drawing.axis import Axis, axis_for
from nnspec.report.drawing.groups import draw_groups, height_of
from nnspec.report.drawing.strip import Strip, strip
from nnspec.report.drawing.svg import drawing
from nnspec.report.words.reader import groups_in_words
from nnspec.statistics.spread import Group, spread
from spec.implementation.report.report_samples import plain

LEARNED = [*np.linspace(0.5, 0.54, 39).tolist(), *np.linspace(0.98, 1.0, 61).tolist()]
ONE = np.random.default_rng(4).normal(0.8, 0.05, 100).tolist()
WORDS = "39 % near 0.52, 61 % near 0.99"


def brackets(svg: str) -> list[tuple[float, float]]:
    """Return where the brackets begin and end, in percent of the width."""
    lines = [part for part in fromstring(svg).iter("line") if part.get("class") == "group"]
    across = [[float(str(line.get(end)).rstrip("%")) for end in ("x1", "x2")] for line in lines]
    return [(left, right) for left, right in across if left != right]


def labels(svg: str | Element) -> list[str]:
    root = fromstring(svg) if isinstance(svg, str) else svg
    return [plain(str(one.text)) for one in root.iter("text") if " near " in str(one.text)]


def drawn(values: list[float], **more: list[float]) -> Strip:
    return strip("accuracy", values, thresholds=[("≥", 0.9)], **more)


def test_two_groups_have_a_bracket_and_a_share_each_where_their_runs_are() -> None:
    found = drawn(LEARNED)
    axis = axis_for(LEARNED, [], [0.9])
    ends = [(axis.position(one.low), axis.position(one.high)) for one in spread(LEARNED).groups]
    assert brackets(found.svg) == [pytest.approx(one, abs=0.01) for one in ends]
    assert labels(found.svg) == ["39 % near 0.52", "61 % near 0.99"]
    assert plain(groups_in_words(spread(LEARNED).groups)) == WORDS


def test_one_group_has_neither_bracket_nor_words() -> None:
    found = drawn(ONE)
    assert (brackets(found.svg), labels(found.svg), found.remarks) == ([], [], ())
    assert height_of((), axis_for(ONE, [], [])) == 0


def test_of_two_arms_the_groups_are_those_of_the_claim() -> None:
    assert len(brackets(drawn(LEARNED, counterfactual=LEARNED).svg)) == 2
    assert brackets(drawn(ONE, counterfactual=LEARNED).svg) == []
    alone = strip("accuracy", [None] * 100, LEARNED)
    assert brackets(alone.svg) == []
    assert not any("groups" in one for one in alone.remarks)


@pytest.mark.parametrize(("places", "lines"), [((0.1, 0.9), 1), ((0.4, 0.6), 2), ((0.02, 0.3), 2)])
def test_labels_that_would_meet_on_a_telephone_stand_below_one_another(places, lines: int) -> None:
    axis = Axis(0.0, 1.0)
    groups = [Group(0.5, at, at, at) for at in places]
    root = drawing("strip", 100)
    draw_groups(root, groups, axis, 0.0)
    heights = {one.get("y") for one in root.iter("text")}
    assert (len(labels(root)), len(heights)) == (2, lines)
    assert height_of(groups, axis) == pytest.approx(14 * lines + 8)


def test_a_group_that_lies_beyond_the_axis_ends_at_its_edge() -> None:
    groups = [Group(0.5, -3.0, 0.0, 0.5), Group(0.5, 2.0, 2.5, 9.0)]
    root = drawing("strip", 100)
    draw_groups(root, groups, Axis(-1.0, 1.0, logarithmic=True), 0.0)
    places = [one.get(end) for one in root.iter("line") for end in ("x1", "x2")]
    assert all(0 <= float(str(place).rstrip("%")) <= 100 for place in places)
