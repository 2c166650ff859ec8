"""A run that has a time: what it trains is counted, what stays open is told, errors are their claim's."""

from __future__ import annotations

import pytest


@pytest.fixture
def timed(project):
    project.declare(
        "test_a = declare('clear', ALWAYS)\n"
        "test_b = declare('toss', HALF, share=0.5, verdict='undecided')\n"
        "def breaks(runs):\n    'Breaks.'\n    return 1 / 0\n"
        "test_c = declare('broken', ALWAYS, breaks)\n"
        "LONG = 40_000_000\ntest_d = declare('dear', recipe(1.0, LONG))"
    )
    return project


def test_verdicts_within_a_time(timed, capsys):
    assert timed.nnspec("verify", "--time", "6s", "--results", "found.json") == 1
    said = capsys.readouterr().out
    found = timed.read("found.json")
    assert found["clear"]["verdict"] == "holds"
    assert (found["toss"]["verdict"], found["broken"]["verdict"]) == ("undecided", "error")
    assert found["dear"]["verdict"] == "skipped"
    assert found["dear"]["message"].startswith("no time was left for it: its first 8 seeds take about ")
    assert "ZeroDivisionError" in found["broken"]["message"]
    assert "open: toss: the time did not decide it" in said
    # what was trained before their turn counts as theirs
    assert found["clear"]["seeds_trained"] > 0
    assert not found["clear"]["cached"]
    trained = sum(one["seeds_trained"] for one in found.values())
    assert f"{trained} trainings in " in said


def test_several_processes_cannot_share_a_time(timed, capfd):
    result = timed.pytest("-n", "2", "--nnspec-time=10s")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*time='10s'; expected a single process of pytest*"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--time", "6s", "--budget", "quick"], "budget, time=('quick', '6s'); expected one of them"),
        (["--seeds", "8", "--budget", "quick"], "budget, seeds=('quick', '8'); expected one of them"),
        (["--seeds", "8", "--time", "6s"], "seeds, time=('8', '6s'); expected one of them"),
    ],
)
def test_what_would_choose_other_seeds_is_not_ignored(timed, capsys, options, told):
    assert timed.nnspec("verify", *options) == 2
    assert told in capsys.readouterr().err
    assert timed.trainings == []


def test_the_budget_of_a_configuration_file_gives_way_to_seeds(timed, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "--nnspec-budget=quick")
    timed.nnspec("verify", "clear", "--seeds", "64", "--results", "found.json")
    assert timed.read("found.json")["clear"]["seeds"] == 64


def test_figures_of_notebooks_share_no_time(timed, capfd):
    result = timed.pytest("--nnspec-notebooks", "--nnspec-time=10s")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*time='10s'; expected a budget or seeds beside --nnspec-notebooks*"])
