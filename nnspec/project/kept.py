"""What is kept under baselines/, by its name, and read for a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.report.drift import since_baseline
from nnspec.report.parts import CalibrationSection, FreshSeeds, RepairPart
from nnspec.results import baseline
from nnspec.results.claim_record import ClaimRecord
from nnspec.results.reading import records
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.section import calibration_section
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.section import FILE as RERUNS
from nnspec.studies.flakiness.section import _verdict, told
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.section import FILE as REPAIRS
from nnspec.studies.repair.section import repair_part

CALIBRATION = "calibration.json"  # beside the folder of the baseline


def stored_calibration(folder: Path, *, drawn: bool = True) -> CalibrationSection | None:
    """Return the appendix on the calibration that is stored beside a folder of baselines, if one is."""
    path = folder.parent / CALIBRATION
    if not path.is_file():
        return None
    try:
        return calibration_section(calibration_record.read(path), drawn=drawn)
    except InvalidValue:
        return None


def _since(folder: Path, document: Mapping[str, Any]) -> dict[str, Any] | None:
    if not folder.is_dir():
        return None
    try:
        old: Mapping[str, ClaimRecord] = baseline.records(folder)
        return since_baseline(old, records(document, "the results"), str(baseline.FOLDER), "this run")
    except InvalidValue:
        return None


def stored_reruns(folder: Path) -> dict[str, FreshSeeds]:
    """Return by the keys of claims what fresh seeds had to say; nothing where no such file can be used."""
    path = folder / RERUNS
    if not path.is_file():
        return {}
    try:
        found = flakiness_record.read(path)
    except InvalidValue:
        return {}
    return {
        one.key: FreshSeeds(told(one, found.error_rate), _verdict(one, found.error_rate), *one.pooled)
        for one in found.claims
    }


def stored_repairs(folder: Path) -> dict[str, RepairPart]:
    """Return the repairs that are stored in a folder by the keys of their claims, none if it has no file.

    A file that cannot be used counts as none: what has just been found is worth more than what might be.
    """
    path = folder / REPAIRS
    if not path.is_file():
        return {}
    try:
        return {one.key: repair_part(one) for one in repair_record.read(path)}
    except InvalidValue:
        return {}
