"""What claims, facts and their pictures showed, kept under a hash of all that can change it, as runs are.

What is kept is found again only where the code, all that it reads, nnspec, everything that is installed, the
machine and its settings are the same. What the code gives differently each time is kept as it was once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnspec.basics.code import seen_whole
from nnspec.basics.errors import MissingData
from nnspec.data import Blobs, Circles, Dataset, Digits, GaussianQuantiles, Moons, StraightLine
from nnspec.data.function_dataset import FunctionDataset
from nnspec.data.tensorflow_dataset import TensorFlowDataset
from nnspec.machine.surroundings import surroundings
from nnspec.store.entry import DamagedEntry, Facts, entry_name
from nnspec.store.shown_entry import SHOWN, read_shown, write_shown
from nnspec.store.upkeep import bound, used
from nnspec.training.version import package_version

# made where the code runs, and kept in memory from then on, so that what they read then is not seen
_FROM_OUTSIDE = (FunctionDataset, TensorFlowDataset)
_MADE_BY_CODE = (Blobs, Circles, Digits, GaussianQuantiles, Moons, StraightLine)  # that the versions tell of


def installed() -> dict[str, str]:
    """Return what is no part of a claim or fact, and can change what it shows."""
    return {"nnspec": package_version(), **surroundings()}


def made_of(shown: str, *code: object, **more: Any) -> Facts | None:
    """Return all that can change what code shows, None where not all of it can be told.

    `shown` says what it is, and `more` are texts and numbers that it depends on. The arrays of data sets that
    the code names count as they are now; of those that nnspec makes its version tells them.
    """
    try:
        seen = seen_whole(*code)
        if seen is None or any(isinstance(one, type) and issubclass(one, _FROM_OUTSIDE) for one in seen[1]):
            return None
        data = sorted({_checksum(one) for one in seen[1] if isinstance(one, Dataset)} - {""})
    except Exception:  # of the author's code: it is told where it happens
        return None
    return {"shown": shown, "code": seen[0], "data": data, **more, **installed()}


def _checksum(data: Dataset) -> str:
    if type(data) in _MADE_BY_CODE:
        return ""
    try:
        return data.arrays().checksum()
    except MissingData:
        return "not there"


class Shown:
    """Keeps in `folder` what was shown, at most `limit` bytes together with all other entries.

    An entry that cannot be read counts as absent, and what cannot be written is not kept.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self._limit = folder, limit

    def get(self, made_of: Facts) -> Any:
        """Return what was shown, None where nothing is kept of it."""
        path = self._path(made_of)
        try:
            value = read_shown(path)[1]
        except DamagedEntry:
            return None
        used(path)
        return value

    def has(self, made_of: Facts) -> bool:
        """Return whether something is kept, which may turn out damaged."""
        return self._path(made_of).exists()

    def keep(self, made_of: Facts, value: Mapping[str, Any]) -> None:
        """Keep what was shown."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            bound(self.folder, self._limit, keep=write_shown(self.folder, made_of, value))

    def _path(self, made_of: Facts) -> Path:
        return self.folder / f"{entry_name(made_of)}{SHOWN}"
