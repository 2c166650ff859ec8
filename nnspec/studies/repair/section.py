"""What would make a claim true, as the report shows it: sentences, the difference of the scripts, the map."""

from __future__ import annotations

from collections.abc import Iterator

from nnspec.recipes.changes import UNCHANGED
from nnspec.report.parts import RepairPart
from nnspec.report.words.wording import count
from nnspec.studies.repair.map import repair_map
from nnspec.studies.repair.record import Repair
from nnspec.studies.repair.text import in_figures, name, sentences, untried

_BEST = 5  # trials that are listed at once


def repair_part(found: Repair) -> RepairPart:
    """Return what the report shows of a search."""
    summary = in_figures(found, found.found.change) if found.found else "nothing that was tried"
    remedy = ""
    if found.found:
        counted = found.found.counted
        remedy = (
            f"With {summary} as many seeds say yes as claimed, {counted.successes} of "
            f"{count(counted.seeds, 'fresh one')}; where it names what is changed, that is another statement."
        )
    drawn = repair_map(found)
    shown = drawn if len(drawn.rows) > 1 else None
    rows = _trials(found, besides_the_map=shown is not None)
    return RepairPart(
        summary,
        remedy,
        tuple(sentences(found)),
        found.difference,
        shown,
        rows[:_BEST],
        rows[_BEST:],
        untried(found),
        tuple(_remarks(found)),
    )


def _trials(found: Repair, *, besides_the_map: bool) -> tuple[tuple[str, str], ...]:
    """Return each change with the seeds that said yes, by falling share and then by size."""
    counted = [
        (one.change, one.counted)
        for one in found.trials
        if one.counted is not None
        and one.change != UNCHANGED
        and not (besides_the_map and one.change.on_the_map)
    ]
    counted.sort(key=lambda one: (-one[1].share, one[0].size))
    return tuple((name(change), f"{yes.successes} of {yes.seeds}") for change, yes in counted)


def _remarks(found: Repair) -> Iterator[str]:
    if found.found:
        yield "Where the statement names a number that is changed, what comes true is another statement."
    yield (
        "The intervals are wider than a verdict’s from as many seeds, because the search splits the error "
        f"rate over up to {found.most_confirmations} confirmations."
    )
