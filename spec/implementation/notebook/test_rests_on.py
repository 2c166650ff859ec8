"""What rests on a cell that failed is not what its author trained, and has no place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.claims.budget import parse
from nnspec.notebook.after_run.all_found import found_after_run
from nnspec.notebook.guarding import verdict
from nnspec.notebook.guarding.guard import found_of
from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.not_captured import not_captured
from nnspec.notebook.rests_on import stale_cells, without_stale
from nnspec.notebook.running.cell_run import CellRun
from nnspec.store.store import Store
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.test_findings import log

WHY = "it rests on x, which cell [1] failed to bind: what it has is older"


def failed(cell: int, line: int | None, **changed: object) -> CellRun:
    return replace(CellRun(cell, "failed", message="no network", line=line), **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "line", "stale"),
    [
        ("u = load()\nx = u / 255\nshow(x)", 1, {1, 2, 3, 4}),
        ("u = load()\nx = u / 255\nshow(x)", 2, {1, 2, 3, 4}),
        ("u = load()\nx = u / 255\nshow(x)", 3, {1}),  # what it was for it has bound
        ("u = load()\nx = u / 255\nshow(x)", None, {1, 2, 3, 4}),
        ("for part in parts:\n    x = part\n    load(x)", 3, {1, 2, 3, 4}),
        ("u = load()", 1, {1}),
    ],
)
def test_a_cell_rests_on_a_failed_one_where_that_did_not_bind_what_it_reads(
    tmp_path: Path, source: str, line: int | None, stale: set[int]
) -> None:
    static = read(
        tmp_path,
        code("x, y = old()"),
        code(source),
        code("z = x + 1"),
        code("model.fit(z, y, epochs=2)"),
        code("model.evaluate(x, y)"),
        code("x = new()\nother.fit(x, y, epochs=2)"),  # binds it before it reads it
    )
    runs = [CellRun(0, "ran"), failed(1, line), *(CellRun(cell, "ran") for cell in (2, 3, 4, 5))]
    assert stale_cells(static, runs) == stale
    found = without_stale(static, runs, captured(fit(0, 3), fit(1, 5), evaluation(0, 4)))
    whys = [one.why for one in (*found.fits, *found.evaluations)]
    assert whys == ([WHY, "", WHY] if 3 in stale else ["", "", ""])
    told = [one.why for one in not_captured(static, runs, found)]
    assert told == [one for one in whys if one]


def test_a_cell_that_went_on_without_an_import_has_bound_the_rest(tmp_path: Path) -> None:
    static = read(tmp_path, code("import gone\nx = 1"), code("model.fit(x, y, epochs=2)"))
    runs = [failed(0, 1, went_on=True), CellRun(1, "ran")]
    assert stale_cells(static, runs) == {0}
    assert not without_stale(static, runs, captured(fit(0, 1))).fits[0].why


def test_what_stale_data_do_is_no_finding_and_its_figures_are_not_placed(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("x, y = old()"),
        code("x = load()"),
        code("model.fit(x, y, epochs=2)", log("0.5", "0.4")),
    )
    [one] = listed(static).figures
    data = {"x": {"shape": [999, 2]}, "y": {"shape": [999]}}
    run = captured(fit(0, 2, arguments={"epochs": 2}, data=data))
    fine, broken = (
        [CellRun(cell, "ran") for cell in range(3)],
        [CellRun(0, "ran"), failed(1, 1), CellRun(2, "ran")],
    )
    assert found_after_run(static, run, fine)  # which counts other steps
    assert not found_after_run(static, run, broken)
    stale = without_stale(static, broken, run)
    found = found_of(static, broken, stale, parse("standard", "64"), 1e-4, store=Store(tmp_path / "store"))
    ends = verdict.of_figure(one, found, "ordinary")
    assert (ends.ending, WHY in ends.told) == ("failed", True)
