"""Commands that somebody stops: what they say, what they have kept, and how they end."""

from __future__ import annotations

import pytest

from nnspec.commands.exit_codes import INTERRUPTED


def test_an_interrupted_run_keeps_what_was_finished_and_says_how_to_go_on(project, capsys):
    project.declare(
        "def stop(runs):\n    'Stops.'\n    raise KeyboardInterrupt\n"
        "test_x = declare('first', ALWAYS)\ntest_y = declare('second', ALWAYS, stop)"
    )
    assert project.nnspec("verify") == 130
    assert "interrupted; run the same command again to go on" in capsys.readouterr().out
    assert list(project.read("nnspec-results.json")) == ["first"]


def test_a_run_with_a_time_that_is_stopped_tells_what_is_judged_by_then(project, capsys):
    project.declare(
        "def stop(runs):\n    'Stops.'\n    raise KeyboardInterrupt\n"
        "test_x = declare('stops', recipe(0.9, 20), stop)\ntest_y = declare('cheap', ALWAYS, share=0.5)\n"
        "test_z = declare('as-dear', recipe(0.8, 30))\n"
        "@fact('told', source=DOC.at('Two'))\ndef test_fact():\n    'Is told.'"
    )
    assert project.nnspec("verify", "--time", "30s") == 130
    said = capsys.readouterr().out
    assert "2 not run: as-dear, told (interrupted)" in said
    assert "interrupted; run the same command again to go on" in said
    found = project.read("nnspec-results.json")
    assert {name: one["verdict"] for name, one in found.items()} == {"stops": "skipped", "cheap": "holds"}
    assert found["stops"]["message"].startswith("the run was stopped before it: its first ")
    assert (project.path / "nnspec-report.html").is_file()


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        (["repair", "half"], "; run the same command again to go on: what was trained is kept"),
        (["flakiness", "--blocks", "2"], "; run the same command again to go on: what was trained is kept"),
        (["calibrate"], ""),
    ],
)
def test_a_command_that_is_stopped_says_so_and_what_it_has_kept(
    project, capsys, monkeypatch, command, remedy
):
    project.declare('test_half = declare("half", HALF, verdict="refuted")')
    monkeypatch.chdir(project.path)

    def stop(*_, **__):
        raise KeyboardInterrupt

    for work in ("repair.search.repair", "flakiness.reruns.rerun", "calibration.record.measure"):
        monkeypatch.setattr(f"nnspec.studies.{work}", stop)
    assert project.nnspec(*command) == INTERRUPTED
    assert capsys.readouterr().err == f"nnspec: interrupted{remedy}\n"
