"""`nnspec flakiness` on claims whose share of yes is known: what it judges, stores and returns."""

from __future__ import annotations

import json

import pytest

import nnspec.workers.pool

DECLARED = """
test_holds = declare("holds-1", ALWAYS)
test_half = declare("half", HALF, share=0.5, verdict="undecided")
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
    assert min(starts) == 1024
    assert {start // 512 for start in starts} == {2, 3, 4}


def test_only_claims_of_the_cost_that_is_asked_for_are_judged(flaky, capsys):
    assert flaky.nnspec("flakiness", "--blocks", "2", "--cost", "high") == 2
    assert "claims of high cost whose data are there" in capsys.readouterr().err
    assert not (flaky.path / "baselines").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--blocks", "1"], "blocks=1; expected at least two"),
        (["--budget", "huge"], "budget='huge'"),
        (["nowhere"], "path='nowhere'"),
        (["--output", ""], "output='.'; expected a file that can be written"),
        (["--output", "."], "output='.'; expected a file that can be written"),
    ],
)
def test_wrong_usage_is_one_line(flaky, capsys, arguments, message):
    assert flaky.nnspec("flakiness", *arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_file_that_cannot_be_added_to_is_told_before_training_and_an_empty_one_is_fine(flaky, capsys):
    (flaky.path / "found.json").write_text('{"schema": 9, "first_seed": 0, "claims": [1]}')
    assert flaky.nnspec("flakiness", "--output", "found.json") == 2
    assert "schema=9" in capsys.readouterr().err
    assert flaky.trainings == []
    (flaky.path / "found.json").write_text("")
    assert flaky.nnspec("flakiness", "--blocks", "2", "--output", "found.json") == 0
    assert len(json.loads((flaky.path / "found.json").read_text())["claims"]) == 3
