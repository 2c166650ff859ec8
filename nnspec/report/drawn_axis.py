"""An axis as it is drawn: one line with its ticks, and their labels below."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from nnspec.report.axis import Axis
from nnspec.report.svg import across, add

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
