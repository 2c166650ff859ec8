"""Changes of notebooks are noticed as is on record, and the documentation says what was measured."""

from __future__ import annotations

import re

import pytest

from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.static import read_static
from nnspec.store.store import Store
from nnspec.studies.notebook_mutation.record import NotebookStudy, read_study
from nnspec.studies.notebook_mutation.section import alarm_sentence, log_sentence, score_sentence
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.folders import ROOT
from spec.mutation.every_notebook import STORED
from spec.mutation.notebooks.mutants import MUTANTS
from spec.mutation.notebooks.printing import printed
from spec.mutation.notebooks.sets import NOTEBOOKS
from spec.mutation.notebooks.sources import DEVELOPMENT
from spec.mutation.notebooks.study import Study


@pytest.fixture(scope="module")
def recorded() -> NotebookStudy:
    return read_study(STORED)


@pytest.mark.parametrize("name", DEVELOPMENT)
def test_a_notebook_prints_figures_and_is_stored_as_it_was_run(name: str) -> None:
    notebook = printed(name)
    assert [cell.source for cell in notebook.cells] == list(NOTEBOOKS[name])
    assert [cell.execution_count for cell in notebook.cells] == list(range(1, len(NOTEBOOKS[name]) + 1))
    assert len(listed(read_static(notebook)).figures) >= 2


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_change_changes_one_cell_and_stays_code(name: str) -> None:
    names = [mutant.name for mutant in MUTANTS[name]]
    assert len(set(names)) == len(names) == 12
    for mutant in MUTANTS[name]:
        for source in mutant.mutated(NOTEBOOKS[name]):
            compile(source, name, "exec")


def test_a_change_whose_place_is_gone_says_so() -> None:
    with pytest.raises(ValueError, match="changes another number of cells than one"):
        MUTANTS["circles"][0].mutated(["x = 1"])


def test_the_record_has_every_change_as_it_is_now(recorded: NotebookStudy) -> None:
    assert [(one.notebook, one.name, one.statement) for one in recorded.mutants] == [
        (name, mutant.name, mutant.statement) for name in DEVELOPMENT for mutant in MUTANTS[name]
    ]
    assert [one.notebook for one in recorded.controls] == list(DEVELOPMENT)
    assert [one.notebook for one in recorded.unchanged] == list(DEVELOPMENT)


def test_the_documentation_says_what_was_measured(recorded: NotebookStudy) -> None:
    page = re.sub(r"\s+", " ", (ROOT / "docs/explanation/comparison.md").read_text(encoding="utf-8"))
    assert score_sentence(recorded).replace("\xa0", " ") in page
    assert log_sentence(recorded) in page
    assert alarm_sentence(recorded) in page


@pytest.mark.mutation
@pytest.mark.parametrize("name", DEVELOPMENT)
def test_a_changed_notebook_is_noticed_as_is_on_record(name: str, recorded: NotebookStudy) -> None:
    workers = Workers(OwnProcesses())
    try:
        study = Study(workers, Store())
        found = {mutant.name: study.mutant(name, mutant).noticed for mutant in MUTANTS[name]}
        control = study.mutant(name, None).noticed
    finally:
        workers.close()
    assert found == {one.name: one.noticed for one in recorded.mutants if one.notebook == name}
    assert control == next(one.noticed for one in recorded.controls if one.notebook == name)
