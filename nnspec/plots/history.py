"""The figure of losses and metrics over the epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from nnspec.errors import InvalidValue, one_of
from nnspec.plots import style
from nnspec.plots.seeds import band, chosen_position, count, heading
from nnspec.training.runs import Runs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def history(runs: Runs | Mapping[str, Runs], names: Sequence[str] = ("loss", "accuracy")) -> Figure:
    """Return one axes per name with the median over the seeds, their central 95 % and one seed's curve.

    `runs` are the runs of one recipe, or of several arms by name, each in its own colour. The one
    seed is that with the median accuracy, or the median loss where accuracy was not measured.
    Validation (`val_` and the name), where there is any, is a dashed median without a band. Losses
    that are not finite are left out.

    Raises
    ------
    InvalidValue
        If there is no arm, a name is not in the history, or all seeds of an arm diverged.
    """
    arms = {runs.name: runs} if isinstance(runs, Runs) else dict(runs)
    if not arms or not names:
        raise InvalidValue("runs, names", (list(arms), list(names)), "at least one arm and one name")
    figure, axes = style.empty_figure(columns=len(names), width=max(4.0 * len(names), 8.0), height=4.4)
    for ax, name in zip(axes, names, strict=True):
        for index, (arm, results) in enumerate(arms.items()):
            prefix = f"{arm}: " if len(arms) > 1 else ""
            _draw_arm(ax, results, name, style.colour(index + 1), prefix)
        words = name.replace("_", " ")
        ends = [band(results.history[name][:, -1:]).median[0] for results in arms.values()]
        medians = " and ".join(f"{end:.3g}" for end in ends)
        ax.set(xlabel="epoch", ylabel=words, title=f"{words}, median in the last epoch {medians}")
        ax.title.set_fontsize(10)
    style.set_legend(figure, columns=4 if len(arms) == 1 else min(len(arms), 3))
    first = next(iter(arms.values()))
    style.set_heading(figure, heading(first) if len(arms) == 1 else " against ".join(arms))
    return figure


def _draw_arm(ax: Axes, runs: Runs, name: str, colour: str, prefix: str) -> None:
    one_of("names", name, runs.history)
    values = runs.history[name]
    epochs = np.arange(1, values.shape[1] + 1)
    spread = band(values)
    metric = "accuracy" if "accuracy" in runs.metrics else "loss"
    position = chosen_position(runs, None, metric)
    ax.fill_between(
        epochs, spread.low, spread.high, color=colour, alpha=0.2, linewidth=0, label=f"{prefix}central 95 %"
    )
    ax.plot(epochs, spread.median, color=colour, linewidth=2, label=f"{prefix}median of {count(runs)}")
    seed = f"{prefix}seed {runs.seeds[position]} (median {metric})"
    ax.plot(epochs, values[position], color=colour, linewidth=0.8, label=seed)
    if f"val_{name}" in runs.history:
        validation = band(runs.history[f"val_{name}"]).median
        label = f"{prefix}median, validation"
        ax.plot(epochs, validation, color=colour, linewidth=2, linestyle="--", label=label)
