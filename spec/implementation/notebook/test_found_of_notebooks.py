"""A notebook as a test: what its run and its trainings find, by the names of its tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nnspec.basics.plain_data import plain
from nnspec.basics.plain_data import read as read_plain
from nnspec.claims.budget import parse
from nnspec.notebook.guarding import verdict
from nnspec.notebook.guarding.guard import found_of
from nnspec.notebook.guarding.guarded import Guarded
from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.not_captured import not_captured
from nnspec.notebook.running.cell_run import CellRun, Outcome
from nnspec.store.store import Store
from spec.implementation.notebook.captured_samples import captured, fit
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.test_findings import log
from spec.implementation.notebook.test_orders import story


def test_what_is_found_of_a_notebook_is_by_the_names_of_its_tests_and_travels_as_json(tmp_path: Path) -> None:
    static, run = story(tmp_path)
    cells = [CellRun(cell, "ran") for cell in range(5)] + [CellRun(5, "failed", message="no such name")]
    found = found_of(static, cells, run, parse("standard", "64"), 1e-4, store=Store(tmp_path / "store"))
    wanted = listed(static)
    assert set(found.found) == {one.name for one in (*wanted.figures, *wanted.orders)}
    by_ending = {one.name: verdict.of_figure(one, found, "ordinary").ending for one in wanted.figures}
    assert by_ending["cell-3-line-1-accuracy"] in ("failed", "passed")
    orders = [verdict.of_order(one, found, "ordinary") for one in wanted.orders]
    assert [one.ending for one in orders] == ["failed", "skipped"]
    assert "both are trained alike" in orders[1].told
    assert found.seeds_trained == 2 * 64
    assert found.failed == ("[5] failed: no such name",)
    assert [one.figures for one in found.together.fits] == [2, 2, 2]
    assert not found.others
    assert read_plain(Guarded, json.loads(json.dumps(plain(found)))) == found


@pytest.mark.parametrize(
    ("outcome", "ending"), [("failed", "failed"), ("stopped", "skipped"), ("not run", "skipped")]
)
def test_what_the_limits_cut_off_has_not_changed(tmp_path: Path, outcome: Outcome, ending: str) -> None:
    static = read(tmp_path, code("model.fit(x, y, epochs=2)", log("0.5", "0.4")))
    [one] = listed(static).figures
    error = "ValueError: no" if outcome == "failed" else "KeyboardInterrupt" if outcome == "stopped" else ""
    calls = [] if outcome == "not run" else [fit(0, error=error, ended=True, history={})]
    runs = [CellRun(0, outcome, message="it took more than 9 s")]
    found = found_of(static, runs, captured(*calls), parse("standard", "64"), 1e-4, store=Store())
    assert verdict.of_figure(one, found, "ordinary").ending == ending
    assert "it took more than 9 s" in verdict.of_figure(one, found, "ordinary").told
    [missing] = not_captured(static, runs, captured(*calls))
    assert ("it failed: ValueError" in missing.why) == (outcome == "failed")
    assert (missing.why == "its cell was stopped: it took more than 9 s") == (outcome == "stopped")


def test_an_order_on_the_same_examples_under_other_names_is_judged_too(tmp_path: Path) -> None:
    static, run = story(tmp_path, ("z, t", "z_scaled, t", "z[:64], t"))
    assert not listed(static).orders
    assert listed(static).others == 3
    found = found_of(static, [], run, parse("standard", "64"), 1e-4, store=Store(tmp_path / "store"))
    [told] = found.others
    assert told == "by accuracy 0.9000 in cell [3] before 0.4000 in cell [1]"
    ends = verdict.of_others(found, "ordinary")
    assert ends.ending == "failed"
    assert told in ends.told
    assert read_plain(Guarded, json.loads(json.dumps(plain(found)))) == found
