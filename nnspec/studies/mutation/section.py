"""The report's appendix on mutants: which faults the specification notices, and who does."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.studies.mutation.record import Mutated


def mutation_section(found: Sequence[Mutated]) -> Section:
    """Return the appendix on mutants, a row for each."""
    headings = ("Fault", "Claims that notice it", "Tests of nnspec that notice it")
    rows = tuple(map(_row, found))
    return Section("mutants", "Mutants", _sentences(found), headings, rows)


def _row(one: Mutated) -> tuple[str, ...]:
    return one.statement, _of(one.claims, one.claims_asked), _of(one.tests, one.tests_asked)


def _sentences(found: Sequence[Mutated]) -> tuple[str, ...]:
    survivors = [one for one in found if one.survives]
    by_tests_alone = [one for one in found if one.tests and not one.claims]
    by_claims_alone = [one for one in found if one.claims and not one.tests]
    named = ", ".join(one.name for one in survivors)
    some = f"Nobody notices {count(len(survivors), 'of them', 'of them')}: {named}."
    survived = some if survivors else "None survives."
    return (
        f"Each of {count(len(found), 'fault')} was put into the running program by editing a function, and "
        f"claims and tests were run. {survived} Claims notice "
        f"{sum(bool(one.claims) for one in found)} of them, {len(by_claims_alone)} of these alone; tests of "
        f"nnspec alone notice {len(by_tests_alone)}.",
        "Asked were a few claims that are trained fast and tests that are about the part at fault, not the "
        "whole specification. A claim that does not notice a fault states something that does not depend on "
        "it.",
    )


def _of(names: Sequence[str], asked: int) -> str:
    """Return how many of those asked notice a fault; their names are on file."""
    return f"{len(names) or 'none'} of {asked}"
