"""`python -m spec.mutation.every_notebook [NAME …]` changes notebooks in every way and stores who noticed.

Trained runs are kept in the usual store, and with --begun a study that was stopped goes on where it was, also
one in another process for other notebooks. What Keras itself draws for unchanged notebooks is new every time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from nnspec.basics.plain_data import plain, read
from nnspec.machine.process import available_cores
from nnspec.notebook.repeating.together import LEVEL
from nnspec.project import kept
from nnspec.results.record import environment
from nnspec.store.store import Store
from nnspec.studies.notebook_mutation import record
from nnspec.studies.notebook_mutation.record import Mutated, NotebookStudy, Unchanged
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.folders import ROOT
from spec.mutation.notebooks.mutants import MUTANTS
from spec.mutation.notebooks.sets import SETS
from spec.mutation.notebooks.study import SEEDS, Study

STORED = ROOT / kept.NOTEBOOK_MUTANTS
T = TypeVar("T", Mutated, Unchanged)


def main() -> int:
    """Run controls and mutants of the notebooks that are named, or of all, and store all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MUTANTS, []], metavar="NAME")
    parser.add_argument("--begun", type=Path, help="a folder for what is done so far, a file for each change")
    parser.add_argument("--processes", type=int, default=available_cores())
    options = parser.parse_args()
    workers = Workers(OwnProcesses(options.processes))
    study = Study(workers, Store())
    try:
        found = {name: _of(study, name, options.begun) for name in options.names or MUTANTS}
    finally:
        workers.close()
    if set(found) == set(MUTANTS):
        controls, mutants, unchanged = zip(*(found[name] for name in MUTANTS), strict=True)
        sets = {name: tuple(notebooks) for name, notebooks in SETS.items()}
        everything = NotebookStudy(SEEDS, LEVEL, sets, sum(mutants, ()), controls, unchanged)
        record.write(STORED, everything, environment())
        for name in SETS:
            part = everything.part(name)
            print(f"{name}: score {part.score:.2f}, false alarms {part.false_alarms}")
    return 0


def _of(study: Study, name: str, begun: Path | None) -> tuple[Mutated, tuple[Mutated, ...], Unchanged]:
    def done(what: str, kind: type[T], make: Callable[[], T]) -> T:
        """Return what a file has of it, or make it and write the file."""
        file = None if begun is None else begun / name / f"{what.replace('/', 'over')}.json"
        if file is not None and file.exists():
            return read(kind, json.loads(file.read_text(encoding="utf-8")))
        found = make()
        print(f"{name}, {what}: {found}", flush=True)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(plain(found)), encoding="utf-8")
        return found

    control = done("control", Mutated, lambda: study.mutant(name, None))
    mutants = tuple(done(one.name, Mutated, lambda one=one: study.mutant(name, one)) for one in MUTANTS[name])
    return control, mutants, done("unchanged", Unchanged, lambda: study.unchanged(name))


if __name__ == "__main__":
    sys.exit(main())
