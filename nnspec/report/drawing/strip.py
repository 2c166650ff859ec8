"""The strip: the values of all seeds as stacked dots, claim above and counterfactual below.

Seeds in the same hundredth of the axis stand on one another, so that ties are seen as towers. A
column is a line whose dashes have no length: its round caps are the dots, one for each seed. All
columns of an arm are one path, which makes them a fifth of the size of a line each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from xml.etree.ElementTree import Element

from nnspec.report.drawing.axis import Axis, axis_for, draw_axis
from nnspec.report.drawing.groups import draw_groups, height_of
from nnspec.report.drawing.svg import across, add, beside, drawing, markup, upright
from nnspec.report.words.comparisons import quantity_in_words
from nnspec.report.words.wording import count, number
from nnspec.results.claim_result import Value
from nnspec.results.quantities import HOLDS, Threshold, finite
from nnspec.statistics.spread import Group, spread

_COLUMNS = 100
_DOT = 5.0  # pixels across, as the style sheet has it
_TALLEST = 96.0  # pixels; a tower that would be taller makes all dots overlap
_DIGITS = 3  # of a description
_LIMIT_DIGITS = 4  # of a threshold, which may have a little more for round-off
_LINE = 15.0  # pixels between lines of text
_GAP = 6.0  # pixels below each row
_BARE = 9.0  # pixels above a row without a title, for the count of its tallest column
_ROOM = 25.0  # percent of the width, enough for a number on a telephone
_FITS = 40  # characters of a title, bold, on a telephone
_WORTH_A_COUNT = 50.0  # pixels; columns of up to nine dots are counted by eye
_ACROSS = 2000  # units across the drawing of the dots, which stretches with the page


@dataclass(frozen=True)
class Strip:
    """A drawing (inline SVG, or empty), the label of its axis, what it cannot show, in words, and its axis.

    The label is for HTML below the drawing, because text in SVG has one line however long it is.
    """

    svg: str
    label: str
    remarks: tuple[str, ...]
    axis: Axis | None = None


def strip(
    label: str,
    claim: Sequence[Value],
    counterfactual: Sequence[Value] = (),
    thresholds: Sequence[Threshold] = (),
    documented: float | None = None,
    other: str = "without its cause",
    own: str = "",
    *,
    told: tuple[int, int] = (0, 0),
) -> Strip:
    """Return the strip of one quantity: values of the claim (seeds,) and of its counterfactual (seeds,).

    `thresholds` are what the quantity was compared with, `documented` is what the document printed;
    both are in the unit of the values. The side of the thresholds that says yes is shaded. `other` is what
    the counterfactual is called, and `own` what the claim is. `told` is how many runs of both the text beside
    the drawing tells of: other numbers are said here.
    """
    own = own or ("claim" if finite(counterfactual) else "")
    arms = [Arm("claim", claim, own, told[0]), Arm("counterfactual", counterfactual, other, told[1])]
    lost = [
        ("the claim" if arm.name in ("", "claim") else f"“{arm.name}”", count(arm.lost, "run"))
        for arm in arms
        if arm.lost
    ]
    remarks = [f"{seeds} of {name} gave no finite value." for name, seeds in lost]
    arms = [arm for arm in arms if arm.finite]
    if not arms:
        return Strip("", "", tuple(remarks))
    limits = [limit for _, limit in thresholds]
    groups = spread(arms[0].finite).groups if arms[0].role == "claim" else ()
    others = [value for arm in arms[1:] for value in arm.finite]
    axis = axis_for(arms[0].finite, others, limits, documented)
    if documented is not None and not axis.shows(documented):
        remarks.append(f"The printed {number(documented, 6)} lies beyond the axis.")
        documented = None
    drawn = _drawn(arms, thresholds, documented, axis, groups)
    return Strip(drawn, quantity_in_words(label), tuple(remarks), axis)


class Arm:
    """The finite values of one arm, and how many of its seeds gave none.

    Its `role` is claim or counterfactual, and `name` is what it is called. `told` is how many runs the text
    beside the drawing says that it has.
    """

    def __init__(self, role: str, values: Sequence[Value], name: str = "", told: int = 0) -> None:
        self.role, self.name, self.told = role, name, told
        self.finite = finite(values)
        self.lost = len(values) - len(self.finite)

    def described(self, thresholds: Sequence[Threshold]) -> str:
        """Return the values in words, for a terminal."""
        runs, (low, high) = count(len(self.finite), "run"), (min(self.finite), max(self.finite))
        told = f"{self.name}: {runs}" if self.name else runs
        if low == high:
            told += f", all {number(low, _DIGITS)}"
        else:
            cuts = quantiles(self.finite, n=4, method="inclusive")
            first, middle, third = (number(cut, _DIGITS) for cut in cuts)
            told += (
                f", {number(low, _DIGITS)} to {number(high, _DIGITS)}, quartiles {first}, {middle}, {third}"
            )
        for operator, limit in thresholds:
            yes = sum(HOLDS[operator](value, limit) for value in self.finite)
            told += f", {yes} {operator} {number(limit, _LIMIT_DIGITS)}"
        return told

    def title(self, axis: Axis) -> str:
        """Return the arm's name, its runs, and how many lie beyond the edges of the axis."""
        return ", ".join(self._told(axis))

    def lines(self, axis: Axis) -> list[str]:
        """Return the title in lines that fit on a telephone."""
        name, *beyond = self._told(axis) or [""]
        lines = [name, ", ".join(beyond)] if len(self.title(axis)) > _FITS else [self.title(axis)]
        return [line for line in lines if line]

    def _told(self, axis: Axis) -> list[str]:
        positions = [axis.position(value) for value in self.finite]
        left, right = sum(x < 0 for x in positions), sum(x > 100 for x in positions)
        beyond = [f"◀ {left} further left"] * (left > 0) + [f"{right} further right ▶"] * (right > 0)
        runs = count(len(self.finite), "run") if len(self.finite) != self.told else ""
        return [one for one in (": ".join(filter(None, (self.name, runs))), *beyond) if one]

    def columns(self, axis: Axis, thresholds: Sequence[Threshold]) -> list[list[float]]:
        """Return the values that the axis shows, those that stand on one another together.

        A column never mixes seeds from both sides of a threshold, and stands at the mean of its
        values: so it is on the right side of the line, and exact where all are the same.
        """
        together = defaultdict(list)
        for value in sorted(self.finite):
            if axis.shows(value):
                sides = tuple(HOLDS[operator](value, limit) for operator, limit in thresholds)
                together[int(axis.position(value) * _COLUMNS / 100), sides].append(value)
        return list(together.values())


def _drawn(
    arms: Sequence[Arm],
    thresholds: Sequence[Threshold],
    documented: float | None,
    axis: Axis,
    groups: Sequence[Group],
) -> str:
    columns = [arm.columns(axis, thresholds) for arm in arms]
    most = max((len(column) for arm in columns for column in arm), default=1)
    pitch = round(min(_DOT + 0.6, _TALLEST / max(most - 1, 1)), 3)
    heights = [max((len(column) for column in arm), default=1) * pitch + _DOT for arm in columns]
    heights[0] += height_of(groups, axis)  # of the first arm
    flags = len(thresholds) + (documented is not None)
    titles = [arm.lines(axis) for arm in arms]
    bottom = flags * _LINE + sum(heights) + sum(len(title) * _LINE + _GAP for title in titles)
    bottom += sum(_BARE for title in titles if not title)
    root = drawing("strip", bottom + 1.4 * _LINE)
    _draw_yes(root, axis, thresholds, flags * _LINE, bottom)
    draw_axis(root, axis, bottom)
    _draw_marks(root, axis, thresholds, documented, bottom)
    foot = flags * _LINE
    marks = [limit for _, limit in thresholds] + ([] if documented is None else [documented])
    right = _is_left_taken(axis, marks)
    place = {"x": "100%", "text_anchor": "end"} if right else {"x": "0%"}
    for arm, drawn, height, title in zip(arms, columns, heights, titles, strict=True):
        foot += 0.0 if title else _BARE
        for line in title:
            foot += _LINE
            add(root, "text", f"flag row {arm.role}", line, y=foot - 4, **place)
        if groups and arm is arms[0]:
            draw_groups(root, groups, axis, foot)
        foot += height
        _draw_seeds(root, arm.role, drawn, axis, pitch, foot - _DOT / 2)
        foot += _GAP
        if arm is not arms[-1]:
            add(root, "line", "track", x1="0%", x2="100%", y1=foot, y2=foot)
    return markup(root)


def _draw_seeds(
    root: Element, name: str, columns: Sequence[Sequence[float]], axis: Axis, pitch: float, base: float
) -> None:
    # a little longer than the last dash needs, which rounding would swallow otherwise
    heights = [(len(column) - 1) * pitch + 0.1 for column in columns]
    places = [round(axis.position(fmean(column)) * _ACROSS / 100) for column in columns]
    height = max([1.0, *heights])
    box = {"viewBox": f"0 {-height:g} {_ACROSS} {height:g}", "preserveAspectRatio": "none"}
    dots = add(root, "svg", f"seeds {name}", y=base - height, height=height, **box)
    lines = "".join(f"M{x} 0v{-round(y, 1):g}" for x, y in zip(places, heights, strict=True))
    add(dots, "path", d=lines, stroke_dasharray=f"0 {pitch:g}")
    highest = max(columns, key=len, default=[])
    tall = (len(highest) - 1) * pitch
    if tall >= _WORTH_A_COUNT:
        y = base - tall + 4
        beside(root, "flag", count(len(highest), "run"), axis.position(fmean(highest)), y, gap=7)


def _draw_marks(
    root: Element, axis: Axis, thresholds: Sequence[Threshold], documented: float | None, bottom: float
) -> None:
    for line, (_, limit) in enumerate(thresholds):
        upright(root, "threshold", axis.position(limit), line * _LINE + 2, bottom)
    if documented is not None:
        x, top = axis.position(documented), len(thresholds) * _LINE
        upright(root, "documented", x, top + 6, bottom)
        mark = add(root, "svg", "documented", x=across(x), y=top + 2)
        add(mark, "path", d="M-4.5 0h9L0 8z")
        beside(root, "flag", f"printed {number(documented, 6)}", x, top + 12, gap=8)
    outwards = len({operator in ">≥" for operator, _ in thresholds}) == 2
    for line, (operator, limit) in enumerate(thresholds):
        x, text = axis.position(limit), f"{operator} {number(limit, _LIMIT_DIGITS)}"
        # the ends of a range are close together: between them their numbers would cross the lines
        right = operator in "<≤" if outwards and _ROOM < x < 100 - _ROOM else None
        beside(root, "flag", text, x, line * _LINE + 12, right=right)


def _is_left_taken(axis: Axis, marks: Sequence[float]) -> bool:
    """Return whether the lines of the marks stand on the left only, where the rows' titles would be."""
    positions = [axis.position(mark) for mark in marks]
    return any(x < 35 for x in positions) and not any(x > 65 for x in positions)


def _draw_yes(root: Element, axis: Axis, thresholds: Sequence[Threshold], top: float, bottom: float) -> None:
    """Shade where every comparison is true; nothing where they exclude each other."""
    low = max((axis.position(x) for operator, x in thresholds if operator in ">≥"), default=0.0)
    high = min((axis.position(x) for operator, x in thresholds if operator in "<≤"), default=100.0)
    if thresholds and low < high:
        add(root, "rect", "yes", x=across(low), width=across(high - low), y=top, height=bottom - top)
