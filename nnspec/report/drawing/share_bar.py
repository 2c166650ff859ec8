"""The share of seeds that say yes with its interval, against the share that is claimed.

A page has hundreds of these bars. What they have in common is drawn once (`share_bar.html.jinja`), and each
bar uses that with places of its own, as CSS variables: the share, its interval, the claimed share.
"""

from __future__ import annotations

from nnspec.report.drawing.svg import across, add, drawing, markup
from nnspec.report.words import wording


def share_bar(
    share: float, interval: tuple[float, float] | None, claimed: float | None, verdict: str, *, labelled: bool
) -> str:
    """Return inline SVG of a share, its interval and the claimed share, all 0 … 1 on one axis.

    The claimed range is shaded. `labelled` adds the ends of the axis and the claimed share in words. The bar
    stands beside the share, and the claim says the rest: who hears the page misses nothing without it.
    """
    height = 38.0 if labelled else 22.0
    low, high = interval or (share, share)
    places = {"share": share, "low": low, "high": high} | ({} if claimed is None else {"claimed": claimed})
    root = drawing(f"share {verdict}", height)
    root.set("style", ";".join(f"--{name}:{across(100 * place)}" for name, place in places.items()))
    if claimed is not None:
        add(root, "use", href="#share-claimed")
    add(root, "use", href="#share-found")
    if labelled:
        add(root, "use", href="#share-0")
        if claimed is None or claimed <= 0.7:
            add(root, "use", href="#share-100")
        if claimed is not None and claimed > 0.15:
            anchor = "end" if claimed > 0.8 else "middle"
            text, place = wording.claimed_label(claimed), across(100 * claimed)
            add(root, "text", "tick", text, x=place, y=height - 3, text_anchor=anchor)
    return markup(root)
