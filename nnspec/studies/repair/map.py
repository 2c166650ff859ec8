"""The heat map of a search for a repair: a table of the share of yes over learning rate and epochs."""

from __future__ import annotations

from fractions import Fraction

from nnspec.recipes.changes import EPOCHS, LEARNING_RATE
from nnspec.report.parts import Cell, RepairMap
from nnspec.studies.repair.record import Repair, Trial


def repair_map(found: Repair) -> RepairMap:
    """Return the map of a search without rows that could not be tried; a cell of which that is so says it."""
    trials = {_place(trial): trial for trial in found.on_the_map}
    epochs = sorted({place[0] for place, trial in trials.items() if trial.counted is not None})
    rates = sorted({place[1] for place in trials})
    seeds = [trial.counted.seeds for trial in trials.values() if trial.counted is not None]
    return RepairMap(
        tuple(_rate(found.learning_rate, rate) for rate in rates),
        tuple(
            (f"{int(found.epochs * one):,}", tuple(_cell(found, trials.get((one, rate))) for rate in rates))
            for one in epochs
        ),
        max(seeds, default=0),
        min(seeds, default=0),
    )


def _place(trial: Trial) -> tuple[Fraction, Fraction]:
    return trial.change.factor(EPOCHS), trial.change.factor(LEARNING_RATE)


def _cell(found: Repair, trial: Trial | None) -> Cell:
    if trial is None or trial.counted is None:
        return Cell("–")
    share = trial.counted.share
    marks = {
        "documented": not trial.change.steps,
        "confirmed": found.found is not None and found.found.change == trial.change,
        "enough": share >= found.claimed_share,
    }
    return Cell(_percent(share), round(100 * share), " ".join(mark for mark, is_so in marks.items() if is_so))


def _percent(share: float) -> str:
    # 100 % is said of all seeds alone, and 0 % of none
    return f"{100 * share:.1f} %" if 0.99 < share < 1 or 0 < share < 0.01 else f"{100 * share:.0f} %"


def _rate(rate: float | None, factor: Fraction) -> str:
    return f"×{factor}" if rate is None else f"{rate * float(factor):.3g}"
