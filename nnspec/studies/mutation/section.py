"""The report's appendix on mutants: which faults the specification notices, and who does."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.studies.mutation.record import Mutated


def mutation_section(found: Sequence[Mutated]) -> Section:
    """Return the appendix on mutants, a row for each that nobody notices; the others are on file."""
    rows = tuple((one.name, one.statement) for one in found if one.survives)
    return Section("mutants", "Mutants", _sentences(found), ("Survivor", "Fault") if rows else (), rows)


def _sentences(found: Sequence[Mutated]) -> tuple[str, ...]:
    survivors = [one for one in found if one.survives]
    by_tests_alone = [one for one in found if one.tests and not one.claims]
    by_claims_alone = [one for one in found if one.claims and not one.tests]
    some = f"Nobody notices {count(len(survivors), 'of them', 'of them')}, which are listed."
    survived = some if survivors else "None survives."
    return (
        f"Each of {count(len(found), 'fault')} was put into the running program by editing a function, and "
        f"claims and tests were run. {survived} Claims notice "
        f"{sum(bool(one.claims) for one in found)} of them, {len(by_claims_alone)} of these alone; tests of "
        f"nnspec alone notice {len(by_tests_alone)}. The file of mutants in the folder of the baselines says "
        "who notices which.",
        "Asked were a few claims that are trained fast and tests that are about the part at fault, not the "
        "whole specification. A claim that does not notice a fault states something that does not depend on "
        "it.",
    )
