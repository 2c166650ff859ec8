"""What would make a claim true, as the report shows it: sentences, the difference of the scripts, the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnspec import repair_record
from nnspec.errors import InvalidValue
from nnspec.repair_record import Repair, Trial
from nnspec.repair_text import name, sentences
from nnspec.report.repair_map import RepairMap, repair_map
from nnspec.report.wording import count

FILE = "repairs.json"  # beside the folder of the baseline


@dataclass(frozen=True)
class RepairPart:
    """What a claim's part of the report shows of a search for a repair.

    `remedy` is a sentence for the author, empty where no change is confirmed. `trials` are what is not on
    the map: change, and yes and seeds or the reason why there are none.
    """

    summary: str
    remedy: str
    sentences: tuple[str, ...]
    difference: str
    map: RepairMap
    trials: tuple[tuple[str, str], ...]


def stored_repairs(folder: Path) -> dict[str, RepairPart]:
    """Return the repairs that are stored in a folder by the keys of their claims, none if it has no file.

    A file that cannot be used counts as none: what has just been found is worth more than what might be.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        return {one.key: repair_part(one) for one in repair_record.read(path)}
    except InvalidValue:
        return {}


def repair_part(found: Repair) -> RepairPart:
    """Return what the report shows of a search."""
    summary = str(found.found.change) if found.found else "nothing that was tried"
    remedy = ""
    if found.found:
        counted = found.found.counted
        remedy = f"With {summary} it comes true: {counted.successes} of {count(counted.seeds, 'fresh seed')}."
    rows = tuple((name(one.change), _yes(one)) for one in found.trials if not one.change.on_the_map)
    return RepairPart(summary, remedy, tuple(sentences(found)), found.difference, repair_map(found), rows)


def _yes(one: Trial) -> str:
    return one.problem if one.counted is None else f"{one.counted.successes} of {one.counted.seeds}"
