"""Faults are noticed: each mutant by the claims and tests that are on record, and none is out of date."""

from __future__ import annotations

import functools
import subprocess
import sys

import pytest

from nnspec.studies.mutation import record as mutation_record
from nnspec.studies.mutation.record import Mutated
from spec.mutation.every_mutant import STORED, judged, run
from spec.mutation.everything import CONTROL, MUTANTS
from spec.mutation.mutant import Edit

EDITS = [(name, edit) for name, mutant in MUTANTS.items() for edit in mutant.edits]


@functools.cache
def recorded() -> dict[str, Mutated]:
    """Return what is on record, by the names of the mutants."""
    return {one.name: one for one in mutation_record.read(STORED)}


@pytest.mark.mutation
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_noticed_by_those_who_are_on_record(name: str) -> None:
    found, before = judged(name), recorded()[name]
    assert not found.survives
    assert (found.claims, found.tests) == (before.claims, before.tests)


@pytest.mark.mutation
def test_without_a_fault_nobody_notices_one() -> None:
    outcomes, _ = run(CONTROL)
    assert [node for node, outcome in outcomes.items() if outcome != "passed"] == []


def test_the_record_has_every_mutant_as_it_is_now_and_none_survived() -> None:
    assert list(recorded()) == list(MUTANTS)
    for name, mutant in MUTANTS.items():
        found = recorded()[name]
        assert found.statement == mutant.statement
        assert found.edits == tuple(f"{e.function}: {e.old} → {e.new}" for e in mutant.edits)
        assert not found.survives, name
        assert found.claims_asked >= len(mutant.claims) + len(mutant.costly_claims)
        assert found.tests_asked >= len(mutant.tests)


@pytest.mark.parametrize(("name", "edit"), EDITS)
def test_an_edit_fits_the_source_and_can_be_taken_back(name: str, edit: Edit) -> None:
    target = edit.target()
    original = target.__code__
    undo = edit.apply()
    assert target.__code__ is not original
    assert target.__code__.co_name == original.co_name
    assert target.__code__.co_varnames[: original.co_argcount] == original.co_varnames[: original.co_argcount]
    undo()
    assert target.__code__ is original


def test_an_edit_whose_place_is_gone_says_so() -> None:
    with pytest.raises(ValueError, match="occurs 0 times; expected once; the source has changed"):
        Edit("nnspec.statistics.shares:decide", "no such line", "").mutated()
    with pytest.raises(ValueError, match="expected once"):
        Edit("nnspec.statistics.shares:decide", "seeds", "others").mutated()
    with pytest.raises(TypeError, match="expected a Python function"):
        Edit("nnspec.statistics.shares:VERDICTS", "a", "b").mutated()


def test_an_edit_takes_effect_where_the_function_was_imported_before() -> None:
    from nnspec.claims.reading import decide

    edit = Edit(
        "nnspec.statistics.shares:decide",
        'return "holds" if successes > claimed_share * seeds else "refuted"',
        'return "refuted"',
    )
    assert decide(64, 64, 0.5, 0.01) == "holds"
    undo = edit.apply()
    try:
        assert decide(64, 64, 0.5, 0.01) == "refuted"
    finally:
        undo()
    assert decide(64, 64, 0.5, 0.01) == "holds"


def test_declaring_mutants_takes_no_tensorflow() -> None:
    code = "import sys; import spec.mutation.everything; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own
