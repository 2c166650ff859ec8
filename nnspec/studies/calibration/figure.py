"""The figure of a calibration: wrong verdicts and numbers of seeds, over the true share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.plots import style
from nnspec.studies.calibration.record import CHANCES, Setting

_RARE = 1e-12  # rarer is as good as never; the axis would have three hundred decades otherwise
_CHANCE = CHANCES.index(0.9)
_COLOURS = tuple(style.PALETTE[index] for index in (1, 3, 2, 4))  # blue and vermilion first


def calibration(settings: Sequence[Setting]) -> style.Figure:
    """Return two axes for each claimed share: shares of wrong verdicts, and seeds until 90 % are right.

    Drawn are the settings in which any number of seeds may be the last, the hardest for the error rate and
    the thriftiest with seeds. Lines are exact, markers simulated; a simulation without a wrong verdict has
    no marker. Dashed are the stated error rates, dotted the fewest seeds of a test of fixed size.

    Raises
    ------
    InvalidValue
        If there is no setting in which seeds are added one at a time.
    """
    singly = [setting for setting in settings if setting.at_a_time == 1]
    if not singly:
        raise InvalidValue("settings", list(settings), "at least one with one seed at a time")
    claimed_shares = sorted({setting.claimed_share for setting in singly})
    rows = len(claimed_shares)
    figure, axes = style.empty_figure(columns=2, width=10.0, height=3.4 * rows + 1.2, rows=rows)
    for row, claimed in enumerate(claimed_shares):
        left, right = axes[2 * row : 2 * row + 2]
        here = [setting for setting in singly if setting.claimed_share == claimed]
        for ax in (left, right):
            ax.axvline(claimed, color=style.GREY, linewidth=0.8, label="claimed share")
        for index, setting in enumerate(here):
            _draw_wrong(left, setting, index)
            _draw_seeds(right, setting, index)
        for ax in (left, right):
            ax.set(yscale="log", xlabel="true share", xlim=(0.0, 1.0))
        most = max(setting.most_seeds for setting in here)
        left.set(ylim=(_RARE, 1.0), ylabel="share of the claims")
        right.set(ylim=(1.0, 4.0 * most), ylabel="seeds")
        style.set_title(left, f"claimed {claimed:.0%}: wrong verdict at any of up to {most:,} seeds")
        decided = f"seeds until {CHANCES[_CHANCE]:.0%} are rightly decided"
        style.set_title(right, f"claimed {claimed:.0%}: {decided}")
    style.set_legend(figure, columns=3)
    return figure


def _draw_wrong(ax: style.Axes, setting: Setting, index: int) -> None:
    colour, rows = _COLOURS[index % len(_COLOURS)], setting.by_true_share
    rate = f"error rate {setting.error_rate:.2g}"
    ax.axhline(setting.error_rate, color=colour, linestyle="--", linewidth=1.5, label=f"{rate}, stated")
    # true and false claims err in different ways, so that the line is broken at the claimed share
    for side in (True, False):
        known = [one for one in rows if (one.true_share >= setting.claimed_share) == side]
        shares, wrong = [one.true_share for one in known], [one.wrong_exactly for one in known]
        ax.plot(shares, wrong, color=colour, linewidth=2, label=f"{rate}, exact" if side else None)
    seen = [one for one in rows if one.wrong]
    shares, wrong = [one.true_share for one in seen], [one.wrong / setting.repetitions for one in seen]
    label = f"{rate}, {'' if seen else 'none '}among {setting.repetitions:,} simulated"
    look: dict[str, Any] = {"marker": style.marker(index), "markerfacecolor": "white", "linestyle": "none"}
    ax.plot(shares, wrong, color=colour, **look, label=label)
    # the one legend is that of the first axes, also for what the other one shows
    ax.plot([], [], color=colour, linestyle=":", linewidth=2, label=f"{rate}, fewest of a fixed size")


def _draw_seeds(ax: style.Axes, setting: Setting, index: int) -> None:
    colour, rows = _COLOURS[index % len(_COLOURS)], setting.by_true_share
    shares = [one.true_share for one in rows]
    # what no number of seeds decides breaks the line
    for style_of_line, numbers in (("-", [one.seeds for one in rows]), (":", [one.fewest for one in rows])):
        known = [math.nan if row[_CHANCE] is None else float(row[_CHANCE] or 0) for row in numbers]
        ax.plot(shares, known, color=colour, linestyle=style_of_line, linewidth=2)
