"""The figures of which classes are taken for which: one confusion matrix, and the pairs of many of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.plots import style
from nnspec.plots.seeds import band
from nnspec.textbook.metrics import classification_metrics, confusion_matrix


def confusion(y_true: ArrayLike, labels: ArrayLike, class_names: Sequence[str] | None = None) -> style.Figure:
    """Return the confusion matrix with the count and the share of its row in every cell.

    `y_true` and `labels` are class numbers (examples,). The darker a cell, the larger the share of
    the true class; a class that does not occur has a share of 0.

    Raises
    ------
    InvalidValue
        As `nnspec.textbook.confusion_matrix` does, where `class_names` gives the number of classes.
    """
    matrix = confusion_matrix(y_true, labels, None if class_names is None else len(class_names))
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    count = len(matrix)
    side = max(4.0, 1.2 + 0.75 * count)
    names = class_names if class_names is not None else [str(number) for number in range(count)]
    rotated = count > 4 and max(map(len, names)) > 6
    figure, (ax,) = style.empty_figure(width=side + 1.0, height=side + 0.8 * rotated)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        text = f"{matrix[row, column]}\n({100 * share:.1f} %)"
        colour, size = "white" if share > 0.5 else "black", 12 if count <= 4 else 8
        ax.text(column, row, text, color=colour, ha="center", va="center", fontsize=size)
    ax.set_xticks(range(count), names)
    if rotated:
        for label in ax.get_xticklabels():
            label.set(rotation=45, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(count), names)
    ax.xaxis.tick_bottom()
    ax.tick_params(length=0)
    accuracy = classification_metrics(y_true, labels).accuracy
    title = f"Confusion matrix, {matrix.sum():,} examples, accuracy {accuracy:.3f}"
    ax.set(xlabel="Predicted label", ylabel="True label", title=title)
    ax.spines[:].set_visible(False)
    return figure


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
