"""The report's appendix on calibration: what simulated claims with known truth say about the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from nnspec.plots.picture_file import picture_file
from nnspec.report.parts import Picture, Section
from nnspec.report.words.wording import count, number, percent
from nnspec.studies.calibration.figure import calibration
from nnspec.studies.calibration.record import CHANCES, Setting

_MOST = len(CHANCES) - 1  # the largest chance
_SETTING = ("Claimed", "Seeds", "Error rate")


def calibration_section(settings: Sequence[Setting], *, drawn: bool = True) -> Section:
    """Return the appendix on a calibration.

    The picture takes most of the time, and is left out unless `drawn`.

    Raises
    ------
    InvalidValue
        If there is no setting in which seeds are added one at a time.
    """
    headings = (*_SETTING, "Wrong, simulated", "Wrong, exactly")
    picture = _picture(settings) if drawn else None
    rows = tuple(map(_row, settings))
    return Section("calibration", "Calibration", _sentences(settings), headings, rows, picture)


def costs(settings: Sequence[Setting]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headings and rows of how many seeds verdicts take, over the fewest that anybody could take."""
    headings = (
        *_SETTING,
        *(f"Seeds for {percent(chance)} right, over the fewest" for chance in CHANCES),
        f"Mean seeds, over the fewest for {percent(CHANCES[_MOST])} right",
    )
    return headings, list(map(_cost, settings))


def _picture(settings: Sequence[Setting]) -> Picture:
    figure = calibration(settings)
    alt = "; ".join(ax.get_title().replace("\n", " ") for ax in figure.axes)
    title = "Lines are exact, markers simulated. Both axes of numbers are logarithmic."
    return Picture(title, f"{alt}. {title}", picture_file(figure))


def _sentences(settings: Sequence[Setting]) -> tuple[str, ...]:
    simulated = {setting.repetitions for setting in settings}
    each = f"{min(simulated):,}" if len(simulated) == 1 else f"{min(simulated):,} to {max(simulated):,}"
    exceeded = [setting for setting in settings if setting.ever_excluded > setting.error_rate]
    kept = (
        "No row of the table exceeds its stated error rate, whatever the true share and whenever one stops."
    )
    if exceeded:
        kept = f"In {count(len(exceeded), 'row')} of the table the stated error rate is exceeded."
    seen = [setting for setting in settings if setting.wrong]
    told = (
        f"The simulation of {count(len(seen), 'row')} has wrong verdicts to count; in the others they are "
        "too rare for so few claims, and the exact probabilities alone say something."
    )
    return (
        f"Claims whose true share is known, {each} for each of many true shares, were judged by the function "
        "that judges the claims above. The probabilities of the same verdicts were enumerated exactly; the "
        "smallest p-value of their agreement is "
        f"{number(min(setting.disagreement for setting in settings), 2)}, over "
        f"{count(len(settings), 'comparison')}.",
        f"{kept} {told} What is wrong exactly is a bound for every true share: the probability of any "
        "verdict where the claimed share is the true one.",
    )


def _setting(setting: Setting) -> tuple[str, ...]:
    seeds = f"{setting.at_a_time} at a time, at most {setting.most_seeds:,}"
    return percent(setting.claimed_share), seeds, number(setting.error_rate, 2)


def _row(setting: Setting) -> tuple[str, ...]:
    return (
        *_setting(setting),
        f"at most {setting.wrong} of {setting.repetitions:,}",
        f"≤ {number(setting.ever_excluded, 2)}",
    )


def _cost(setting: Setting) -> tuple[str, ...]:
    return (
        *_setting(setting),
        *(_spread(setting.ratios(which)) for which in range(len(CHANCES))),
        _spread(setting.mean_ratios(_MOST)),
    )


def _spread(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f} … {max(ratios):.2f})" if ratios else "–"
