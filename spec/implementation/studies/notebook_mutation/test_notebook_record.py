"""The record of changed notebooks: written and read back, and what it says in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.studies.notebook_mutation.record import Mutated, NotebookStudy, Unchanged, read_study, write
from nnspec.studies.notebook_mutation.section import notebook_section

ONE = Mutated(
    "circles", "rate × 3", "the rate is higher", True, False, False, "p = 0.001", 0.001, 4, 2, 1, 1.5
)
SURVIVOR = replace(ONE, notebook="moons", noticed=False, p=None, figures_failed=0)
SAME = replace(SURVIVOR, name="loss", statement="the loss is another one", equivalent=True)
EXACT = replace(ONE, notebook="bars", exactly=True)
CONTROL = replace(ONE, name="unchanged", noticed=False)
OTHER = Unchanged("circles", 12, 400, 2, 60, 10, 0)
OTHERS = OTHER, replace(OTHER, notebook="moons", figures=2), replace(OTHER, notebook="bars", drawn_changed=0)
SETS = {"fresh": ("circles", "moons"), "development": ("bars",)}
STUDY = NotebookStudy(400, 0.0075, SETS, (ONE, SURVIVOR, SAME, EXACT), (CONTROL, CONTROL), OTHERS)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write(tmp_path / "study.json", STUDY, {"keras": "3.15"})
    assert read_study(tmp_path / "study.json") == STUDY
    assert (STUDY.score, STUDY.score_of_all) == (2 / 3, 1 / 2)
    assert STUDY.false_alarms == (4, 1232)
    fresh = STUDY.part("fresh")
    assert (fresh.score, fresh.score_of_all) == (1 / 2, 1 / 3)
    assert fresh.false_alarms == (4, 822)
    assert STUDY.part("development").mutants == (EXACT,)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(STUDY, mutants=(replace(ONE, figures_failed=4),)),
        replace(STUDY, mutants=(replace(ONE, equivalent=True),)),
        replace(STUDY, mutants=(replace(EXACT, noticed=False),)),
        replace(STUDY, unchanged=(replace(OTHER, drawn_changed=401),)),
        replace(STUDY, unchanged=(replace(OTHER, real_changed=11),)),
    ],
)
def test_more_than_were_asked_cannot_have_failed(tmp_path: Path, wrong: NotebookStudy) -> None:
    write(tmp_path / "study.json", wrong, {})
    with pytest.raises(InvalidValue, match=r"study\.json"):
        read_study(tmp_path / "study.json")


def test_the_section_says_what_was_noticed_and_how_often_it_errs() -> None:
    found = notebook_section(STUDY)
    assert found.rows == (
        ("the rate is higher", "1 of 2", "1 of 2"),
        ("the loss is another one", "0 of 1", "0 of 1"),
    )
    said = " ".join(found.sentences)
    assert "1 are equivalent" in said
    assert (
        "Of the 2 others the test of all figures together noticed 1, a mutation score of 0.50 (0.33 of"
        in said
    )
    assert "Where a log is printed these are 1 of 1" in said
    assert "where two final figures are all that is printed 0 of 1." in said
    assert (
        "Of 822 unchanged notebooks that printed the figures of other seeds it called 4 changed (0.49%)"
        in said
    )
    assert "22 of them were run by Keras itself, of which it called 0 changed" in said
    assert "15% of the drawn notebooks had a single figure that was called lucky" in said
    assert "noticed 1 of 1 changes that are not equivalent, a score of 1.00 (1.00 of all 1)" in said
    assert "called 0 of 410 unchanged ones changed (0.00%)" in said
