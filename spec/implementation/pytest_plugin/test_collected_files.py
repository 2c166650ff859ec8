"""Which files are collected: those that declare claims, whatever they are called, and not those that help."""

from __future__ import annotations

import pytest

from spec.implementation.pytest_plugin.declared_samples import claims, names


@pytest.mark.parametrize("name", ["circles.py", "circles_claims.py", "__init__.py"])
@pytest.mark.parametrize(
    "imports", ["from nnspec import claim", "import nnspec\nclaim = nnspec.claim", "from nnspec import *"]
)
def test_a_file_of_claims_is_collected_whatever_its_name_is(project, name, imports):
    source = claims("elsewhere", "separated")
    if "claim =" in imports:
        source = source.replace("@claim", "@nnspec.claim")
    # Python remembers packages, so every one has a name of its own
    folder = f"documents_{name.strip('_')[:-3]}{len(imports)}"
    project.declare(f"{imports.partition('claim =')[0]}\n{source}", folder, name)
    project.declare(claims("here", "test_one"), folder)
    for arguments in ([folder], []):
        assert set(names(project.pytest("--collect-only", "-q", *arguments))) == {"elsewhere", "here"}
    assert names(project.pytest("--collect-only", "-q", f"{folder}/{name}")) == ["elsewhere"]


def test_a_file_that_only_helps_to_declare_is_not_collected(project):
    project.declare("raise RuntimeError('imported')\n", name="helpers.py")
    project.declare(claims("here", "test_one"))
    assert names(project.pytest("--collect-only", "-q", "spec")) == ["here"]


def test_a_file_of_claims_that_cannot_be_read_is_an_error(project):
    project.declare(claims("broken", "one") + "def\n", name="circles.py")
    result = project.pytest("-q", "spec")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "circles.py" in result.stdout.str()


HELPER = "from nnspec import *\n" + "def made():\n    return declare('first', ALWAYS)\n"


@pytest.fixture
def importing(project, monkeypatch):
    """Return a project whose files may import one another."""
    monkeypatch.syspath_prepend(str(project.path / "spec"))
    return project


def test_a_helper_may_declare_for_a_test_file(importing):
    importing.declare(HELPER, name="helper.py")
    importing.declare("from helper import made\ntest_one = made()\n")
    assert names(importing.pytest("--collect-only", "-q", "spec")) == ["first"]


def test_what_a_helper_declares_for_itself_is_named(importing):
    # by a function, so that its text does not say that it is a file of claims
    importing.declare("test_one = declare('first', ALWAYS)\n", name="helper.py")
    importing.declare("from helper import test_one\n" + claims("second", "test_two"))
    result = importing.pytest("-q", "spec")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "place of claim 'first'='spec/helper.py:" in result.stderr.str()


def test_what_conftest_declares_is_named(project):
    project.declare("test_one = declare('first', ALWAYS)\n", "documents", "conftest.py")
    project.declare(claims("second", "test_two"), "documents")
    for arguments in (["documents"], ["documents/test_declared_2.py"], ["--nnspec-id=second"]):
        result = project.pytest("-q", *arguments)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "place of claim 'first'='documents/conftest.py:" in result.stderr.str()


def test_a_claim_that_another_file_imports_runs_once_and_is_not_missed_where_its_file_is_not_asked_for(
    importing,
):
    importing.declare(claims("first", "test_one"), name="test_first.py")
    importing.declare(
        "from test_first import test_one\n" + claims("second", "test_two"), name="test_second.py"
    )
    assert names(importing.pytest("--collect-only", "-q", "spec")) == ["first", "second"]
    assert names(importing.pytest("--collect-only", "-q", "spec/test_second.py")) == ["second"]


def test_claims_that_only_a_helper_declares_are_found_where_only_claims_are_wanted(importing):
    importing.declare(HELPER, name="helper.py")
    (importing.path / "spec" / "test_short.py").write_text("from helper import made\ntest_one = made()\n")
    (importing.path / "spec" / "test_other.py").write_text("raise RuntimeError('imported')\n")
    assert names(importing.pytest("--collect-only", "-q", "--nnspec-only", "spec")) == ["first"]
