"""The distribution of a quantity over the seeds, before and now, as two small bars on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles

from nnspec.report.drawing.axis import Axis, axis_for, draw_axis
from nnspec.report.drawing.svg import across, add, drawing, markup, upright
from nnspec.report.words.wording import count, number
from nnspec.results.quantities import finite

_ROW = 32.0  # pixels
_LEAST = 2  # values; fewer have no quantiles


def drift_bar(label: str, before: Sequence[float], now: Sequence[float], threshold: float | None) -> str:
    """Return inline SVG of the finite values of both runs (seeds,), empty where there are too few.

    A thin line is the central 95 %, a thick one the middle half, the dot the median; `threshold` is an
    upright line.
    """
    rows = [("baseline", finite(before)), ("this run", finite(now))]
    if any(len(values) < _LEAST for _, values in rows):
        return ""
    axis = axis_for(rows[1][1], rows[0][1], [] if threshold is None else [threshold])
    told = [f"{label} over the seeds"]
    told += [f"{name}: median {number(_five(values)[2])}" for name, values in rows]
    root = drawing("change", 2 * _ROW + 26, "; ".join(told))
    if threshold is not None and axis.shows(threshold):
        upright(root, "threshold", axis.position(threshold), 2, 2 * _ROW + 4)
    for index, (name, values) in enumerate(rows):
        middle = (index + 0.75) * _ROW
        ends = [_place(axis, value) for value in _five(values)]
        css = "counterfactual" if name == "baseline" else "claim"
        group = add(root, "g", f"five {css}")
        add(group, "line", x1=across(ends[0]), x2=across(ends[4]), y1=middle, y2=middle)
        add(group, "line", "half", x1=across(ends[1]), x2=across(ends[3]), y1=middle, y2=middle)
        add(group, "circle", cx=across(ends[2]), cy=middle, r=4)
        said = f"{name}: {count(len(values), 'seed')}, median {number(_five(values)[2])}"
        add(group, "text", "flag", said, x="0%", y=middle - 9)
    draw_axis(root, axis, 2 * _ROW + 4)
    return markup(root)


def _place(axis: Axis, value: float) -> float:
    """Return where a value lies on the axis, at its edge where it lies beyond."""
    return min(max(axis.position(value), 0.0), 100.0) if value > 0 or not axis.logarithmic else 0.0


def _five(values: Sequence[float]) -> list[float]:
    """Return the 2.5, 25, 50, 75 and 97.5 % quantiles."""
    cuts = quantiles(values, n=40, method="inclusive")
    return [cuts[0], cuts[9], cuts[19], cuts[29], cuts[38]]
