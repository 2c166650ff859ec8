"""The figure of a regression on one input."""

from __future__ import annotations

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.plots import style
from nnspec.plots.seeds import chosen_position, heading, seed_label
from nnspec.runs.runs import Runs


def regression(runs: Runs, seed: int | None = None) -> style.Figure:
    """Return training points, test points and the predictions of one seed for data with one input.

    The predictions are those for the test part, or for the training part where there is none.
    `seed` is a seed number; None draws the seed with the median loss.

    Raises
    ------
    InvalidValue
        If inputs are not (examples, 1), if there is more than one output, or if the seed is unknown
        or diverged.
    """
    arrays = runs.recipe.data.arrays()
    if arrays.x_train.shape[1:] != (1,):
        raise InvalidValue("x_train.shape", arrays.x_train.shape, "one input per example, (examples, 1)")
    position = chosen_position(runs, seed, "loss")
    has_test = len(arrays.x_test) > 0
    part = "test" if has_test else "training"
    x, y = (arrays.x_test, arrays.y_test) if has_test else (arrays.x_train, arrays.y_train)
    predicted = runs.select([position]).predict(x)[0]
    if predicted.shape[1] != 1:
        raise InvalidValue("outputs", predicted.shape[1], "one output, as a regression has")
    figure, (ax,) = style.empty_figure()
    ax.scatter(arrays.x_train, arrays.y_train, s=12, color=style.colour(1), marker="o", label="training")
    if has_test:
        ax.scatter(x, y, s=12, color=style.colour(2), marker="s", label="test")
    ax.scatter(x, predicted, s=16, color=style.colour(3), marker="x", label=f"predicted ({part})")
    error = np.abs(predicted[:, 0] - y.reshape(-1).astype(np.float64)).mean()
    label = seed_label(runs, position, seed, "loss")
    title = f"{label}, mean absolute error on the {part} part {error:.4g}"
    ax.set(xlabel="input", ylabel="target", title=title)
    ax.title.set_fontsize(10)
    ax.legend()
    style.set_heading(figure, heading(runs))
    return figure
