"""What is kept under baselines/, by its name, and read for a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypedDict, TypeVar

from nnspec.basics.errors import InvalidValue
from nnspec.project.appendix import appendix
from nnspec.report.drift import since_baseline
from nnspec.report.parts import FreshSeeds, RepairPart, Section, Since
from nnspec.results import baseline
from nnspec.results.claim_result import Results
from nnspec.results.reading import records
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.section import FILE as RERUNS
from nnspec.studies.flakiness.section import _verdict, told
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.section import FILE as REPAIRS
from nnspec.studies.repair.section import repair_part

T = TypeVar("T")


class Kept(TypedDict):
    """What a report shows of what is kept, as `render` takes it."""

    appendix: tuple[Section, ...]
    repairs: Mapping[str, RepairPart]
    reruns: Mapping[str, FreshSeeds]


def kept(folder: Path, *, drawn: bool = True) -> Kept:
    """Return all that is kept beside a folder of baselines; pictures of it, which take seconds, if `drawn`.

    A file that cannot be used counts as none, or has a section that says so: what has just been found is
    worth more than what might be.
    """
    beside = folder.parent
    shown = appendix(beside, drawn=drawn)
    return {"appendix": shown, "repairs": stored_repairs(beside), "reruns": stored_reruns(beside)}


def stored_reruns(folder: Path) -> Mapping[str, FreshSeeds]:
    """Return by the keys of claims what fresh seeds had to say."""
    return _shown(folder / RERUNS, _fresh_seeds, {})


def stored_repairs(folder: Path) -> Mapping[str, RepairPart]:
    """Return the repairs that are stored in a folder by the keys of their claims."""
    return _shown(
        folder / REPAIRS, lambda path: {one.key: repair_part(one) for one in repair_record.read(path)}, {}
    )


def since_kept(folder: Path, results: Results) -> Since | None:
    """Return what has moved since the baselines of a folder, if they know any claim of the results."""
    return _shown(
        folder,
        lambda path: since_baseline(
            baseline.records(path), records(results, "the results"), str(baseline.FOLDER), "this run"
        ),
        None,
    )


def _fresh_seeds(path: Path) -> dict[str, FreshSeeds]:
    found = flakiness_record.read(path)
    return {
        one.key: FreshSeeds(told(one, found.error_rate), _verdict(one, found.error_rate), *one.pooled)
        for one in found.claims
    }


def _shown(path: Path, show: Callable[[Path], T], otherwise: T) -> T:
    try:
        return show(path) if path.exists() else otherwise
    except InvalidValue:
        return otherwise
