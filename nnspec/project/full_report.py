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
_WORTH_A_PICTURE = 10  # claims; fewer are judged sooner than the picture of the calibration is drawn
_LEAST_SCALE = 0.5  # below, the labels of the axes cannot be read


def full_report(
    path: Path,
    results: Results | Mapping[str, Any],
    pictures: Mapping[str, Sequence[Mapping[str, str]]],
    root: Path | None,
) -> None:
    """Write the report on results, or a results document; `pictures` are base64 by the names of the claims.

    The page has at most 2 MB: the largest pictures are made smaller where there are many.

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
    page = html.render(found, decoded, **more)
    write_text(path, _fitting(page, [one for group in decoded.values() for one in group]))


def _fitting(page: str, pictures: Sequence[Picture]) -> str:
    """Return the page with fewer pixels in its largest pictures, where it would be too large."""
    scales = dict.fromkeys(pictures, 1.0)
    now = {one: one.address for one in pictures}
    while (too_many := len(page.encode()) - _MOST_BYTES) > 0:
        most = _most_each([len(now[one]) for one in pictures], too_many)
        larger = [one for one in scales if len(now[one]) > most and scales[one] > _LEAST_SCALE]
        if not larger:
            break
        for one in larger:
            scales[one] = max(_LEAST_SCALE, 0.97 * scales[one] * math.sqrt(most / len(now[one])))
            address = replace(one, file=smaller(one.file, scales[one])).address
            page, now[one] = page.replace(now[one], address), address
    return page


def _most_each(sizes: Sequence[int], too_many: int) -> float:
    """Return what none may be larger than, for all together to be smaller by so many; at least 1."""
    together, ordered = 0, sorted(sizes, reverse=True)
    for count, size in enumerate(ordered):
        if together - count * size >= too_many:
            return max(1.0, (together - too_many) / count)
        together += size
    return max(1.0, (together - too_many) / max(1, len(ordered)))
