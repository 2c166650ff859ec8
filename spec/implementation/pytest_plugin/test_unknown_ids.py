"""An id that is in no file: unknown if all could be collected, else what could not be collected is told."""

from __future__ import annotations

import pytest

BROKEN = "from recipes_of_mine import MODEL\ntest_x = declare('mine', MODEL)\n"


@pytest.fixture
def broken(project):
    """Return a project in which a file of claims imports recipes that cannot be imported."""
    project.configure(pythonpath="spec")
    project.declare("test_y = declare('other', ALWAYS)\n", name="test_other.py")
    project.declare(BROKEN, name="test_mine.py")
    (project.path / "spec" / "recipes_of_mine.py").write_text("MODEL = no_such_name\n")
    return project


@pytest.mark.parametrize("asked", ["mine", "mine[part]", "misspelt", "other"])
def test_the_file_that_cannot_be_collected_is_told_and_no_unknown_id(broken, capsys, asked):
    assert broken.nnspec("verify", asked) == 2
    said = capsys.readouterr()
    assert "recipes_of_mine.py:1: MODEL = no_such_name" in said.err
    assert "NameError: name 'no_such_name' is not defined" in said.err
    assert "the id of a claim" not in said.err + said.out
    assert broken.trainings == []


def test_pytest_tells_the_file_too(broken):
    result = broken.pytest("-q", "--nnspec-id=mine")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*spec/test_mine.py*", "*NameError: name 'no_such_name' is not defined"])
    assert "the id of a claim" not in result.stdout.str() + result.stderr.str()


def test_processes_of_xdist_tell_the_file_too(broken):
    broken.stand_in_for_workers()
    plugin = ("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-q", "-n", "1")
    result = broken.pytester.runpytest_subprocess(*plugin, "--nnspec-id=mine", "spec")
    assert result.ret != 0
    told = result.stdout.str() + result.stderr.str()
    assert "name 'no_such_name' is not defined" in told
    assert "the id of a claim" not in told


def test_where_all_is_collected_the_id_is_unknown(broken, capsys):
    (broken.path / "spec" / "recipes_of_mine.py").write_text("MODEL = None\n")
    (broken.path / "spec" / "test_mine.py").unlink()
    assert broken.nnspec("verify", "mine") == 2
    assert "id='mine'; expected the id of a claim that was collected" in capsys.readouterr().err
