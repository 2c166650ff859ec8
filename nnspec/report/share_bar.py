"""The share of seeds that say yes with its interval, against the share that is claimed."""

from __future__ import annotations

from nnspec.report.svg import across, add, drawing, markup, upright
from nnspec.report.wording import percent


def share_bar(
    share: float, interval: tuple[float, float] | None, claimed: float | None, verdict: str, *, labelled: bool
) -> str:
    """Return inline SVG of a share, its interval and the claimed share, all 0 … 1 on one axis.

    The claimed range is shaded. `labelled` adds the ends of the axis and the claimed share in words.
    """
    middle = 11.0
    height = 38.0 if labelled else 22.0
    described = f"share {percent(share)}"
    if interval:
        described += f", interval {percent(interval[0])} to {percent(interval[1])}"
    if claimed is not None:
        described += f", claimed at least {percent(claimed)}"
    root = drawing(f"share {verdict}", described, height)
    if claimed is not None:
        width = across(100 * (1 - claimed))
        add(root, "rect", "yes", x=across(100 * claimed), y=middle - 8, width=width, height=16)
    add(root, "line", "track", x1="0%", x2="100%", y1=middle, y2=middle)
    if claimed is not None:
        upright(root, "threshold", 100 * claimed, middle - 10, middle + 10)
    if interval:
        ends = [across(100 * end) for end in interval]
        add(root, "line", "whisker", x1=ends[0], x2=ends[1], y1=middle, y2=middle)
        for end in interval:
            upright(root, "whisker", 100 * end, middle - 4, middle + 4)
    add(root, "circle", "found", cx=across(100 * share), cy=middle, r=4.5)
    if labelled:
        add(root, "text", "tick", "0 %", x="0%", y=height - 3)
        if claimed is None or claimed <= 0.7:
            add(root, "text", "tick", "100 %", x="100%", y=height - 3, text_anchor="end")
        if claimed is not None and claimed > 0.15:
            anchor = "end" if claimed > 0.8 else "middle"
            text = f"claimed {percent(claimed)}"
            add(root, "text", "tick", text, x=across(100 * claimed), y=height - 3, text_anchor=anchor)
    return markup(root)
