"""What only shows, compares or reports is instant: it imports no engine, and help imports next to nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spec.folders import ROOT
from spec.implementation.report.report_samples import claim, complete, fact, results
from spec.implementation.results import drift_samples
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

ENGINES = {"tensorflow", "keras", "jax", "torch"}
DRAWING = {"pytest", "sklearn", "matplotlib"}
OUTCOME = """
import sys
from nnspec.commands.main import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print('heavy:', sorted({heavy} & set(sys.modules)), code)
"""
RUN = drift_samples.results(drift_samples.judged("a", drift_samples.normal(0)), drift_samples.fact("b"))
FILES: dict[str, Any] = {
    "found.json": results(*(complete(claim(id=f"claim-{n}")) for n in range(133)), complete(fact())),
    "run.json": RUN,
    "made.ipynb": {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []},
    "speed.json": saved(benchmark("test_a")),
}
CASES: list[tuple[str, set[str], int]] = [
    ("", ENGINES | DRAWING | {"rich"}, 2),
    ("--help", ENGINES | DRAWING | {"rich"}, 0),
    ("verify --help", ENGINES | DRAWING | {"rich"}, 0),
    ("compare --help", ENGINES | DRAWING | {"scipy"}, 0),
    ("compare speed.json speed.json", ENGINES | DRAWING, 0),
    ("compare run.json run.json", ENGINES | DRAWING, 0),
    ("show claim-2 --results found.json", ENGINES | {"matplotlib"}, 0),
    ("report found.json -o page.html", ENGINES, 0),
    ("report found.json --baseline found.json -o page.html", ENGINES, 0),
    ("notebook --help", ENGINES | DRAWING | {"rich", "scipy", "nbformat"}, 0),
    ("notebook made.ipynb --static", ENGINES | DRAWING | {"scipy"}, 0),
    ("data", ENGINES | DRAWING | {"scipy", "urllib.request"}, 0),
    ("data --help", ENGINES | DRAWING | {"scipy", "urllib.request"}, 0),
    ("data fetch --help", ENGINES | DRAWING | {"scipy", "urllib.request"}, 0),
]


def python(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)  # noqa: S603


@pytest.mark.parametrize(("arguments", "heavy", "code"), CASES)
def test_a_command_imports_nothing_that_it_does_not_need(
    tmp_path: Path, arguments: str, heavy: set[str], code: int
) -> None:
    for name, document in FILES.items():
        (tmp_path / name).write_text(json.dumps(document))
    done = python(OUTCOME.format(heavy=heavy), tmp_path, *arguments.split())
    assert f"heavy: [] {code}" in done.stdout, done.stderr
    if "help" in arguments or not arguments:
        said = done.stdout + done.stderr
        assert "usage: nnspec" in said
        assert all(word in said for word in WORDS.get(arguments, []))


WORDS = {"": ["claims"], "--help": ["claims"], "verify --help": ["--budget", "--seeds"]}
IMPORTED = {
    "import nnspec, nnspec.pytest_plugin": {"tensorflow", "keras", "sklearn", "matplotlib"},
    "import nnspec.report": {"jinja2", "tensorflow", "matplotlib"},
    "import nnspec.plots, nnspec.textbook.metrics, nnspec.textbook.learning_rate": {
        *("matplotlib", "scipy", "sklearn", "tensorflow")
    },
    "import nnspec.plots; nnspec.plots.activation_curves()": {"matplotlib.pyplot", "tensorflow"},
}


@pytest.mark.parametrize("imports", IMPORTED)
def test_a_room_imports_nothing_that_only_others_need(tmp_path: Path, imports: str) -> None:
    done = python(f"{imports}; import sys; print({IMPORTED[imports]} & set(sys.modules))", tmp_path)
    assert done.stdout == "set()\n", done.stderr
