"""What nobody asks for is told: files that are skipped, what the configuration takes away or ignores."""

from __future__ import annotations

import pytest

from spec.implementation.runs_within_runs import ADDOPTS

TWO = """
test_x = declare('first', ALWAYS)
test_y = declare('second', ALWAYS{0})
test_z = declare('third', ALWAYS)
"""


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
