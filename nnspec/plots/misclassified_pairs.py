"""The figure of the classes that are taken for each other most often."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.plots import style
from nnspec.plots.seeds import band


def misclassified_pairs(confusions: ArrayLike, class_names: Sequence[str], count: int = 10) -> style.Figure:
    """Return the pairs of classes that are confused most, either way round, with their central 95 %.

    `confusions` are confusion matrices (seeds, classes, classes), true classes in rows. A bar is the
    median over the seeds; the `count` longest are drawn, the longest on top.

    Raises
    ------
    InvalidValue
        If the matrices are not square, or if there are not as many names as at least two classes.
    """
    matrices = np.asarray(confusions)
    if matrices.ndim != 3 or matrices.shape[1] != matrices.shape[2] or len(matrices) == 0:
        raise InvalidValue("confusions.shape", matrices.shape, "square matrices, (seeds, classes, classes)")
    classes = matrices.shape[1]
    if classes < 2 or len(class_names) != classes:
        expected = f"a name for each of the {classes} classes, at least 2"
        raise InvalidValue("class_names", class_names, expected)
    first, second = np.triu_indices(classes, k=1)
    spread = band(matrices[:, first, second] + matrices[:, second, first])
    longest = np.argsort(-spread.median, kind="stable")[: whole_number("count", count)]
    medians = spread.median[longest]
    reach = np.stack([medians - spread.low[longest], spread.high[longest] - medians])
    figure, (ax,) = style.empty_figure(height=1.6 + 0.32 * len(longest))
    names = [f"{class_names[first[pair]]} – {class_names[second[pair]]}" for pair in longest]
    colour = style.colour(5)
    ax.barh(range(len(longest)), medians, tick_label=names, xerr=reach, color=colour, capsize=3)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.set(xlabel="examples taken for each other, either way round")
    seeds = f"{len(matrices)} seed{'' if len(matrices) == 1 else 's'}"
    style.set_heading(figure, f"Most confused pairs of classes, median and central 95 % of {seeds}")
    return figure
