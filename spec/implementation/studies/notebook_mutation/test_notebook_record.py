"""The record of changed notebooks: written and read back, and what it says in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.studies.notebook_mutation.record import Mutated, NotebookStudy, Unchanged, read_study, write
from nnspec.studies.notebook_mutation.section import notebook_section

ONE = Mutated("circles", "rate × 3", "the rate is higher", True, "p = 0.001", 0.001, 4, 2, 1, 1.5)
SURVIVOR = replace(ONE, notebook="moons", noticed=False, p=None, figures_failed=0)
CONTROL = replace(ONE, name="unchanged", noticed=False)
OTHER = Unchanged("circles", 12, 400, 2, 60, 10, 0)
STUDY = NotebookStudy(
    400, 0.005, (ONE, SURVIVOR), (CONTROL, CONTROL), (OTHER, replace(OTHER, notebook="moons", figures=2))
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write(tmp_path / "study.json", STUDY, {"keras": "3.15"})
    assert read_study(tmp_path / "study.json") == STUDY
    assert STUDY.score == 0.5
    assert STUDY.false_alarms == (4, 822)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(STUDY, mutants=(replace(ONE, figures_failed=4),)),
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
    assert found.rows == (("the rate is higher", "1 of 2", "1 of 2", "moons"),)
    said = " ".join(found.sentences)
    assert "a mutation score of 0.50" in said
    assert "Where a log is printed these are 1 of 1" in said
    assert "where two final figures are all that is printed 0 of 1." in said
    assert (
        "Of 822 unchanged notebooks that printed the figures of other seeds it called 4 changed (0.49%)"
        in said
    )
    assert "22 of them were run by Keras itself, of which it called 0 changed" in said
    assert "15% of the drawn notebooks had a single figure that was called lucky" in said
