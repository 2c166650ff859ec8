"""What the study of changed notebooks found, on file: a small JSON document."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_record, write_record
from nnspec.basics.plain_data import plain, read

WRITER = "`python -m spec.mutation.every_notebook`"


@dataclass(frozen=True)
class Mutated:
    """A changed notebook, and whether its test of all figures together noticed.

    It did so `exactly` where that took no statistics: what is printed is no longer done. A change is
    `equivalent` where each seed gives the same numbers with it and without it, to the last bit. `told` is
    what the test said, `p` the smallest p-value of a fit, None where none was trained. Of `figures` tests of
    single figures and orders `figures_failed` failed, and `figures_skipped` were skipped.
    """

    notebook: str
    name: str
    statement: str
    noticed: bool
    exactly: bool
    equivalent: bool
    told: str
    p: float | None
    figures: int
    figures_failed: int
    figures_skipped: int
    seconds: float


@dataclass(frozen=True)
class Unchanged:
    """An unchanged notebook that prints what other seeds give: how often it is called changed.

    `drawn` are seeds of nnspec's runs, `real` further runs by Keras itself; `figures` is how many figures a
    run prints. `drawn_strange` is how many of the drawn ones have a figure alone that is lucky, unlucky or
    out of reach.
    """

    notebook: str
    figures: int
    drawn: int
    drawn_changed: int
    drawn_strange: int
    real: int
    real_changed: int


@dataclass(frozen=True)
class NotebookStudy:
    """Mutants, and unchanged notebooks, of which the controls are those of the printed run itself.

    `sets` has the names of the notebooks by the set that they are in.
    """

    seeds: int
    level: float
    sets: Mapping[str, tuple[str, ...]]
    mutants: tuple[Mutated, ...]
    controls: tuple[Mutated, ...]
    unchanged: tuple[Unchanged, ...]

    def part(self, name: str) -> NotebookStudy:
        """Return what was found of the notebooks of one set."""
        own = self.sets[name]
        mutants, controls, unchanged = (
            tuple(one for one in found if one.notebook in own)
            for found in (self.mutants, self.controls, self.unchanged)
        )
        return NotebookStudy(self.seeds, self.level, {name: own}, mutants, controls, unchanged)  # type: ignore[arg-type]  # each of its own kind

    @property
    def different(self) -> tuple[Mutated, ...]:
        """The mutants that are not equivalent."""
        return tuple(one for one in self.mutants if not one.equivalent)

    @property
    def score(self) -> float:
        """Which share of the mutants was noticed, equivalent ones left out."""
        return sum(one.noticed for one in self.different) / len(self.different)

    @property
    def score_of_all(self) -> float:
        """Which share of the mutants was noticed, equivalent ones counted as not noticed."""
        return sum(one.noticed for one in self.mutants) / len(self.mutants)

    @property
    def false_alarms(self) -> tuple[int, int]:
        """How many unchanged notebooks were called changed, of how many: controls, drawn and real ones."""
        called = sum(one.noticed for one in self.controls)
        called += sum(one.drawn_changed + one.real_changed for one in self.unchanged)
        return called, len(self.controls) + sum(one.drawn + one.real for one in self.unchanged)


def write(path: str | os.PathLike[str], study: NotebookStudy, environment: Mapping[str, str]) -> None:
    """Write the study as JSON, a mutant a line, all of it or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    document = plain(study)
    lines = (json.dumps(one, ensure_ascii=False) for one in document.pop("mutants"))
    write_record(path, "mutants", lines, environment=dict(environment), **document)


def read_study(path: str | os.PathLike[str]) -> NotebookStudy:
    """Return the study of a file, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, has no mutants in it, or has another schema.
    """
    return read_record(path, "changed notebooks", WRITER, "mutants", _checked)


def _checked(stored: dict[str, object]) -> NotebookStudy:
    study = read(NotebookStudy, stored)
    for one in (*study.mutants, *study.controls):
        if (one.exactly or one.equivalent) and one.noticed != one.exactly:
            expected = "noticed where it is so exactly, and not where it is equivalent"
            raise InvalidValue("noticed", one.noticed, expected)
        if one.figures_failed + one.figures_skipped > one.figures:
            raise InvalidValue("figures_failed", one.figures_failed, f"at most the {one.figures} figures")
    for other in study.unchanged:
        if max(other.drawn_changed, other.drawn_strange) > other.drawn or other.real_changed > other.real:
            raise InvalidValue("drawn_changed, real_changed", other.notebook, "no more than were asked")
    return study
