"""What the verdicts are worth: sections of the report's appendix, from what is stored beside baselines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nnspec.basics.errors import InvalidValue
from nnspec.report.parts import Section
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.section import calibration_section
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness import section as flakiness_section
from nnspec.studies.mutation import record as mutation_record
from nnspec.studies.mutation.section import mutation_section
from nnspec.studies.speed.section import FOLDER as BENCHMARKS
from nnspec.studies.speed.section import performance_section


def appendix(folder: Path, *, drawn: bool = True) -> tuple[Section, ...]:
    """Return a section for each of calibration, mutants, fresh seeds and benchmarks that the folder has.

    A file that cannot be used gives a section that says why: hours of training end in this report. The
    picture of the calibration takes most of the time, and is left out unless `drawn`.
    """
    sections: dict[str, tuple[str, Callable[[Path], Section]]] = {
        "calibration.json": (
            "Calibration",
            lambda path: calibration_section(calibration_record.read(path), drawn=drawn),
        ),
        "mutants.json": ("Mutants", lambda path: mutation_section(mutation_record.read(path))),
        flakiness_section.FILE: (
            "Fresh seeds",
            lambda path: flakiness_section.flakiness_section(flakiness_record.read(path)),
        ),
        BENCHMARKS: ("Performance", performance_section),
    }
    return tuple(
        _section(name, title, path, read)
        for name, (title, read) in sections.items()
        if (path := folder / name).exists()
    )


def _section(name: str, title: str, path: Path, read: Callable[[Path], Section]) -> Section:
    try:
        return read(path)
    except InvalidValue as error:
        return Section(name.partition(".")[0], title, (f"This section could not be made: {error}.",))
