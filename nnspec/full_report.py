"""The report of a run with all that the folder of the project adds: pictures, baseline, appendix."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nnspec import baseline, calibration_record
from nnspec.claim_record import ClaimRecord
from nnspec.errors import InvalidValue
from nnspec.report import Picture, html
from nnspec.report.appendix import appendix
from nnspec.report.calibration_section import CalibrationSection, calibration_section
from nnspec.results_file import records
from nnspec.since_baseline import since_baseline

CALIBRATION = "calibration.json"  # beside the folder of the baseline


def full_report(
    path: Path, document: Mapping[str, Any], pictures: Mapping[str, Sequence[Mapping[str, str]]], root: Path
) -> None:
    """Write the report on a results document; `pictures` are base64 by the names of the claims.

    `root` is the folder that may have baselines. What is missing there, or cannot be used, is left out:
    what has just been found is worth more than a comparison.

    Raises
    ------
    OSError
        If the file cannot be written; what stood there before is then unchanged.
    """
    decoded = {
        key: [Picture(one["title"], one["alt"], base64.b64decode(one["file"])) for one in group]
        for key, group in pictures.items()
    }
    since = _since(root / baseline.FOLDER, document)
    folder = root / baseline.FOLDER
    html.write(path, document, decoded, since, stored_calibration(folder), appendix(folder.parent))


def stored_calibration(folder: Path) -> CalibrationSection | None:
    """Return the appendix on the calibration that is stored beside a folder of baselines, if one is."""
    path = folder.parent / CALIBRATION
    if not path.is_file():
        return None
    try:
        return calibration_section(calibration_record.read(path))
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
