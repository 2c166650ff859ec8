"""`nnspec flakiness` on claims whose share of yes is known: what it judges, stores and returns."""

from __future__ import annotations

import json

import pytest

import nnspec.workers.pool
from nnspec.claims.budget import MOST

DECLARED = """
test_holds = declare("holds-1", ALWAYS)
test_half = declare("half", HALF, share=0.5, verdict="undecided")
test_told = declare("told", HALF, reading="one case", share=None, counterfactual=None, verdict="a coin toss")
test_unlike_recorded = declare("never", NEVER, counterfactual=recipe(1e-8))
"""


@pytest.fixture
def flaky(project, monkeypatch):
    project.declare(DECLARED)
    monkeypatch.chdir(project.path)
    # one worker that trains nothing is enough; `Workers` is looked up when the command runs
    assert nnspec.workers.pool.Workers.__name__ == "StandInWorkers"
    return project


def test_every_block_trains_other_seeds_and_the_verdicts_are_stored(flaky, capsys):
    assert flaky.nnspec("flakiness", "--blocks", "3", "--output", "found.json") == 0
    said = capsys.readouterr().out
    document = json.loads((flaky.path / "found.json").read_text())
    claims = {one["key"]: one for one in document["claims"]}
    assert "told" not in claims  # nothing is decided of it
    assert claims["holds-1"]["verdicts"] == ["holds"] * 3
    assert claims["half"]["verdicts"] == ["undecided"] * 3
    assert claims["never"]["verdicts"] == ["refuted"] * 3
    assert "2 of 3 claims" not in said
    lines = said.splitlines()
    assert "(1 of 3, about " in lines[0]
    assert lines[2].endswith("(3 of 3)")
    assert (
        "3 of 3 claims have one verdict in every block; 3 of 9 verdicts (33.33%) are not as recorded" in said
    )
    starts = [int(entry.split()[1]) for entry in flaky.trainings]
    assert min(starts) == MOST
    assert {start // MOST for start in starts} == {1, 2, 3}


def test_a_file_that_cannot_be_added_to_is_told_before_training_and_an_empty_one_is_fine(flaky, capsys):
    (flaky.path / "found.json").write_text(
        '{"schema": 9, "error_rate": 0.1, "environment": {}, "claims": [1]}'
    )
    assert flaky.nnspec("flakiness", "--output", "found.json") == 2
    assert "schema=9" in capsys.readouterr().err
    assert flaky.trainings == []
    (flaky.path / "found.json").write_text("")
    assert flaky.nnspec("flakiness", "--blocks", "2", "--output", "found.json") == 0
    assert len(json.loads((flaky.path / "found.json").read_text())["claims"]) == 3
