"""The look that all figures share: colours, markers, line styles and the empty figure."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
    from matplotlib.figure import Figure as Figure
    from matplotlib.image import AxesImage as AxesImage

# Okabe & Ito (2008): eight colours that colour-blind readers tell apart, in an order of nnspec's own
# that gives class 0 orange and class 1 blue, as the documents' pictures have them.
PALETTE = ("#E69F00", "#0072B2", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")

# Seven against eight colours: together they tell 56 classes apart, also in black and white.
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

LINE_STYLES = ("-", "--", "-.", ":")

GREY = "#666666"

# Purple and orange are told apart by colour-blind readers, and class 0 is orange here too.
DIVERGING = "PuOr"
SHADING = 0.7  # opacity of what examples are drawn over, so that they stand out
SEQUENTIAL = "Greys"  # leaves the colours to the classes that are drawn over it


def colour(index: int) -> str:
    """Return the colour of the class, arm or rule with this number; they repeat after eight."""
    return PALETTE[index % len(PALETTE)]


def marker(index: int) -> str:
    """Return the marker of the class with this number; they repeat after seven."""
    return MARKERS[index % len(MARKERS)]


def line_style(index: int) -> str:
    """Return the line style of the rule with this number; they repeat after four."""
    return LINE_STYLES[index % len(LINE_STYLES)]


def empty_figure(
    columns: int = 1, width: float = 8.0, height: float = 4.0, rows: int = 1
) -> tuple[Figure, list[Axes]]:
    """Return a figure of `width` × `height` inch at 100 dpi with `columns` axes in each of `rows` rows.

    The axes are in reading order. The figure belongs to no pyplot window and leaves no global state,
    so it is freed with its last reference.
    """
    from matplotlib.figure import Figure  # takes half a second to import

    figure = Figure(figsize=(width, height), dpi=100)
    figure.set_layout_engine("constrained", w_pad=0.1)  # room between an axes and the next one's label
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in axes:
        ax.spines[["top", "right"]].set_visible(False)
    return figure, axes


def panels(
    count: int, most: int, width: float, height: float, extra: float = 1.0
) -> tuple[Figure, list[Axes]]:
    """Return a figure with `count` axes in even rows of at most `most`, each `width` × `height` inch.

    `extra` is the height in inch for heading and legend.
    """
    rows = math.ceil(count / most)
    columns = math.ceil(count / rows)
    # One panel alone still gets a width that a heading fits in.
    size = {"width": max(columns * width, 5.5), "height": rows * height + extra}
    figure, axes = empty_figure(columns, **size, rows=rows)
    for spare in axes[count:]:
        spare.remove()
    return figure, axes[:count]


def set_title(ax: Axes, text: str) -> None:
    """Set the title of one of several axes, its lines broken where they would reach the next one."""
    size = 10
    grid, figure = ax.get_gridspec(), ax.get_figure(root=True)
    if grid is not None and figure is not None:
        text = _wrapped(text, 0.9 * figure.get_figwidth() / grid.ncols, size)
    ax.set_title(text, fontsize=size)


def set_heading(figure: Figure, text: str) -> None:
    """Set the title over all axes, its lines broken where they would leave the figure."""
    size = 11
    figure.suptitle(_wrapped(text, figure.get_figwidth(), size), fontsize=size)


def set_legend(figure: Figure, columns: int) -> None:
    """Set the legend of the first axes under the figure, in this many columns or as many as fit."""
    from matplotlib.collections import PathCollection  # takes half a second to import

    handles, labels = figure.axes[0].get_legend_handles_labels()
    size = 9
    # The font's mean width is about half of its size; the sample beside a label takes half an inch.
    widest = 0.5 + max(map(len, labels)) * 0.52 * size / 72
    columns = min(columns, len(labels), max(1, int(figure.get_figwidth() / widest)))
    legend = figure.legend(
        handles, labels, loc="outside lower center", ncols=columns, frameon=False, fontsize=size
    )
    for handle in legend.legend_handles:
        # A marker has to be told from the others here, however small it is among many examples.
        if isinstance(handle, PathCollection):
            handle.set_sizes([24])


def _wrapped(text: str, inches: float, size: int) -> str:
    characters = int(inches * 72 / (0.58 * size))  # the font's mean width is 0.58 of its size
    return "\n".join(textwrap.fill(line, characters) for line in text.splitlines())
