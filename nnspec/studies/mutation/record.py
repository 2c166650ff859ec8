"""What mutation testing found, on file: a small JSON document that the report's appendix is made from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnspec.basics import plain_data
from nnspec.basics.files import read_record, write_record
from nnspec.basics.plain_data import plain

WRITER = "`python -m spec.mutation.every_mutant`"


@dataclass(frozen=True)
class Mutated:
    """A fault that was put in, and who noticed it.

    `kind` is training, statistics, metrics or readings; `edits` tell what was changed in which function.
    `claims` and `tests` are the names of those that failed, of so many that were asked; `seconds` is what it
    took.
    """

    name: str
    kind: str
    statement: str
    edits: tuple[str, ...]
    claims: tuple[str, ...]
    tests: tuple[str, ...]
    claims_asked: int
    tests_asked: int
    seconds: float

    @property
    def survives(self) -> bool:
        """Whether nobody noticed it."""
        return not self.claims and not self.tests


def write(path: str | os.PathLike[str], found: Sequence[Mutated], environment: Mapping[str, str]) -> None:
    """Write the mutants as JSON, one a line, all of it or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lines = (json.dumps(plain(one), ensure_ascii=False) for one in found)
    write_record(path, "mutants", lines, environment=dict(environment))


def read(path: str | os.PathLike[str]) -> list[Mutated]:
    """Return the mutants of a file, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, has no mutants in it, or has another schema.
    """
    return read_record(path, "mutants", WRITER, "mutants", lambda found: [*map(_read_one, found["mutants"])])


def _read_one(stored: object) -> Mutated:
    found = plain_data.read(Mutated, stored)
    for kind in ("claims", "tests"):
        noticed = len(getattr(found, kind))
        if noticed > getattr(found, f"{kind}_asked"):
            raise ValueError(f"{noticed} {kind} noticed {found.name!r} and fewer were asked")
    return found
