"""What would make a claim true, as the report shows it: sentences, the difference of the scripts, the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnspec import repair_record
from nnspec.errors import InvalidValue
from nnspec.plots.picture_file import picture_file
from nnspec.plots.repair import repair_map
from nnspec.repair_record import Repair, Trial
from nnspec.repair_text import name, sentences
from nnspec.report.picture import Picture

FILE = "repairs.json"  # beside the folder of the baseline


@dataclass(frozen=True)
class RepairPart:
    """What a claim's part of the report shows of a search for a repair.

    `trials` are rows of change, yes and seeds, or the reason why there are none.
    """

    summary: str
    sentences: tuple[str, ...]
    difference: str
    trials: tuple[tuple[str, str], ...]
    picture: Picture | None


def stored_repairs(folder: Path, *, drawn: bool = True) -> dict[str, RepairPart]:
    """Return the repairs that are stored in a folder by the keys of their claims, none if it has no file.

    The maps take most of the time, and are left out unless `drawn`; their numbers are in the table too.
    A file that cannot be used counts as none: what has just been found is worth more than what might be.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        return {one.key: repair_part(one, drawn=drawn) for one in repair_record.read(path)}
    except InvalidValue:
        return {}


def repair_part(found: Repair, *, drawn: bool = True) -> RepairPart:
    """Return what the report shows of a search."""
    summary = str(found.found.change) if found.found else "nothing that was tried"
    rows = tuple((name(one.change), _yes(one)) for one in found.trials)
    picture = _picture(found) if drawn else None
    return RepairPart(summary, tuple(sentences(found)), found.difference, rows, picture)


def _yes(one: Trial) -> str:
    return one.problem if one.counted is None else f"{one.counted.successes} of {one.counted.seeds}"


def _picture(found: Repair) -> Picture:
    drawn = [(one.change, one.counted) for one in found.on_the_map if one.counted is not None]
    cells = [f"{name(change)}: {counted.share:.0%}" for change, counted in drawn]
    seeds = drawn[0][1].seeds
    title = (
        f"Share of {seeds} seeds that say yes, over learning rate and epochs; other seeds than those of the "
        "verdict and of the confirmation. Dashed frame: as documented; bold: as many as claimed."
    )
    return Picture(title, f"{title} {'; '.join(cells)}.", picture_file(repair_map(found)))
