"""The horizontal axis of a strip: which range it shows, where a value lies on it, where its ticks are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from nnspec.report.drawing.svg import across, add
from nnspec.report.words.wording import number

# A range is accepted while it is at most so many times as wide as the central 80 % of the values:
# first everything, then the central 99 %, 95 % and 90 %. One outlier may widen the axis twentyfold
# before it is clipped, because seeds that are stuck far away are evidence too.
_RANGES = ((1.0, 20.0), (0.99, 100.0), (0.95, 1000.0), (0.9, math.inf))
_ROUND_OFF = 1e-3  # of the median: seeds that are closer together are ties, not a scale
_LOGARITHMIC_FROM = 100.0  # largest to smallest value; below two decades a plain axis is easier to read
# of the median: on a logarithmic axis what is smaller, such as round-off, lies beyond its edge
_NOTHING = 1e-4
_PADDING = 0.03
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high`, in the values' unit, or its decimal logarithm if `logarithmic`.

    On an axis that `counts`, whose values are whole numbers, nothing else is written.
    """

    low: float
    high: float
    logarithmic: bool = False
    counts: bool = False

    def position(self, value: float) -> float:
        """Return where `value` lies in percent of the width: 0 left, 100 right, outside when beyond."""
        return 100 * (_scaled([value], self.logarithmic)[0] - self.low) / (self.high - self.low)

    def value(self, position: float) -> float:
        """Return the value at a place in percent of the width."""
        scaled = self.low + (self.high - self.low) * position / 100
        return 10.0**scaled if self.logarithmic else scaled

    def shows(self, value: float) -> bool:
        """Return whether `value` lies on the axis."""
        return (value > 0 or not self.logarithmic) and 0 <= self.position(value) <= 100

    def ticks(self) -> list[tuple[float, str]]:
        """Return position (percent) and label of three to seven round values."""
        values = list(self._logarithmic_values()) if self.logarithmic else list(self._round_values())
        return [(self.position(value), label) for value, label in values]

    def _round_values(self) -> Iterator[tuple[float, str]]:
        raw = (self.high - self.low) / 6
        size = 10.0 ** math.floor(math.log10(raw))
        step = next(s * size for s in (1, 2, 5, 10) if s * size >= raw * 0.999)
        step = max(step, 1.0) if self.counts else step
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        large = max(abs(self.low), abs(self.high))
        for index in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            value = index * step
            plain = step >= 1e-4 and large < 1e6
            yield value, f"{value:.{digits}f}".replace("-", "−") if plain else number(value)

    def _logarithmic_values(self) -> Iterator[tuple[float, str]]:
        first, last = math.floor(self.low), math.ceil(self.high)
        decades = self.high - self.low
        steps = (1, 2, 5) if decades <= 2.3 else (1, 3) if decades <= 4 else (1,)
        for power in range(first, last + 1, max(1, math.ceil((last - first) / 7))):
            for value in (step * 10.0**power for step in steps):
                if self.shows(value):
                    plain = len(steps) > 1 or -3 <= power <= 4
                    yield value, number(value) if plain else f"10{str(power).translate(_SUPERSCRIPTS)}"


def axis_for(
    claim: Sequence[float], counterfactual: Sequence[float], marks: Sequence[float], wish: float | None = None
) -> Axis:
    """Return the axis that shows the finite values of both arms (seeds,) and every one of `marks`.

    Logarithmic when all are positive and spread over two decades or more. Far outliers are left
    beyond the edges, and so is a counterfactual whose values are far from the claim's. `wish` is a
    further value that is shown unless the axis would become three times as wide for it.

    Raises
    ------
    ValueError
        If there are neither values nor marks.
    """
    if wish is not None:
        without = axis_for(claim, counterfactual, marks)
        wished = axis_for(claim, counterfactual, [*marks, wish])
        same = without.logarithmic == wished.logarithmic
        return wished if same and wished.high - wished.low <= 3 * (without.high - without.low) else without
    everything = [*claim, *counterfactual, *marks]
    logarithmic = min(everything) > 0 and _is_wide(_without_nothing(everything), marks)
    if logarithmic:
        claim, counterfactual = _without_nothing(claim), _without_nothing(counterfactual)
    own, other = _scaled(claim, logarithmic), _scaled(counterfactual, logarithmic)
    edges = [*_range(own), *_scaled(marks, logarithmic)]
    with_other = edges + _range(other)
    if _span(edges) == 0 or _span(with_other) <= 20 * _span(edges):
        edges = with_other
    low, high = min(edges), max(edges)
    margin = _PADDING * (high - low) or 0.05 * abs(low) or 0.05
    whole = all(float(value).is_integer() for value in everything)
    return Axis(low - margin, high + margin, logarithmic, whole)


def _without_nothing(positive: Sequence[float]) -> list[float]:
    middle = sorted(positive)[len(positive) // 2] if positive else 0.0
    return [value for value in positive if value >= _NOTHING * middle]


def _is_wide(positive: Sequence[float], marks: Sequence[float]) -> bool:
    ends = [*_central(positive, 0.95), *marks]
    return max(ends) / min(ends) >= _LOGARITHMIC_FROM


def _scaled(values: Sequence[float], logarithmic: bool) -> list[float]:
    return [math.log10(value) for value in values] if logarithmic else list(values)


def _range(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    middle = sorted(values)[len(values) // 2]
    inner = max(_span(_central(values, 0.8)), _ROUND_OFF * abs(middle))
    candidates = ((_central(values, share), factor * inner) for share, factor in _RANGES)
    accepted = (list(ends) for ends, limit in candidates if inner == 0 or _span(ends) <= limit)
    return next(accepted)


def _central(values: Sequence[float], share: float) -> tuple[float, float]:
    ordered = sorted(values)
    cut = int(len(ordered) * (1 - share) / 2)
    return ordered[cut], ordered[-1 - cut]


def _span(values: Sequence[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0)


_ACROSS = 2000  # units across the drawing of the line, which stretches with the page
_TICK = 4.0  # pixels


def draw_axis(root: Element, axis: Axis, y: float) -> None:
    """Append the axis to a drawing, its line at `y` (pixels) and the labels of its ticks below."""
    ticks = axis.ticks()
    box = {"viewBox": f"0 0 {_ACROSS} {_TICK:g}", "preserveAspectRatio": "none"}
    line = "".join(f"M{round(x * _ACROSS / 100)} 0v{_TICK:g}" for x, _ in ticks)
    add(add(root, "svg", "axis", y=y, height=_TICK, **box), "path", d=f"M0 0h{_ACROSS}{line}")
    labels = add(root, "g", "tick middle")
    for x, text in ticks:
        add(labels, "text", text=text, x=across(x), y=y + 16)
