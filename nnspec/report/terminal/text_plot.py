"""Small plots made of text: a share on its way from 0 to 100 %, and the values of all seeds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from nnspec.report.drawing.axis import Axis, axis_for
from nnspec.report.drawing.strip import Arm
from nnspec.report.words.wording import claimed_label, count, number
from nnspec.results.claim_result import Interval
from nnspec.results.quantities import HOLDS, Compared, Threshold

_BARS = " ▁▂▃▄▅▆▇█"
_MOST_THRESHOLDS = 8  # each takes a column of its own
_LABELS = 15  # columns for what stands left of a plot


def share_plot(arms: Sequence[tuple[str, float, Interval | None]], claimed: float, width: int) -> list[str]:
    """Return lines with the share (0 … 1) and interval of each arm against the claimed share.

    The plot is `width` columns wide, without the names of the arms on its left. An interval on one side
    of the claimed share never touches its mark.
    """
    mark = _column(claimed, width)
    lines = []
    for name, share, interval in arms:
        row = ["·"] * mark + ["┃"] + ["░"] * (width - mark - 1)
        if interval is not None:
            low, high = (_beside(end, claimed, mark, width) for end in interval)
            row[low : high + 1] = ["├", *"─" * (high - low - 1), "┤"] if high > low else ["┼"]
            if low <= mark <= high:
                row[mark] = "╂"
        row[_beside(share, claimed, mark, width)] = "●"
        lines.append(_labelled(name, row))
    foot = [" "] * width
    _put(foot, claimed_label(claimed), mark)
    _put(foot, "0 %", 0)
    _put(foot, "100 %", width - 1)
    return [*lines, _labelled("", foot)]


def seeds_plot(quantity: Compared, width: int) -> list[str]:
    """Return lines with the distribution of a quantity over the seeds, thresholds marked.

    A column never holds seeds from both sides of a threshold, which has a column of its own. The axis
    is heavy where all comparisons say yes.
    """
    arms = [
        Arm("claim", quantity.claim, "claim"),
        Arm("counterfactual", quantity.counterfactual, quantity.other),
    ]
    remarks = [
        f"{count(arm.lost, 'seed')} of the {arm.name} gave no finite value" for arm in arms if arm.lost
    ]
    arms = [arm for arm in arms if arm.finite]
    thresholds = {limit: (operator, limit) for operator, limit in reversed(quantity.thresholds)}
    limits = [thresholds[limit] for limit in sorted(thresholds)][:_MOST_THRESHOLDS]
    lines = [f"{quantity.label} of every seed"]
    if arms:
        others = [value for arm in arms[1:] for value in arm.finite]
        marks = [limit for _, limit in limits]
        axis = axis_for(arms[0].finite, others, marks, quantity.documented)
        columns = _Columns(axis, limits, width)
        lines += _flags(columns, limits, quantity.documented)
        for arm in arms:
            lines += _bars(arm, columns, 4 if arm is arms[0] else 3)
        lines += columns.foot()
        remarks = [arm.described(quantity.thresholds) for arm in arms] + remarks
        remarks += [arm.title(axis) for arm in arms if "further" in arm.title(axis)]
    return lines + remarks


class _Columns:
    """Which column of the plot a value stands in, and what all columns share."""

    def __init__(self, axis: Axis, thresholds: Sequence[Threshold], width: int) -> None:
        self.axis, self.thresholds, self.width = axis, thresholds, width
        places = [_column(axis.position(limit) / 100, width) for _, limit in thresholds]
        # between two thresholds, and beyond the outer ones, there must be room for seeds
        for index, place in enumerate(places):
            places[index] = max(place, 1 if index == 0 else places[index - 1] + 2)
        for index in reversed(range(len(places))):
            after = width if index == len(places) - 1 else places[index + 1]
            places[index] = min(places[index], after - 2)
        self.places = places

    def of(self, value: float) -> int:
        """Return the column of a value, the outermost one if it lies beyond the axis."""
        beyond = sum(_is_right_of(value, threshold) for threshold in self.thresholds)
        edges = [-1, *self.places, self.width]
        shown = value > 0 or not self.axis.logarithmic
        place = _column(self.axis.position(value) / 100, self.width) if shown else 0
        return min(max(place, edges[beyond] + 1), edges[beyond + 1] - 1)

    def empty(self, marks: int | None = None) -> list[str]:
        """Return a line with the marks of the first thresholds alone, None for all."""
        line = [" "] * self.width
        for place in self.places[:marks]:
            line[place] = "│"
        return line

    def foot(self) -> list[str]:
        """Return the axis and the labels of its ticks."""
        limits = [limit for _, limit in self.thresholds]
        ends = [-math.inf, *limits, math.inf]
        edges = [-1, *self.places, self.width]
        line: list[str] = []
        for index in range(len(edges) - 1):
            line += ["│"] if index else []
            inside = (ends[index] + ends[index + 1]) / 2
            yes = limits and all(HOLDS[operator](inside, limit) for operator, limit in self.thresholds)
            line += ("━" if yes else "─") * (edges[index + 1] - edges[index] - 1)
        ticks = [" "] * self.width
        for position, label in self.axis.ticks():
            _put(ticks, label, _column(position / 100, self.width))
        said = "━ says yes" if "━" in line else ""
        return [_labelled(said, line), _labelled("", ticks)]


def _flags(columns: _Columns, thresholds: Sequence[Threshold], documented: float | None) -> list[str]:
    """Return a line for each threshold and for the documented figure, with its number beside its mark."""
    lines = []
    if documented is not None and columns.axis.shows(documented):
        line = columns.empty(0)
        _flag(line, f"documented {number(documented, 6)}", columns.of(documented), "▼")
        lines.append(_labelled("", line))
    for index, (operator, limit) in enumerate(thresholds):
        line = columns.empty(index)
        _flag(line, f"{operator} {number(limit, 6)}", columns.places[index], "│")
        lines.append(_labelled("", line))
    return lines


def _flag(line: list[str], text: str, place: int, mark: str) -> None:
    line[place] = mark
    start = place - len(text) - 1 if place > len(line) / 2 else place + 2
    for index, letter in enumerate(text, start):
        if 0 <= index < len(line) and line[index] == " ":
            line[index] = letter


def _bars(arm: Arm, columns: _Columns, height: int) -> list[str]:
    """Return the columns of an arm; an eighth of a line is the least that a seed is seen by."""
    held = Counter(columns.of(value) for value in arm.finite)
    most = max(held.values())
    labels = [arm.name, count(len(arm.finite), "seed"), f"tallest {most:,}"]
    lines = []
    for level in reversed(range(height)):
        line = columns.empty()
        for column, seeds in held.items():
            eighths = max(1, round(8 * height * seeds / most)) - 8 * level
            if eighths > 0:
                line[column] = _BARS[min(8, eighths)]
        lines.append(_labelled(labels.pop(0) if labels else "", line))
    return lines


def _is_right_of(value: float, threshold: Threshold) -> bool:
    operator, limit = threshold
    return value >= limit if operator in "≥<" else value > limit


def _column(share: float, width: int) -> int:
    return min(max(round(share * (width - 1)), 0), width - 1)


def _beside(share: float, claimed: float, mark: int, width: int) -> int:
    """Return the column of a share, on its own side of the claimed one's mark."""
    place = _column(share, width)
    if share < claimed:
        return max(min(place, mark - 1), 0)
    return max(place, min(mark + 1, width - 1)) if share > claimed else place


def _put(line: list[str], text: str, place: int) -> None:
    """Write text centred at a place, moved into the line; nothing where it would touch other text."""
    start = min(max(place - len(text) // 2, 0), len(line) - len(text))
    if start >= 0 and all(letter == " " for letter in line[max(0, start - 1) : start + len(text) + 1]):
        line[start : start + len(text)] = text


def _labelled(label: str, line: Sequence[str]) -> str:
    return f"{label:{_LABELS}}{''.join(line)}".rstrip()
