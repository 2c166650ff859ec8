"""A project that one stands in, and what nnspec says there."""

from __future__ import annotations

import pytest


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
