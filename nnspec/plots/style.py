"""The look that all figures share: colours, markers, line styles and the empty figure."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe & Ito (2008): eight colours that colour-blind readers tell apart, in an order of nnspec's own
# that gives class 0 orange and class 1 blue, as the documents' pictures have them.
PALETTE = ("#E69F00", "#0072B2", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")

# Seven against eight colours: together they tell 56 classes apart, also in black and white.
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

LINE_STYLES = ("-", "--", "-.", ":")

GREY = "#666666"


def colour(index: int) -> str:
    """Return the colour of the class, arm or rule with this number; they repeat after eight."""
    return PALETTE[index % len(PALETTE)]


def marker(index: int) -> str:
    """Return the marker of the class with this number; they repeat after seven."""
    return MARKERS[index % len(MARKERS)]


def line_style(index: int) -> str:
    """Return the line style of the rule with this number; they repeat after four."""
    return LINE_STYLES[index % len(LINE_STYLES)]


def empty_figure(columns: int = 1, width: float = 8.0, height: float = 4.0) -> tuple[Figure, list[Axes]]:
    """Return a figure of `width` × `height` inch at 100 dpi with `columns` axes in one row.

    It belongs to no pyplot window and leaves no global state, so it is freed with its last reference.
    """
    from matplotlib.figure import Figure  # takes half a second to import

    figure = Figure(figsize=(width, height), dpi=100)
    figure.set_layout_engine("constrained", w_pad=0.1)  # room between an axes and the next one's label
    axes = list(figure.subplots(1, columns, squeeze=False)[0])
    for ax in axes:
        ax.spines[["top", "right"]].set_visible(False)
    return figure, axes


def set_heading(figure: Figure, text: str) -> None:
    """Set the title over all axes, its lines broken where they would leave the figure."""
    size = 11
    characters = int(figure.get_figwidth() * 72 / (0.58 * size))  # the font's mean width is 0.58 of its size
    lines = [textwrap.fill(line, characters) for line in text.splitlines()]
    figure.suptitle("\n".join(lines), fontsize=size)


def set_legend(figure: Figure, columns: int) -> None:
    """Set the legend of the first axes under the figure, in this many columns."""
    handles, labels = figure.axes[0].get_legend_handles_labels()
    columns = min(columns, len(labels))
    figure.legend(handles, labels, loc="outside lower center", ncols=columns, frameon=False, fontsize=9)
