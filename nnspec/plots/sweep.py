"""The figure of a learning-rate sweep."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.plots import style
from nnspec.plots.seeds import Band, band, count, heading
from nnspec.runs.runs import Runs
from nnspec.textbook.learning_rate import RULES

# The blues stay with the loss and yellow with the document.
_RULE_COLOURS = tuple(style.PALETTE[index] for index in (2, 3, 4, 7, 0))


def sweep(runs: Runs, documented: tuple[float, float] | None = None) -> style.Figure:
    """Return the loss over the learning rate with the median suggestion of every rule.

    `documented` is the interval of rates that the document names. The loss axis is logarithmic where
    the losses explode, so that the valley stays visible.

    Raises
    ------
    InvalidValue
        If the recipe has no learning rates, they do not climb, or there are too few for the rules.
    """
    rates = runs.recipe.learning_rates
    if rates is None:
        remedy = "train recipe.with_learning_rates(exponential_sweep(…))"
        raise InvalidValue("runs.recipe.learning_rates", None, "a sweep of learning rates", remedy)
    losses = runs.history["loss"]
    spread = band(losses)
    figure, (ax,) = style.empty_figure(height=4.6)
    if documented is not None:
        low, high = documented
        label = f"documented, {low:g} … {high:g}"
        ax.axvspan(low, high, color=style.PALETTE[6], alpha=0.5, linewidth=0, label=label)
    look: dict[str, Any] = {"color": style.colour(1)}
    ax.fill_between(rates, spread.low, spread.high, **look, alpha=0.2, linewidth=0, label="central 95 %")
    ax.plot(rates, spread.median, **look, linewidth=2, label=f"median of {count(runs)}")
    for index, (name, rule) in enumerate(RULES.items()):
        suggested = rule(rates, losses)
        known = suggested[np.isfinite(suggested)]
        if len(known):
            median = float(np.median(known))
            colour, label = _RULE_COLOURS[index % len(_RULE_COLOURS)], f"{name}, median {median:.2g}"
            ax.axvline(median, color=colour, linestyle=style.line_style(index), linewidth=1.8, label=label)
    ax.set_xscale("log")
    if _explodes(spread):
        ax.set_yscale("log")
    ax.set(xlabel="learning rate", ylabel="loss")
    style.set_legend(figure, columns=3)
    style.set_heading(figure, heading(runs))
    return figure


def _explodes(spread: Band) -> bool:
    finite = np.isfinite(spread.median)
    if not finite.any():
        return False
    return bool(spread.low[finite].min() > 0 and spread.high[finite].max() > 10 * spread.median[finite][0])
