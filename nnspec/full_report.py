"""The report of a run with all that the folder of the project adds: pictures, baseline, appendix."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nnspec import baseline, calibration_record, stored_benchmarks
from nnspec.claim_record import ClaimRecord
from nnspec.errors import InvalidValue
from nnspec.fit_cost import fit_cost
from nnspec.plots.picture_file import smaller
from nnspec.report import Picture, html
from nnspec.report.appendix import appendix
from nnspec.report.calibration_section import CalibrationSection, calibration_section
from nnspec.report.flakiness_section import stored_reruns
from nnspec.report.repair_part import stored_repairs
from nnspec.report.wording import count, duration, number
from nnspec.results_file import records
from nnspec.since_baseline import since_baseline
from nnspec.whole_file import write_text

CALIBRATION = "calibration.json"  # beside the folder of the baseline
_MOST_BYTES = 2 * 10**6  # what can still be sent by mail everywhere
_MARKUP = 600  # bytes of a picture's element, its title and its description
_LEAST_SCALE = 0.5  # below, the labels of the axes cannot be read


def full_report(
    path: Path,
    document: Mapping[str, Any],
    pictures: Mapping[str, Sequence[Mapping[str, str]]],
    root: Path | None,
) -> None:
    """Write the report on a results document; `pictures` are base64 by the names of the claims.

    The page has at most 2 MB: pictures are made smaller where there are many.

    `root` is the folder that may have baselines, None to do without. What is missing there, or cannot be
    used, is left out: what has just been found is worth more than a comparison.

    Raises
    ------
    OSError
        If the file cannot be written; what stood there before is then unchanged.
    """
    decoded = {
        key: [Picture(one["title"], one["alt"], base64.b64decode(one["file"])) for one in group]
        for key, group in pictures.items()
    }
    more: dict[str, Any] = {}
    # a few seeds that somebody replays are compared with nothing, and wait for nothing
    if root is not None and not document["budget"].startswith("seeds"):
        folder = root / baseline.FOLDER
        more = {"since": _since(folder, document), "calibration": stored_calibration(folder)}
        more |= {"appendix": appendix(folder.parent), "repairs": stored_repairs(folder.parent)}
        more |= {"reruns": stored_reruns(folder.parent)}
        more |= {"model_fit": cost_by_fit(folder.parent / stored_benchmarks.FOLDER, document["claims"])}
    room = _MOST_BYTES - len(html.render(document, **more).encode())
    write_text(path, html.render(document, _fitting(decoded, room), **more))


def _fitting(pictures: dict[str, list[Picture]], room: int) -> dict[str, list[Picture]]:
    """Return the pictures with fewer pixels where they would need more than `room` bytes of the page."""
    scale = 1.0
    fitting = pictures
    while scale > _LEAST_SCALE and (size := _size(fitting)) > room > 0:
        scale = max(_LEAST_SCALE, 0.97 * scale * math.sqrt(room / size))
        fitting = {
            key: [replace(one, file=smaller(one.file, scale)) for one in group]
            for key, group in pictures.items()
        }
    return fitting


def _size(pictures: Mapping[str, Sequence[Picture]]) -> int:
    return sum(len(one.address) + _MARKUP for group in pictures.values() for one in group)


def stored_calibration(folder: Path, *, drawn: bool = True) -> CalibrationSection | None:
    """Return the appendix on the calibration that is stored beside a folder of baselines, if one is."""
    path = folder.parent / CALIBRATION
    if not path.is_file():
        return None
    try:
        return calibration_section(calibration_record.read(path), drawn=drawn)
    except InvalidValue:
        return None


def cost_by_fit(folder: Path, claims: Sequence[Mapping[str, Any]]) -> str:
    """Return what the trainings of these claims would have cost with `model.fit`; empty if not known.

    It is estimated from the benchmarks that are stored in a folder.
    """
    work = [claim["fit_work"] for claim in claims if claim.get("fit_work")]
    try:
        runs = stored_benchmarks.last_measured(folder)
        cost = fit_cost(benchmark for run in runs for benchmark in run.benchmarks.values())
        seconds = sum(map(cost.of, work)) if cost else 0.0
    except InvalidValue:
        return ""
    if cost is None or not seconds:
        return ""
    known = f"{count(cost.rows, 'measured training')}, each met within a factor of {number(cost.factor, 2)}"
    return f"about {duration(seconds)} for the same seeds, one after another; estimated from {known}"


def _since(folder: Path, document: Mapping[str, Any]) -> dict[str, Any] | None:
    if not folder.is_dir():
        return None
    try:
        old: Mapping[str, ClaimRecord] = baseline.records(folder)
        return since_baseline(old, records(document, "the results"), str(baseline.FOLDER), "this run")
    except InvalidValue:
        return None
