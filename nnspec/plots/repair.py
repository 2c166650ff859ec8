"""The figure of a search for a repair: the share of yes over learning rate and epochs, as a heat map."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from nnspec.neighbourhood import EPOCHS, LEARNING_RATE
from nnspec.plots import style
from nnspec.repair_record import Repair

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# From dark blue to yellow in even steps of lightness, for every kind of colour vision and in print
# (Nuñez, Anderton & Renslow, "Optimizing colormaps with consideration for color vision deficiency", 2018).
_COLOURS = "cividis"
_LIGHT = 0.47  # shares above are too light for white numbers, those below too dark for black ones


def repair_map(found: Repair) -> Figure:
    """Return the share of the seeds that say yes for every number of epochs and learning rate tried.

    The recipe as it stands is framed with dashes, the confirmed change with a line if it is on the map, and
    cells in which as many seeds say yes as are claimed have bold numbers. A cell that could not be tried is
    empty.
    """
    shares = {
        (trial.change.factor(EPOCHS), trial.change.factor(LEARNING_RATE)): trial.counted.share
        for trial in found.on_the_map
        if trial.counted is not None
    }
    epochs = sorted({cell[0] for cell in shares})
    rates = sorted({cell[1] for cell in shares})
    figure, (ax,) = style.empty_figure(width=5.2, height=1.5 + 0.55 * len(epochs))
    values = [[shares.get((one, rate), float("nan")) for rate in rates] for one in epochs]
    image = ax.imshow(values, cmap=_COLOURS, vmin=0, vmax=1, aspect="auto", origin="lower")
    for (one, rate), share in shares.items():
        ax.text(
            rates.index(rate),
            epochs.index(one),
            _percent(share),
            color="black" if share > _LIGHT else "white",
            fontweight="bold" if share >= found.claimed_share else "normal",
            ha="center",
            va="center",
        )
    _frame(ax, rates.index(Fraction(1)), epochs.index(Fraction(1)), "--")
    if found.found is not None and found.found.change.on_the_map:
        change = found.found.change
        _frame(ax, rates.index(change.factor(LEARNING_RATE)), epochs.index(change.factor(EPOCHS)), "-")
    ax.set_xticks(range(len(rates)), [_rate(found.learning_rate, rate) for rate in rates])
    ax.set_yticks(range(len(epochs)), [f"{int(found.epochs * one):,}" for one in epochs])
    ax.set(xlabel="learning rate", ylabel="epochs")
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    bar = figure.colorbar(image, ax=ax, label="share that say yes")
    bar.ax.axhline(found.claimed_share, color=style.PALETTE[3], linewidth=2)
    bar.ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    return figure


def _percent(share: float) -> str:
    # 100 % is said of all seeds alone, and 0 % of none
    return f"{100 * share:.1f} %" if 0.99 < share < 1 or 0 < share < 0.01 else f"{100 * share:.0f} %"


def _rate(rate: float | None, factor: Fraction) -> str:
    return f"×{factor}" if rate is None else f"{rate * float(factor):.3g}"


def _frame(ax: Axes, column: int, row: int, line_style: str) -> None:
    from matplotlib.patches import Rectangle

    corner, side = (column - 0.46, row - 0.44), 0.92
    # white under colour, so that the frame is seen on every background
    for colour, width, dashes in (("white", 4.5, "-"), (style.PALETTE[3], 2.5, line_style)):
        ax.add_patch(Rectangle(corner, side, 0.88, fill=False, edgecolor=colour, linewidth=width, ls=dashes))
