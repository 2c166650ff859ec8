"""What a project keeps: the names of its files, and what they add to a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from nnspec.basics.errors import InvalidValue

if TYPE_CHECKING:
    from nnspec.report.parts import FreshSeeds, RepairPart, Section
    from nnspec.results.claim_record import ClaimRecord

RESULTS, REPORT = "nnspec-results.json", "nnspec-report.html"  # where one works
CLAIMS = "baselines/claims"
LOG = "log.md"
# beside the folder of the claims
CALIBRATION = "baselines/calibration.json"
FLAKINESS = "baselines/flakiness.json"
MUTANTS = "baselines/mutants.json"
NOTEBOOK_MUTANTS = "baselines/notebook_mutants.json"
REPAIRS = "baselines/repairs.json"
BENCHMARKS = "baselines/benchmarks"

Read = TypeVar("Read")


def old_records(path: Path) -> Mapping[str, ClaimRecord]:
    """Return the records of a folder of baselines, or of older results, by the names of the claims.

    Raises
    ------
    InvalidValue
        If it cannot be used.
    """
    from nnspec.basics.files import read_json, shown
    from nnspec.results import baseline
    from nnspec.results.reading import records, results_on_file

    if path.is_dir():
        return baseline.records(path)
    label = shown(path)
    return records(results_on_file(read_json(path, "`nnspec verify`"), label), label)


def what_is_kept(
    baseline: Path,
    records: Mapping[str, ClaimRecord],
    names: tuple[str, str],
    *,
    strict: bool,
    drawn: bool = True,
) -> dict[str, Any]:
    """Return, as `page.render` takes it, what has moved since a baseline and what is kept beside it.

    `records` are those of the report's results, and `names` say what the baseline and the results are called.
    Without `drawn` there are no pictures.

    Raises
    ------
    InvalidValue
        If `strict` and the two cannot be compared; otherwise the comparison is left out, because what has
        just been found is worth more.
    """
    from nnspec.report.drift import since_baseline

    try:
        since = since_baseline(old_records(baseline), records, *names)
    except InvalidValue:
        if strict:
            raise
        since = None
    folder = baseline.parent
    return {
        "since": since,
        "appendix": appendix(folder, drawn=drawn),
        "repairs": stored_repairs(folder),
        "reruns": stored_reruns(folder),
    }


def stored_reruns(folder: Path) -> dict[str, FreshSeeds]:
    """Return by the keys of claims what fresh seeds had to say; nothing where no such file can be used."""
    from nnspec.studies.flakiness import record
    from nnspec.studies.flakiness.section import fresh_seeds

    found = _usable(folder, FLAKINESS, record.read)
    return {one.key: fresh_seeds(one, found.error_rate) for one in found.claims} if found else {}


def stored_repairs(folder: Path) -> dict[str, RepairPart]:
    """Return the repairs of a folder by the keys of their claims; nothing where no such file can be used."""
    from nnspec.studies.repair import record
    from nnspec.studies.repair.section import repair_part

    return {one.key: repair_part(one) for one in _usable(folder, REPAIRS, record.read) or ()}


def appendix(folder: Path, *, drawn: bool = True) -> tuple[Section, ...]:
    """Return sections on what the verdicts are worth: calibration, mutants, fresh seeds, speed, as kept.

    A file that cannot be used gives a section that says why: hours of training end in this report. The
    picture of the calibration takes most of the time, and is left out unless `drawn`.
    """
    from nnspec.report.parts import Section
    from nnspec.studies.calibration import record as calibration_record
    from nnspec.studies.calibration.section import calibration_section
    from nnspec.studies.flakiness import record as flakiness_record
    from nnspec.studies.flakiness.section import flakiness_section
    from nnspec.studies.mutation import record as mutation_record
    from nnspec.studies.mutation.section import mutation_section
    from nnspec.studies.notebook_mutation import record as notebook_record
    from nnspec.studies.notebook_mutation.section import notebook_section
    from nnspec.studies.speed.section import performance_section

    sections: dict[str, tuple[str, Callable[[Path], Section]]] = {
        CALIBRATION: (
            "Calibration",
            lambda path: calibration_section(calibration_record.read(path), drawn=drawn),
        ),
        MUTANTS: ("Mutants", lambda path: mutation_section(mutation_record.read(path))),
        NOTEBOOK_MUTANTS: (
            "Changed notebooks",
            lambda path: notebook_section(notebook_record.read_study(path)),
        ),
        FLAKINESS: ("Fresh seeds", lambda path: flakiness_section(flakiness_record.read(path))),
        BENCHMARKS: ("Performance", performance_section),
    }
    found = []
    for name, (title, read) in sections.items():
        path = folder / Path(name).name
        if path.exists():
            try:
                found.append(read(path))
            except InvalidValue as error:
                sentences = (f"This section could not be made: {error}.",)
                found.append(Section(path.stem, title, sentences))
    return tuple(found)


def _usable(folder: Path, name: str, read: Callable[[Path], Read]) -> Read | None:
    path = folder / Path(name).name
    try:
        return read(path) if path.is_file() else None
    except InvalidValue:
        return None
