"""The figure of losses and metrics over the epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.plots import style
from nnspec.plots.seeds import band, chosen_position, count, heading, usual_metric
from nnspec.runs.runs import Runs


def history(runs: Runs | Mapping[str, Runs], names: Sequence[str] = ("loss", "accuracy")) -> style.Figure:
    """Return one axes per name with the median over the seeds, their central 95 % and one seed's curve.

    `runs` are the runs of one recipe, or of several arms by name, each in its own colour. The one
    seed is that with the median accuracy, or the median loss where accuracy was not measured.
    Validation (`val_` and the name), where there is any, is a dashed median without a band. The titles
    give the medians in the last epoch. Losses that are not finite are left out.

    Raises
    ------
    InvalidValue
        If there is no arm, a name is not in the history, or all seeds of an arm diverged.
    """
    arms = {runs.name: runs} if isinstance(runs, Runs) else dict(runs)
    if not arms or not names:
        raise InvalidValue("runs, names", (list(arms), list(names)), "at least one arm and one name")
    # the legend has a column for each of up to three arms
    width, height = max(4.0 * len(names), 8.0 if len(arms) < 3 else 10.5), 4.4 if len(arms) == 1 else 4.8
    figure, axes = style.empty_figure(columns=len(names), width=width, height=height)
    for ax, name in zip(axes, names, strict=True):
        for index, (arm, results) in enumerate(arms.items()):
            prefix = f"{arm}: " if len(arms) > 1 else ""
            _draw_arm(ax, results, name, index, prefix)
        ax.set(xlabel="epoch", ylabel=name.replace("_", " "))
        style.set_title(ax, _title(arms, name))
    style.set_legend(figure, columns=4 if len(arms) == 1 else min(len(arms), 3))
    first = next(iter(arms.values()))
    style.set_heading(figure, heading(first) if len(arms) == 1 else " against ".join(arms))
    return figure


def _title(arms: Mapping[str, Runs], name: str) -> str:
    words = name.replace("_", " ")
    title = f"{words}, median in the last epoch"
    validated = {arm: runs for arm, runs in arms.items() if f"val_{name}" in runs.history}
    if not validated:
        return f"{title} {_ends(arms, name)}"
    between = ", " if len(arms) == 1 else "\n"
    return f"{title}\ntraining {_ends(arms, name)}{between}validation {_ends(validated, f'val_{name}')}"


def _ends(arms: Mapping[str, Runs], name: str) -> str:
    return " and ".join(f"{band(runs.history[name][:, -1:]).median[0]:.3g}" for runs in arms.values())


def _draw_arm(ax: style.Axes, runs: Runs, name: str, index: int, prefix: str) -> None:
    one_of("names", name, runs.history)
    values = runs.history[name]
    # Markers at a few epochs tell several arms apart without colour.
    look: dict[str, Any] = {"color": style.colour(index + 1), "linewidth": 2}
    if prefix:
        every = max(values.shape[1] // 8, 1)
        look |= {"marker": style.marker(index), "markersize": 5, "markevery": every}
    epochs = np.arange(1, values.shape[1] + 1)
    spread = band(values)
    metric = usual_metric(runs)
    position = chosen_position(runs, None, metric)
    label = f"{prefix}central 95 %"
    ax.fill_between(epochs, spread.low, spread.high, color=look["color"], alpha=0.2, linewidth=0, label=label)
    ax.plot(epochs, spread.median, **look, label=f"{prefix}median of {count(runs)}")
    seed = f"{prefix}seed {runs.seeds[position]} (median {metric})"
    ax.plot(epochs, values[position], color=look["color"], linewidth=0.8, label=seed)
    if f"val_{name}" in runs.history:
        validation = band(runs.history[f"val_{name}"]).median
        look |= {"linestyle": "--", "markerfacecolor": "white"}
        ax.plot(epochs, validation, **look, label=f"{prefix}median, validation")
