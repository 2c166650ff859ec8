"""Commands whose output nobody reads, that is closed, on a full disk, or that takes few letters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.streams import NOT_TOLD, READER_GONE
from spec.folders import ROOT
from spec.implementation.report.report_samples import claim, complete, results

COMMANDS = {
    "help": ["--help"],
    "version": ["--version"],
    "show": ["show", "tfc-relu-sigmoid", "--results=run.json"],
    "report": ["report", "run.json", "-o=page.html"],
    "compare": ["compare", "run.json", "run.json", "--html=drift.html"],
    "rebaseline": ["rebaseline", "--all", "--create", "--because=x", "--results=run.json"],
    "data": ["data"],
    "store": ["store", "prune"],
    "calibrate": ["calibrate", "--repetitions=20", "--output=calibration.json"],
    "claims": ["claims"],
}
FILES = {"report": "page.html", "compare": "drift.html", "rebaseline": "baselines/claims/doc.json"}
FULL = "nnspec: the standard output cannot be written: No space left on device\n"


@pytest.fixture
def folder(project: Any) -> Path:
    """Return a folder with results, and with two claims of which one is not as recorded."""
    project.declare("test_a = declare('first', ALWAYS)\ntest_b = declare('second', HALF, verdict='holds')")
    project.stand_in_for_workers()
    document = results(complete(claim(id="tfc-relu-sigmoid", document="doc")))
    (project.path / "run.json").write_text(json.dumps(document), encoding="utf-8")
    path: Path = project.path
    return path


def run(folder: Path, arguments: list[str], redirection: str = "", **more: str) -> tuple[int, str, str]:
    """Run a module of Python in a shell and return its exit code and what it wrote to both streams."""
    reader, gone = os.pipe()
    os.close(reader)
    shell = f'"$@" {redirection}'.replace("GONE", str(gone))
    done = subprocess.run(  # noqa: S603
        ["/bin/bash", "-c", shell, "bash", sys.executable, "-m", *arguments],
        capture_output=True,
        cwd=folder,
        pass_fds=[gone],
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
    )
    os.close(gone)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_has_gone_ends_a_command_quietly(folder: Path, name: str) -> None:
    assert run(folder, ["nnspec", *COMMANDS[name]], ">&GONE") == (READER_GONE, "", "")
    assert name not in FILES or (folder / FILES[name]).exists()


@pytest.mark.parametrize("name", ["help", "show", "compare"])
def test_a_full_disk_is_told_and_has_a_code_of_its_own(folder: Path, name: str) -> None:
    assert run(folder, ["nnspec", *COMMANDS[name]], ">/dev/full") == (NOT_TOLD, "", FULL)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_ascii(folder: Path, name: str) -> None:
    code, said, error = run(folder, ["nnspec", *COMMANDS[name]], PYTHONIOENCODING="ascii")
    assert (code, error) in ((0, ""), (1, ""))
    assert said.isascii()
    assert said


@pytest.mark.parametrize(
    ("redirection", "code", "error"),
    [
        (">&GONE", READER_GONE, ""),
        (">/dev/full", NOT_TOLD, FULL),
        (">&-", 1, ""),
        ("2>&-", 1, ""),
        ("2>/dev/full", 1, ""),
        ("<&- >&- 2>&-", 1, ""),
        ("| cat; exit ${PIPESTATUS[0]}", 1, ""),
    ],
)
def test_results_are_written_whatever_becomes_of_the_output(
    folder: Path, redirection: str, code: int, error: str
) -> None:
    found = run(folder, ["nnspec", "verify", "--report="], redirection, PYTHONIOENCODING="cp1252:strict")
    assert (found[0], found[2]) == (code, error)
    assert len(json.loads((folder / "nnspec-results.json").read_text())["claims"]) == 2


@pytest.mark.parametrize(
    ("redirection", "code"), [("", 1), (">&GONE", READER_GONE), (">/dev/full", NOT_TOLD)]
)
def test_the_plugin_writes_results_whatever_becomes_of_the_output(
    folder: Path, redirection: str, code: int
) -> None:
    plugin = ["-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
    options = ["--nnspec-results=found.json", "--nnspec-budget=quick"]
    environment = {"PYTHONIOENCODING": "ascii", "GITHUB_ACTIONS": "1"}
    found = run(folder, ["pytest", *plugin, *options], redirection, **environment)
    assert found[0] == code
    assert "Traceback" not in found[1] + found[2]
    assert (found[1] + found[2]).isascii()
    if not redirection:
        assert "::error file=" in found[1]
        assert ">= 90 %" in found[1] or "at least 90 %" in found[1]
    assert len(json.loads((folder / "found.json").read_text())["claims"]) == 2
