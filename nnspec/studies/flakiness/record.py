"""Reruns on file: a small JSON document, one claim a line, that the report's appendix is made from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnspec.basics import plain_data
from nnspec.basics.errors import whole_number
from nnspec.basics.files import read_record, write_record
from nnspec.basics.plain_data import plain
from nnspec.studies.flakiness.reruns import Reruns

WRITER = "`nnspec flakiness`"
_PER_BLOCK = ("verdicts", "counterfactuals", "successes", "seeds")


@dataclass(frozen=True)
class Flakiness:
    """Reruns of several claims and the terms that they share.

    `error_rate` is that of one verdict, `budget` the name of the budget that each of the `blocks` had.
    """

    budget: str
    error_rate: float
    claims: tuple[Reruns, ...]
    environment: Mapping[str, str]

    @property
    def reruns(self) -> int:
        """How many verdicts on claims were given in all."""
        return sum(len(one.verdicts) for one in self.claims)

    @property
    def not_as_recorded(self) -> int:
        """How many of them were not as recorded: the tests that would have failed."""
        return sum(one.not_as_recorded for one in self.claims)

    @property
    def contradicting(self) -> int:
        """How many verdicts, on claims or counterfactuals, contradict those of the other blocks."""
        return sum(one.contradicting for one in self.claims)

    @property
    def open(self) -> list[Reruns]:
        """The claims that not every block decides, or not all in the same way, the least stable first."""
        found = [one for one in self.claims if not one.stable or "undecided" in one.verdicts]
        return sorted(found, key=lambda one: (one.stable, -one.not_as_recorded, one.key))


def write(path: str | os.PathLike[str], found: Flakiness) -> None:
    """Write the reruns as JSON, all of it or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    head = plain(found)
    lines = [json.dumps(one, ensure_ascii=False) for one in head.pop("claims")]
    write_record(path, "claims", lines, **head)


def read(path: str | os.PathLike[str]) -> Flakiness:
    """Return the stored reruns, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, has no reruns in it, or has another schema.
    """
    return read_record(path, "reruns", WRITER, "claims", _read)


def merged(path: Path, new: Flakiness) -> Flakiness:
    """Return `new` with the claims of the file that it does not have, where that has the same terms.

    Raises
    ------
    InvalidValue
        As `read`, if there is a file.
    """
    if not path.exists():
        return new
    old = read(path)
    if (old.budget, old.error_rate) != (new.budget, new.error_rate):
        return new
    taken = {one.key for one in new.claims}
    kept = [one for one in old.claims if one.key not in taken]
    claims: Sequence[Reruns] = sorted([*kept, *new.claims], key=lambda one: (one.document, one.key))
    return Flakiness(new.budget, new.error_rate, tuple(claims), new.environment)


def _read(stored: Mapping[str, Any]) -> Flakiness:
    found = plain_data.read(Flakiness, stored)
    for one in found.claims:
        if len({len(getattr(one, name)) for name in _PER_BLOCK}) != 1 or len(one.verdicts) < 2:
            raise ValueError(f"claim {one.key!r} has not as many of each of {', '.join(_PER_BLOCK)}")
        for yes, seeds in zip(one.successes, one.seeds, strict=True):
            if not yes <= whole_number("seeds", seeds) <= one.limit:
                raise ValueError(f"claim {one.key!r} has {yes} successes among {seeds} of {one.limit} seeds")
    return found
