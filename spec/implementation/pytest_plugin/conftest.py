"""A project that one stands in, and what nnspec says there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.training import train
from spec.implementation.pytest_plugin.failing_code import OWN


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


@pytest.fixture
def lines_told(project, capsys, monkeypatch):
    """Return a function from a declaration to what `nnspec verify` prints below its table."""
    monkeypatch.chdir(project.path)

    def run(declaration: str, *options: str) -> list[str]:
        # training is made up, the outcomes of experiments are their own
        monkeypatch.setattr(
            "nnspec.pytest_plugin.state.Workers.train",
            lambda self, recipe, seeds, engine, progress, meanwhile: (
                train(recipe, seeds) if type(recipe).__name__ == "Perceptron" else made_up(recipe, seeds)
            ),
        )
        project.declare(f"{OWN}\ntest_one = {declaration}\n")
        assert project.nnspec("verify", *options) == 1
        return capsys.readouterr().out.splitlines()

    from nnspec.pytest_plugin.state import Workers

    original = Workers.train

    def made_up(recipe, seeds):
        return original(Workers(), recipe, seeds, "stacked", lambda done: None)

    return run


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a store of its own."""
    monkeypatch.setenv("NNSPEC_STORE", str(tmp_path / "store"))
    # a file that is written twice within a second is compiled once otherwise
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    return tmp_path / "store"
