"""The report of a run with all that the folder of the project adds: pictures, baseline, appendix."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nnspec.basics.files import write_text
from nnspec.plots.picture_file import smaller
from nnspec.project.kept import CLAIMS, what_is_kept
from nnspec.report import Picture
from nnspec.report import page as html
from nnspec.results.claim_result import Results
from nnspec.results.reading import records, results_of

_MOST_BYTES = 2 * 10**6  # what can still be sent by mail everywhere
_MARKUP = 600  # bytes of a picture's element, its title and its description
_WORTH_A_PICTURE = 10  # claims; fewer are judged sooner than the picture of the calibration is drawn
_LEAST_SCALE = 0.5  # below, the labels of the axes cannot be read


def full_report(
    path: Path,
    results: Results | Mapping[str, Any],
    pictures: Mapping[str, Sequence[Mapping[str, str]]],
    root: Path | None,
) -> None:
    """Write the report on results, or a results document; `pictures` are base64 by the names of the claims.

    The page has at most 2 MB: pictures are made smaller where there are many.

    `root` is the folder that may have baselines, None to do without. What is missing there, or cannot be
    used, is left out: what has just been found is worth more than a comparison.

    Raises
    ------
    OSError
        If the file cannot be written; what stood there before is then unchanged.
    """
    found = results_of(results, "results")
    decoded = {
        key: [Picture(one["title"], one["alt"], base64.b64decode(one["file"])) for one in group]
        for key, group in pictures.items()
    }
    more: dict[str, Any] = {}
    # a few seeds that somebody replays are compared with nothing, and wait for nothing
    if root is not None and not found.budget.startswith("seeds"):
        new = records(found, "the results")
        drawn = len(found.claims) >= _WORTH_A_PICTURE
        more = what_is_kept(root / CLAIMS, new, (CLAIMS, "this run"), strict=False, drawn=drawn)
    room = _MOST_BYTES - len(html.render(found, **more).encode())
    write_text(path, html.render(found, _fitting(decoded, room), **more))


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
