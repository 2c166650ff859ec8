"""A folder with results in `keep.json`, in which a command is refused before it has done anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nnspec.commands.main import main
from spec.implementation.report.report_samples import claim, complete, results


def kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder, write results there, and return their file."""
    monkeypatch.chdir(folder)
    path = folder / "keep.json"
    path.write_text(json.dumps(results(complete(claim()))), encoding="utf-8")
    return path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must be refused in one line before it has done anything, and return the line."""
    files = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == files
    return said.err
