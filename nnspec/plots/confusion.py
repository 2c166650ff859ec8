"""The figure of a confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnspec.plots import style
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
