"""`python -m spec.mutation.every_mutant [NAME …]` runs all mutants and stores who noticed them.

Claims and tests fail or pass from fixed seeds, so that a run on the same machine finds what is stored.
"""

from __future__ import annotations

import argparse
import functools
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nnspec.machine.process import available_cores
from nnspec.project import kept
from nnspec.results.record import environment
from nnspec.studies.mutation import record as mutation_record
from nnspec.studies.mutation.record import Mutated
from spec.folders import ROOT
from spec.mutation.everything import CONTROL, MUTANTS, witnesses

STORED = ROOT / kept.MUTANTS


@functools.cache
def _common_store() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for what is trained without a fault, for all mutants whose faults are elsewhere."""
    return tempfile.TemporaryDirectory()


def run(name: str) -> tuple[dict[str, str], float]:
    """Return how the witnesses of a mutant came out, from a process of its own, and the seconds it took."""
    faultless = name == CONTROL or not MUTANTS[name].trains_otherwise
    with tempfile.TemporaryDirectory() as folder:
        store = _common_store().name if faultless else folder
        file, started = Path(folder) / "outcomes.json", time.perf_counter()
        command = [sys.executable, "-m", "spec.mutation.one_mutant", name, str(file), store]
        # several processes are at work, each on a core
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own
        if done.returncode:
            raise SystemExit(
                f"{name}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return json.loads(file.read_text(encoding="utf-8")), time.perf_counter() - started


def judged(name: str) -> Mutated:
    """Return who noticed a mutant."""
    found, seconds = run(name)
    mutant, (claims, _) = MUTANTS[name], witnesses(name)
    asked = [*claims, *mutant.costly_claims]
    documents = tuple(claim.partition("::")[0] for claim in asked)
    failed = [node for node, outcome in found.items() if outcome == "failed"]
    of_claims = tuple(node for node in failed if node.startswith(documents))
    return Mutated(
        name,
        mutant.kind,
        mutant.statement,
        tuple(f"{edit.function}: {edit.old} → {edit.new}" for edit in mutant.edits),
        tuple(node.partition("::")[2] for node in of_claims),
        tuple(node.rpartition("/")[2] for node in failed if node not in of_claims),
        sum(node.startswith(documents) for node in found),
        sum(not node.startswith(documents) for node in found),
        round(seconds, 1),
    )


def main() -> int:
    """Run the control and the mutants that are named, or all; store them; 1 if one survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MUTANTS, []], metavar="NAME")
    parser.add_argument("--processes", type=int, default=available_cores())
    options = parser.parse_args()
    control, _ = run(CONTROL) if not options.names else ({}, 0.0)
    wrong = [node for node, outcome in control.items() if outcome != "passed"]
    if wrong:
        print("without a fault these do not pass, so that they cannot notice one:", *wrong, sep="\n  ")
        return 1
    # of what is stored only the mutants that are not run again are kept
    kept = mutation_record.read(STORED) if options.names and STORED.exists() else []
    by_name = {one.name: one for one in kept}
    found = []
    with ThreadPoolExecutor(options.processes) as pool:
        for one in pool.map(judged, options.names or MUTANTS):
            found.append(one)
            by_name[one.name] = one
            noticed = ", ".join([*one.claims, *one.tests])
            print(f"{one.name}: {noticed or 'survives'} ({one.seconds:.0f} s)", flush=True)
            in_order = [by_name[name] for name in MUTANTS if name in by_name]
            mutation_record.write(STORED, in_order, environment())
    return int(any(one.survives for one in found))


if __name__ == "__main__":
    sys.exit(main())
