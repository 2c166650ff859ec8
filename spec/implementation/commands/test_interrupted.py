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
