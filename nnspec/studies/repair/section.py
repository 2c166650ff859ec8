"""What would make a claim true, as the report shows it: sentences, the difference of the scripts, the map."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nnspec.recipes.changes import EPOCHS, LEARNING_RATE, UNCHANGED
from nnspec.report.parts import Cell, RepairMap, RepairPart
from nnspec.report.words.wording import count
from nnspec.studies.repair.record import Repair, Trial
from nnspec.studies.repair.text import in_figures, name, sentences, untried

_BEST = 5  # trials that are listed at once


def repair_part(found: Repair) -> RepairPart:
    """Return what the report shows of a search."""
    summary = in_figures(found, found.found.change) if found.found else "nothing that was tried"
    remedy = ""
    if found.found:
        counted = found.found.counted
        remedy = (
            f"With {summary} it comes true in {counted.successes} of {count(counted.seeds, 'fresh run')}, as "
            "often as claimed."
        )
    drawn = repair_map(found)
    shown = drawn if len(drawn.rows) > 1 else None
    rows = _trials(found, besides_the_map=shown is not None)
    said = summary, remedy, tuple(sentences(found)), found.difference
    kinds = tuple(step.what for step in found.found.change.steps) if found.found else ()
    remarks = tuple(_remarks(found))
    return RepairPart(*said, shown, rows[:_BEST], rows[_BEST:], untried(found), remarks, kinds)


def _trials(found: Repair, *, besides_the_map: bool) -> tuple[tuple[str, str], ...]:
    """Return each change with the seeds that said yes, by falling share and then by size."""
    others = [one for one in found.trials if not (besides_the_map and one.change.on_the_map)]
    counted = [(one.change, one.counted) for one in others if one.counted and one.change != UNCHANGED]
    counted.sort(key=lambda one: (-one[1].share, one[0].size))
    return tuple((name(change), f"{yes.successes} of {yes.seeds}") for change, yes in counted)


def _remarks(found: Repair) -> Iterator[str]:
    if found.found:
        yield "Where the statement names a number that is changed, what comes true is another statement."
    yield (
        "The intervals are wider than a verdict’s from as many seeds, because the search splits the error "
        f"rate over up to {found.most_confirmations} confirmations."
    )


def repair_map(found: Repair) -> RepairMap:
    """Return the map of a search without rows that could not be tried; a cell of which that is so says it."""
    trials = {_place(trial): trial for trial in found.on_the_map}
    epochs = sorted({place[0] for place, trial in trials.items() if trial.counted is not None})
    rates = sorted({place[1] for place in trials})
    seeds = [trial.counted.seeds for trial in trials.values() if trial.counted is not None]
    headings = tuple(_rate(found.learning_rate, rate) for rate in rates)
    cells = [tuple(_cell(found, trials.get((one, rate))) for rate in rates) for one in epochs]
    rows = zip((f"{int(found.epochs * one):,}" for one in epochs), cells, strict=True)
    return RepairMap(headings, tuple(rows), max(seeds, default=0), min(seeds, default=0))


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
