"""Inline SVG that stretches with the page: positions across in percent, heights and type in pixels.

With percentages instead of a view box, text and marks keep their size on a telephone.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring


def drawing(css_class: str, height: float, description: str = "") -> Element:
    """Return an empty SVG, as wide as its place and `height` pixels high, that says `description`.

    Without one it shows what a text beside it says, and is passed over by who hears the page.
    """
    heard = {"role": "img", "aria-label": description} if description else {"aria-hidden": "true"}
    root = Element("svg", {"class": css_class, **heard})
    root.set("width", "100%")
    root.set("height", _short(height))
    return root


def add(parent: Element, tag: str, css_class: str = "", text: str = "", **attributes: float | str) -> Element:
    """Append an element; numbers are rounded to what the eye can see."""
    element = SubElement(parent, tag, {"class": css_class} if css_class else {})
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), value if isinstance(value, str) else _short(value))
    element.text = text or None
    return element


def across(position: float) -> str:
    """Return a position in percent of the width as an SVG length."""
    return f"{_short(position, 2)}%"


def upright(parent: Element, css_class: str, position: float, top: float, bottom: float) -> Element:
    """Append a vertical line at `position` (percent) from `bottom` up to `top` (pixels)."""
    x = across(position)
    return add(parent, "line", css_class, x1=x, x2=x, y1=bottom, y2=top)


def beside(
    parent: Element,
    css_class: str,
    text: str,
    position: float,
    y: float,
    gap: float = 5,
    right: bool | None = None,
) -> None:
    """Append text beside `position` (percent), on the `right` or not, None where there is more room."""
    left = position > 50 if right is None else not right
    dx, anchor = (-gap, "end") if left else (gap, "start")
    add(parent, "text", css_class, text, x=across(position), y=y, dx=dx, text_anchor=anchor)


def markup(root: Element) -> str:
    """Return the drawing as text that may stand in HTML."""
    return tostring(root, encoding="unicode")


def _short(value: float, digits: int = 1) -> str:
    return f"{round(value, digits):g}"
