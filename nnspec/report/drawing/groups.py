"""Two groups of values above their dots: a bracket over each, and which share of the runs it is."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from nnspec.report.drawing.axis import Axis
from nnspec.report.drawing.svg import across, add
from nnspec.report.words.wording import number, percent
from nnspec.statistics.spread import Group

_DIGITS = 3
_LABEL = 40.0  # percent of the width, which a label takes on a telephone
_LINE, _BRACKET = 14.0, 8.0  # pixels
_TICK = 4.0


def height_of(groups: Sequence[Group], axis: Axis) -> float:
    """Return how high the brackets with their labels are, in pixels; 0 without groups."""
    return len(_lines(groups, axis)) * _LINE + _BRACKET if groups else 0.0


def draw_groups(root: Element, groups: Sequence[Group], axis: Axis, y: float) -> None:
    """Append brackets over the groups to a drawing, with their labels, from `y` (pixels) downwards."""
    lines = _lines(groups, axis)
    foot = y + len(lines) * _LINE + _BRACKET / 2
    for at, line in enumerate(lines):
        for one in line:
            middle = _middle(one, axis)
            x = min(max(middle, _LABEL / 2), 100 - _LABEL / 2)
            anchor, x = ("middle", x) if x == middle else ("start", 0.0) if middle < x else ("end", 100.0)
            told = f"{percent(one.share)} near {number(one.middle, _DIGITS)}"
            add(root, "text", "flag", told, x=across(x), y=y + (at + 1) * _LINE - 3, text_anchor=anchor)
            left, right = (across(end) for end in _ends(one, axis))
            for x1, x2, y2 in ((left, right, foot), (left, left, foot + _TICK), (right, right, foot + _TICK)):
                add(root, "line", "group", x1=x1, x2=x2, y1=foot, y2=y2)


def _lines(groups: Sequence[Group], axis: Axis) -> list[list[Group]]:
    """Return the groups whose labels stand on one line together."""
    places = [min(max(_middle(one, axis), _LABEL / 2), 100 - _LABEL / 2) for one in groups]
    return [list(groups)] if max(places) - min(places) >= _LABEL else [[one] for one in groups]


def _middle(group: Group, axis: Axis) -> float:
    return sum(_ends(group, axis)) / 2


def _ends(group: Group, axis: Axis) -> tuple[float, float]:
    """Return where a group begins and ends in percent of the width; what lies beyond ends at the edge."""
    low, high = (
        0.0 if axis.logarithmic and value <= 0 else min(max(axis.position(value), 0.0), 100.0)
        for value in (group.low, group.high)
    )
    return low, high
