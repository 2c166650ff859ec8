"""What a run does not reach is told: items not run, files skipped, what nobody asked for."""

from __future__ import annotations

import pytest

from spec.implementation.runs_within_runs import ADDOPTS

TWO = """
test_x = declare('first', ALWAYS)
test_y = declare('second', ALWAYS{0})
test_z = declare('third', ALWAYS)
"""
STOPS = "def stops(runs):\n    'Stops.'\n    {0}\n" + TWO.format(", stops")


@pytest.fixture
def here(project, monkeypatch):
    monkeypatch.chdir(project.path)
    return project


@pytest.fixture
def told(here, capsys):
    """Return a function that runs nnspec and returns its exit code and all that it said."""

    def run(*arguments: str) -> tuple[int, str]:
        code = here.nnspec(*arguments)
        return code, "".join(capsys.readouterr())

    return run


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


SKIPS = {
    "importorskip": ("pytest.importorskip('nosuch')", "could not import 'nosuch'"),
    "skip": ("pytest.skip('not today', allow_module_level=True)", "not today"),
    "unittest": ("import unittest\nraise unittest.SkipTest('never')", "never"),
}


@pytest.mark.parametrize("kind", SKIPS)
@pytest.mark.parametrize("command", ["verify", "claims"])
def test_a_file_that_is_skipped_as_a_whole_is_named_with_its_reason(here, told, kind, command):
    code, reason = SKIPS[kind]
    here.declare(f"{code}\n" + TWO.format(""), name="test_a.py")
    here.declare("test_b = declare('last', ALWAYS)\n", name="test_b.py")
    code, text = told(command)
    assert code == 0
    assert f"1 file skipped: spec/test_a.py: {reason}" in text


def test_the_list_as_json_stays_one(here, capsys):
    here.declare("pytest.skip('not today', allow_module_level=True)\n", name="test_a.py")
    assert here.nnspec("claims", "--json") == 0
    out, err = capsys.readouterr()
    assert out == "[]\n"
    assert "1 file skipped: spec/test_a.py: not today" in err


DROPS = """
def pytest_collection_modifyitems(items):
    items[:] = [one for one in items if one.name == 'first']
"""


@pytest.mark.parametrize("addopts", ["-k first", "", "--deselect spec/test_a.py::second"])
def test_what_the_configuration_of_pytest_takes_away_is_told(here, told, addopts):
    here.pytester.makeini(f"[pytest]\naddopts = {ADDOPTS} {addopts}")
    if not addopts:
        (here.path / "conftest.py").write_text(DROPS)
    here.declare("test_x = declare('first', ALWAYS)\ntest_y = declare('second', ALWAYS)\n", name="test_a.py")
    for command in ("verify", "claims"):
        code, text = told(command)
        assert code == 0
        assert "1 not asked for: second" in text


@pytest.mark.parametrize("ignored", ["test_b.py", "more", "more/test_c.py"])
def test_files_of_claims_that_the_configuration_ignores_are_told(here, told, ignored):
    here.declare("test_x = declare('first', ALWAYS)\n", name="test_a.py")
    name = ignored if ignored.endswith(".py") else "more/test_c.py"
    (here.path / "spec" / "more").mkdir()
    here.declare(f"test_y = {DIRECT}\n", name=name)
    (here.path / "conftest.py").write_text(f"collect_ignore = ['spec/{ignored}']\n")
    for command in ("verify", "claims"):
        code, text = told(command)
        assert code == 0, text
        assert f"1 file not asked for: spec/{name}" in text


DIRECT = (
    "claim('second', source=DOC.at('One'), recipe=ALWAYS, counterfactual=NEVER, share=0.9, because='so')"
    "(lambda runs: runs.accuracy > 0)"
)


@pytest.mark.parametrize("option", ["--collect-only", "--setup-plan", "--markers", "--setup-only"])
def test_options_in_the_configuration_by_which_nothing_is_verified_are_no_success(here, told, option):
    here.pytester.makeini(f"[pytest]\naddopts = {ADDOPTS} {option}")
    here.declare(TWO.format(""))
    code, text = told("verify")
    assert code in (1, 2)
    assert ("not run" in text) or ("addopts" in text)


def test_a_helper_outside_of_the_folders_that_are_collected_is_refused(here, told):
    here.declare(
        "@fact('n', source=DOC.at('One'))\ndef n():\n    'Plain.'\n", folder="lib", name="helper_of_lib.py"
    )
    here.declare("import sys\nsys.path.insert(0, 'lib')\nfrom helper_of_lib import n\n" + TWO.format(""))
    code, text = told("verify")
    assert code == 2
    assert "place of fact 'n'='lib/helper_of_lib.py:" in text


def test_a_test_file_whose_claims_come_from_modules_of_modules_is_collected(here, monkeypatch):
    monkeypatch.syspath_prepend(str(here.path / "lib"))
    here.declare("def build(id):\n    return declare(id, ALWAYS)\n", folder="lib", name="deepest_words.py")
    (here.path / "lib" / "deep_between.py").write_text("from deepest_words import build\n")
    (here.path / "spec").mkdir()
    (here.path / "spec" / "test_short.py").write_text(
        "from deep_between import build\ntest_x = build('first')\n"
    )
    result = here.pytest("--collect-only", "-q", "--nnspec-only", "spec")
    assert "spec/test_short.py::first" in result.stdout.str()


@pytest.mark.parametrize(
    "imports", ["import math, numpy.linalg\nfrom os import path\nfrom scipy import stats", ""]
)
def test_a_test_file_that_imports_plain_libraries_alone_is_not_imported(here, imports):
    here.declare("test_x = declare('first', ALWAYS)\n")
    (here.path / "spec" / "test_other.py").write_text(f"{imports}\nraise RuntimeError('imported')\n")
    assert here.pytest("--collect-only", "-q", "--nnspec-only", "spec").ret == 0


@pytest.mark.parametrize(
    "imports",
    [
        "import nosuch",
        "from . import near",
        "__import__('x')",
        "import importlib",
        "def broken(:",
        "import colorsys",
    ],
)
def test_a_test_file_that_may_declare_by_what_it_imports_is_imported(here, imports):
    (here.path / "spec").mkdir()
    (here.path / "spec" / "colorsys.py").write_text("")  # in front of Python's own
    (here.path / "spec" / "test_other.py").write_text(f"{imports}\nraise RuntimeError('imported')\n")
    assert here.pytest("--collect-only", "-q", "--nnspec-only", "spec").ret == pytest.ExitCode.INTERRUPTED


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
