"""`python -m spec.mutation.every_notebook [NAME …]` changes notebooks in every way and stores who noticed.

Trained runs are kept in the usual store, and with --begun a study that was stopped goes on where it was. What
Keras itself draws for unchanged notebooks is new every time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from nnspec.basics.plain_data import plain, read
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
from spec.mutation.notebooks.study import SEEDS, Study

STORED = ROOT / kept.NOTEBOOK_MUTANTS


def main() -> int:
    """Run controls and mutants of the notebooks that are named, or of all, and store all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MUTANTS, []], metavar="NAME")
    parser.add_argument(
        "--begun", type=Path, help="a folder for what is done so far, a file for each notebook"
    )
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    workers = Workers(OwnProcesses(options.processes))
    study = Study(workers, Store())
    found = {}
    try:
        for name in options.names or MUTANTS:
            file = None if options.begun is None else options.begun / f"{name}.json"
            found[name] = _read(file) if file is not None and file.exists() else _of(study, name)
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(plain(found[name])), encoding="utf-8")
    finally:
        workers.close()
    if set(found) == set(MUTANTS):
        controls, mutants, unchanged = zip(*(found[name] for name in MUTANTS), strict=True)
        everything = NotebookStudy(SEEDS, LEVEL, sum(mutants, ()), controls, unchanged)
        record.write(STORED, everything, environment())
        print(f"score {everything.score:.2f}, false alarms {everything.false_alarms}")
    return 0


def _of(study: Study, name: str) -> tuple[Mutated, tuple[Mutated, ...], Unchanged]:
    control, changed = study.mutant(name, None), []
    print(f"{name}: {control.told}", flush=True)
    for mutant in MUTANTS[name]:
        changed.append(study.mutant(name, mutant))
        told = "noticed" if changed[-1].noticed else "survives"
        print(f"{name}, {mutant.name}: {told}, {changed[-1].told} ({changed[-1].seconds:.0f} s)", flush=True)
    unchanged = study.unchanged(name)
    print(f"{name}: {unchanged}", flush=True)
    return control, tuple(changed), unchanged


def _read(file: Path) -> tuple[Mutated, tuple[Mutated, ...], Unchanged]:
    control, mutants, unchanged = json.loads(file.read_text(encoding="utf-8"))
    return read(Mutated, control), tuple(read(Mutated, one) for one in mutants), read(Unchanged, unchanged)


if __name__ == "__main__":
    sys.exit(main())
