"""By what factor a cost changed, with its interval, on an axis of factors."""

from __future__ import annotations

import math

from nnspec.report.drawing.svg import across, add, drawing, markup, upright

_MARGIN = 3.0  # percent of the width, so that whole marks fit


def change_bar(
    factor: float, interval: tuple[float, float], tolerance: float, reach: float, css_class: str, said: str
) -> str:
    """Return inline SVG of a factor and its interval, on a logarithmic axis from 1 / reach to reach.

    Up to 1 + `tolerance` either way is shaded, 1 is a line. `said` is the same in words.
    """

    def place(value: float) -> float:
        share = math.log(value) / math.log(reach)
        return 50 + (50 - _MARGIN) * max(-1.0, min(1.0, share))

    middle = 11.0
    root = drawing(f"share {css_class}", said, 22.0)
    low, high = place(1 / (1 + tolerance)), place(1 + tolerance)
    add(root, "rect", "yes", x=across(low), y=middle - 8, width=across(high - low), height=16)
    add(root, "line", "track", x1="0%", x2="100%", y1=middle, y2=middle)
    upright(root, "threshold", place(1.0), middle - 10, middle + 10)
    ends = [place(end) for end in interval]
    add(root, "line", "whisker", x1=across(ends[0]), x2=across(ends[1]), y1=middle, y2=middle)
    for end in ends:
        upright(root, "whisker", end, middle - 4, middle + 4)
    add(root, "circle", "found", cx=across(place(factor)), cy=middle, r=4.5)
    return markup(root)
