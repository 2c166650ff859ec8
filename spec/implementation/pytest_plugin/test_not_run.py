"""What a run does not reach is told: items after the end of a run, and why it ended."""

from __future__ import annotations

import pytest

from spec.implementation.runs_within_runs import ADDOPTS

TWO = """
test_x = declare('first', ALWAYS)
test_y = declare('second', ALWAYS{0})
test_z = declare('third', ALWAYS)
"""
STOPS = "def stops(runs):\n    'Stops.'\n    {0}\n" + TWO.format(", stops")


@pytest.mark.parametrize(
    "stop",
    [
        "pytest.exit('stop here', returncode=0)",
        "pytest.exit('stop here')",
        "pytest.exit('stop here', returncode=5)",
    ],
)
def test_a_claim_that_ends_pytest_leaves_claims_that_are_named(here, told, stop):
    here.declare(STOPS.format(stop))
    code, text = told("verify")
    assert code == 1
    assert "2 not run: second, third (stop here)" in text
    assert "all as recorded" not in text
    assert list(here.read("nnspec-results.json")) == ["first"]
    result = here.pytest("-q")
    assert result.ret != 0
    assert "nnspec: 2 not run: second, third (stop here)" in result.stdout.str()


def test_a_file_that_ends_pytest_while_it_is_imported_is_no_success(here, told):
    here.declare("pytest.exit('stop here', returncode=0)\n")
    code, text = told("verify")
    assert code != 0
    assert "stop here" in text


@pytest.mark.parametrize("option", ["-x", "--maxfail=1"])
def test_a_run_that_ends_at_the_first_failure_names_what_is_left(here, told, option):
    here.configure(addopts="")
    here.pytester.makeini(f"[pytest]\naddopts = {ADDOPTS} {option}")
    here.declare(STOPS.format("return runs.accuracy > 1"))
    code, text = told("verify")
    assert code == 1
    assert "1 not run: third (stopping after 1 failures)" in text


def test_who_interrupts_a_run_is_told_what_was_not_run(here, told):
    here.declare(STOPS.format("raise KeyboardInterrupt"))
    code, text = told("verify")
    assert code == 130
    assert "2 not run: second, third (interrupted)" in text


def test_another_loop_of_tests_that_runs_none_is_no_success(here, told):
    (here.path / "conftest.py").write_text("def pytest_runtestloop(session):\n    return True\n")
    here.declare(TWO.format(""))
    assert here.pytest("-q").ret == 1
    code, text = told("verify")
    assert code == 1
    assert "3 not run: first, second, third" in text


def test_many_that_were_not_run_are_counted(here, told):
    here.declare(
        STOPS.format("pytest.exit('so')")
        + "".join(f"test_{n} = declare('more-{n}', ALWAYS)\n" for n in range(9))
    )
    assert "11 not run: second, third, more-0, more-1, more-2 and 6 more (so)" in told("verify")[1]


def test_processes_of_xdist_leave_nothing_without_a_word(here):
    here.stand_in_for_workers()
    here.declare(STOPS.format("return runs.accuracy > 1") + "def test_plain(): pass\n")
    run = here.pytester.runpytest_subprocess
    result = run(
        *("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-n", "1", "-x", "--nnspec-only", "spec")
    )
    assert result.ret != 0
    assert "nnspec: 1 not run: third (stopping after 1 failures)" in result.stdout.str()


def test_a_run_in_which_all_was_run_says_nothing(here, told):
    here.declare(TWO.format(""))
    code, text = told("verify")
    assert code == 0
    assert "all as recorded" in text
    assert "not run" not in text + here.pytest().stdout.str()
    assert "not asked for" not in text


UNSPEAKABLE = "class Unspeakable(Exception):\n    def __str__(self):\n        raise ValueError('no')\n"


@pytest.mark.parametrize("cause", ["", " from Unspeakable()"])
def test_an_exception_whose_text_cannot_be_made_is_that_of_its_claim(here, told, cause):
    here.declare(UNSPEAKABLE + STOPS.format("raise Unspeakable()" + cause))
    here.declare(
        UNSPEAKABLE
        + "@fact('plain', source=DOC.at('Two'))\ndef test_f():\n    'Says.'\n    raise Unspeakable()\n"
    )
    code, text = told("verify")
    assert code == 1
    assert "INTERNALERROR" not in text
    assert "Unspeakable: its text cannot be made, ValueError in __str__" in text
    found = here.read("nnspec-results.json")
    assert {name: record["verdict"] for name, record in found.items()} == {
        "first": "holds",
        "second": "error",
        "third": "holds",
        "plain": "error",
    }


def test_such_an_exception_at_import_names_its_file(here, told):
    here.declare(UNSPEAKABLE + "raise Unspeakable()\n")
    code, text = told("verify")
    assert code == 2
    assert "Unspeakable: its text cannot be made" in text
    assert "spec/test_declared_1.py:" in text
