"""The figure of a verdict from what the results keep: shares with intervals, and the seeds' values."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from nnspec.plots import style
from nnspec.report.words.wording import claimed
from nnspec.results.claim_result import ClaimResult, Counterfactual
from nnspec.results.quantities import Compared, compared, finite

_BINS = 50
_ARMS = ((1, ""), (0, "//"))  # of the claim and of the counterfactual: colour, hatching


def stored_evidence(claim: ClaimResult) -> style.Figure:
    """Return a claim drawn: shares above, one histogram for each quantity below.

    The claim must have been judged over seeds. Thresholds are lines, the documented figure is a dotted one.
    """
    quantities = [one for one in compared(claim) if one.finite]
    rows = 1 + len(quantities)
    figure, axes = style.empty_figure(rows=rows, height=1.8 + 2.7 * len(quantities))
    axes[0].get_gridspec().set_height_ratios([1.0] + [2.0] * len(quantities))  # type: ignore[union-attr]
    _draw_shares(axes[0], claim)
    for ax, quantity in zip(axes[1:], quantities, strict=True):
        _draw_seeds(ax, quantity)
    part = f" ({claim.part})" if claim.part else ""
    style.set_heading(figure, f"{claim.id}{part}: {claim.told}\n{claim.statement}")
    return figure


def _draw_shares(ax: style.Axes, claim: ClaimResult) -> None:
    arms: tuple[ClaimResult | Counterfactual | None, ...] = (claim, claim.counterfactual)
    labels: list[str] = []
    for (index, _), found in reversed(list(zip(_ARMS, arms, strict=True))):
        if found is None or not found.seeds:
            continue
        name = found.called if isinstance(found, Counterfactual) else "claim"
        height, yes, colour = len(labels), found.successes or 0, style.colour(index)
        if found.interval:
            ax.plot(found.interval, [height, height], color=colour, linewidth=3, marker="|", markersize=10)
        ax.plot(yes / found.seeds, height, "o", color=colour, markersize=8)
        labels.append(f"{name}, {yes} of {found.seeds}")
    ax.set_yticks(range(len(labels)), labels)
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.6, len(labels) - 0.4), xlabel="share of the seeds that say yes")
    if claim.claimed_share is not None:
        ax.axvspan(claim.claimed_share, 1.02, color=style.GREY, alpha=0.15)
        label = f"claimed {claimed(claim.claimed_share)}"
        ax.axvline(claim.claimed_share, color="black", linewidth=1.2, label=label)
        ax.legend(loc="center right", fontsize=9)


def _draw_seeds(ax: style.Axes, quantity: Compared) -> None:
    values = [quantity.finite, finite(quantity.counterfactual)]
    # a bin holds its left edge: of > and ≤ the threshold itself belongs to the bin before
    limits = [limit if op in "≥<" else math.nextafter(limit, math.inf) for op, limit in quantity.thresholds]
    edges = _edges([value for arm in values for value in arm], limits)
    for name, (index, hatch), arm in zip(("claim", quantity.other), _ARMS, values, strict=True):
        if arm:
            label, colour = f"{name}, {len(arm)} seeds", style.colour(index)
            ax.hist(arm, edges, color=colour, edgecolor=colour, hatch=hatch, fill=not hatch, label=label)
    for number, (operator, limit) in enumerate(quantity.thresholds):
        label = f"{operator} {limit:g}"
        ax.axvline(limit, color="black", linewidth=1.2, linestyle=style.line_style(number), label=label)
    if quantity.documented is not None:
        label = f"documented {quantity.documented:g}"
        ax.axvline(quantity.documented, color=style.colour(3), linewidth=1.5, linestyle=":", label=label)
    ax.set(xlabel=f"{quantity.label} of every seed", ylabel="seeds")
    ax.legend(fontsize=9)


def _edges(values: Sequence[float], limits: Sequence[float]) -> list[float]:
    """Return the edges of the bins; thresholds are among them, so that no bin mixes yes and no."""
    low, high = min([*values, *limits]), max([*values, *limits])
    margin = 0.02 * (high - low) or 0.05 * abs(low) or 0.05
    even = np.linspace(low - margin, high + margin, _BINS + 1)
    width = (even[1] - even[0]) / 2
    apart = [edge for edge in even if all(abs(edge - limit) > width for limit in limits)]
    return sorted({float(edge) for edge in [even[0], even[-1], *apart, *limits]})
