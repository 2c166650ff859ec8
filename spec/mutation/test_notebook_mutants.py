"""Changes of notebooks are noticed as is on record, and the documentation says what was measured."""

from __future__ import annotations

import re

import pytest

from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.printed_text import printed_lines
from nnspec.notebook.static import read_static
from nnspec.notebook.summary_tables import summary_tables
from nnspec.store.store import Store
from nnspec.studies.notebook_mutation.record import NotebookStudy, read_study
from nnspec.studies.notebook_mutation.section import (
    FRESH,
    alarm_sentence,
    development_sentence,
    log_sentence,
    score_sentence,
)
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.folders import ROOT
from spec.mutation.every_notebook import STORED
from spec.mutation.notebooks.mutants import MUTANTS
from spec.mutation.notebooks.printing import printed
from spec.mutation.notebooks.sets import NOTEBOOKS, SETS
from spec.mutation.notebooks.study import Study


@pytest.fixture(scope="module")
def recorded() -> NotebookStudy:
    return read_study(STORED)


@pytest.mark.parametrize("name", NOTEBOOKS)
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
        (name, mutant.name, mutant.statement) for name in NOTEBOOKS for mutant in MUTANTS[name]
    ]
    names = [one.notebook for one in recorded.controls]
    assert [one.notebook for one in recorded.unchanged] == names
    assert names == [name for name in NOTEBOOKS if name in names or name in SETS[FRESH]]
    assert recorded.sets == {name: tuple(notebooks) for name, notebooks in SETS.items()}


def test_the_fresh_notebooks_print_what_executed_ones_print() -> None:
    static = [read_static(printed(name)) for name in SETS[FRESH]]
    logs = [{log.form for log in one.logs if log.kind == "fit"} for one in static]
    assert logs.count({"Keras 3 bar"}) == 6
    assert logs.count({"verbose=2"}) == logs.count(set()) == 2
    lines = [[line.text for cell in one.notebook.code for line in printed_lines(cell)] for one in static]
    assert sum(bool(summary_tables(one)) for one in lines) == 3


def test_the_documentation_says_what_was_measured(recorded: NotebookStudy) -> None:
    page = re.sub(r"\s+", " ", (ROOT / "docs/explanation/comparison.md").read_text(encoding="utf-8"))
    fresh = recorded.part(FRESH)
    for sentence in (score_sentence(fresh), log_sentence(fresh), alarm_sentence(fresh)):
        assert sentence.replace("\xa0", " ") in page
    assert development_sentence(recorded).replace("\xa0", " ") in page


@pytest.mark.mutation
@pytest.mark.parametrize("name", NOTEBOOKS)
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
