"""The figures of networks with one input: a function that they approximate, a regression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.plots import style
from nnspec.plots.seeds import by_name, chosen_position, heading, seed_label
from nnspec.runs.runs import Runs

POINTS = 400  # of a fit between the smallest and the largest input


def function_fits(arms: Mapping[str, Runs], seed: int | None = None) -> style.Figure:
    """Return the target function and one seed's fit of every arm, with its largest error on the data.

    The target is a line through all examples in the order of their input. `seed` is a seed number;
    None draws every arm's own seed with the median loss.

    Raises
    ------
    InvalidValue
        If there is no arm, if the arms do not share their data, if inputs are not (examples, 1), if
        there is more than one output, or if the seed is unknown or diverged.

    Source: the universal approximation theorem (Cybenko 1989; Hornik 1991).
    """
    named = by_name(arms)
    data = next(iter(named.values())).recipe.data
    arrays = data.arrays()
    if arrays.x_train.shape[1:] != (1,):
        raise InvalidValue("x_train.shape", arrays.x_train.shape, "one input per example, (examples, 1)")
    x = np.concatenate([arrays.x_train, arrays.x_test])
    y = np.concatenate([arrays.y_train, arrays.y_test]).reshape(len(x), -1)[:, 0].astype(np.float64)
    order = np.argsort(x[:, 0], kind="stable")
    x, y = x[order], y[order]
    figure, (ax,) = style.empty_figure(height=4.6)
    ax.plot(x[:, 0], y, color=style.GREY, linewidth=5, alpha=0.4, label="target")
    inputs = np.linspace(x[0], x[-1], POINTS)
    for index, (name, runs) in enumerate(named.items()):
        if runs.recipe.data != data:
            raise InvalidValue("arms", name, "arms that approximate the same function, with the same data")
        one = runs.select([chosen_position(runs, seed, "loss")])
        fit = one.predict(inputs)[0]
        if fit.shape[1] != 1:
            raise InvalidValue("outputs", fit.shape[1], "one output, as a function of one input has")
        error = np.abs(one.predict(x)[0, :, 0] - y).max()
        label = f"{name}, seed {one.seeds[0]}, largest error {error:.2g}"
        look: dict[str, Any] = {"color": style.colour(index), "linestyle": style.line_style(index)}
        ax.plot(inputs[:, 0], fit[:, 0], **look, linewidth=1.8, label=label)
    ax.set(xlabel="input", ylabel="output")
    style.set_legend(figure, columns=2)
    chosen = "each network's seed with the median loss" if seed is None else f"seed {seed}"
    style.set_heading(figure, f"{type(data).__name__}: target and fits, {chosen}")
    return figure


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
