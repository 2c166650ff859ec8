"""How far a run of pytest is: lines now and then, with one process or several, and how to go on."""

from __future__ import annotations

import re
import sys

import pytest

from nnspec.pytest_plugin import progress

STOPPED = '''
def stop(runs):
    """Stops."""
    raise KeyboardInterrupt

test_stop = declare("stop", HALF, stop)
'''


@pytest.fixture
def talkative(all_kinds, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    return all_kinds


def lines(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if line.startswith("nnspec: ")]


def test_lines_say_how_far_a_run_is_what_is_running_and_when_it_will_be_done(talkative):
    told = lines(talkative.pytest())
    assert told[0].startswith("nnspec: 0 of 5 done, about ")
    assert told[0].endswith(" left; running holds-1")
    assert told[-1] == "nnspec: 5 of 5 done"


def test_lines_are_not_captured_and_the_results_stand_beside_them(talkative):
    result = talkative.pytest("-v", "-k", "holds-1")
    result.assert_outcomes(passed=2, deselected=3)
    assert lines(result)[-1] == "nnspec: 2 of 2 done"
    assert [line for line in result.outlines if "PASSED" in line]


def test_lines_come_every_now_and_then_only(all_kinds):
    assert lines(all_kinds.pytest()) == []
    assert progress.EVERY == 30.0


@pytest.mark.parametrize("arguments", [["-q"], ["--collect-only"], ["-k", "nothing at all"]])
def test_nobody_is_told_who_wants_quiet_or_runs_nothing(talkative, arguments):
    assert lines(talkative.pytest(*arguments)) == []


def test_tests_without_a_claim_have_pytest_s_own_progress_only(project, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    project.pytester.makepyfile("def test_one(): pass\ndef test_two(): pass")
    assert lines(project.pytest()) == []


def test_the_main_process_of_xdist_tells_it_of_all_its_workers(all_kinds):
    all_kinds.stand_in_for_workers()
    with (all_kinds.path / "conftest.py").open("a") as file:
        file.write("import nnspec.pytest_plugin.progress\nnnspec.pytest_plugin.progress.EVERY = 0.0\n")
    result = all_kinds.pytester.runpytest_subprocess(
        "-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-n", "2"
    )
    result.assert_outcomes(passed=5)
    told = lines(result)
    assert [line.partition(",")[0].partition(";")[0] for line in told] == [
        f"nnspec: {done} of 5 done" for done in range(1, 6)
    ]
    assert any("; running " in line for line in told)


def test_the_display_of_nnspec_verify_takes_their_place(talkative, monkeypatch, capsys):
    monkeypatch.chdir(talkative.path)
    assert talkative.nnspec("verify") == 0
    assert "of 5 done" not in capsys.readouterr().out


def test_a_run_that_is_stopped_says_how_to_go_on(all_kinds):
    all_kinds.declare(STOPPED)
    all_kinds.stand_in_for_workers()
    result = all_kinds.pytester.runpytest_subprocess("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert sorted(lines(result)) == [
        "nnspec: 1 not run: stop (interrupted)",
        "nnspec: interrupted; run the same command again to go on: what was trained is kept",
    ]


def test_what_trains_is_ended_before_pytest_tells_what_was_stopped(all_kinds):
    all_kinds.declare(STOPPED)
    all_kinds.stand_in_for_workers()
    with (all_kinds.path / "conftest.py").open("a") as file:
        file.write(
            "ended = []\nStandInWorkers.close = lambda self: ended.append('ended')\n"
            "def pytest_keyboard_interrupt():\n    Path('ended.txt').write_text(' '.join(ended))\n"
        )
    all_kinds.pytester.runpytest_subprocess("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider")
    assert (all_kinds.path / "ended.txt").read_text() == "ended"


def test_who_stops_tests_without_a_claim_is_told_nothing_of_training(project):
    project.pytester.makepyfile("def test_one(): pass\ndef test_two(): raise KeyboardInterrupt")
    result = project.pytester.runpytest_subprocess("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert lines(result) == []


def test_a_test_that_ends_its_process_is_done_too(all_kinds):
    all_kinds.declare("import os\ndef test_crash():\n    os._exit(3)")
    all_kinds.stand_in_for_workers()
    with (all_kinds.path / "conftest.py").open("a") as file:
        file.write("import nnspec.pytest_plugin.progress\nnnspec.pytest_plugin.progress.EVERY = 0.0\n")
    result = all_kinds.pytester.runpytest_subprocess(
        "-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-n", "1"
    )
    # the process that takes its place collects again what has been run
    result.assert_outcomes(passed=5, failed=1)
    assert "not run" not in result.stdout.str()
    assert lines(result)[-1].startswith("nnspec: 6 of 6 done")
    assert "running test_crash" not in lines(result)[-1]


def test_the_display_tells_the_time_left_under_xdist_too(all_kinds, monkeypatch):
    all_kinds.stand_in_for_workers()
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 2")
    result = all_kinds.pytester.run(sys.executable, "-m", "nnspec", "verify")
    assert result.ret == 0
    assert [line.split()[0] for line in result.outlines if re.match(r" +\d/5 ", line)] == [
        f"{done}/5" for done in range(1, 6)
    ]
    assert any(re.search(r"about \d+ s left", line) for line in result.outlines)


@pytest.mark.parametrize(
    "claim",
    [
        'declare("wrong", ALWAYS.with_epochs(10**400))',
        'declare("wrong", ALWAYS.with_(data=Circles(n_samples=10**400)))',
        'declare("wrong", ALWAYS.with_(data=Own()))',
    ],
)
def test_what_cannot_be_estimated_ends_no_run(all_kinds, claim):
    all_kinds.declare(
        "from dataclasses import dataclass\nfrom nnspec.data import Dataset\n\n"
        "@dataclass(frozen=True)\nclass Own(Dataset):\n    expected_shape: str = 'round'\n\n"
        f"test_wrong = {claim}"
    )
    result = all_kinds.pytest()
    result.assert_outcomes(passed=5, failed=1)
    assert "INTERNALERROR" not in result.stdout.str()
