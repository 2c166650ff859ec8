"""A notebook is run once: what a cell does to the others, to its kernel and to what was captured before."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.cells import Cell, Notebook
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.limits import Limits
from nnspec.notebook.running.run import run_notebook

ENDLESS = "import time\nwhile True: time.sleep(0.05)"


DEAF = """
import time
while True:
    try:
        time.sleep(0.05)
    except KeyboardInterrupt:
        pass
"""


def notebook(tmp_path: Path, *sources: str, language: str = "python") -> Notebook:
    """Return a notebook of cells of code in a folder."""
    cells = tuple(Cell(number, "code", source) for number, source in enumerate(sources))
    return Notebook(str(tmp_path / "made.ipynb"), "notebook", cells, language)


def run(tmp_path: Path, *sources: str, **limits: Any) -> list[CellRun]:
    """Run these cells."""
    return list(run_notebook(notebook(tmp_path, *sources), tmp_path / "captured", Limits(**limits)))


def test_what_a_cell_does_wrong_is_told_in_a_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "beside.txt").write_text("here")
    runs = run(
        tmp_path,
        "kept = open('beside.txt').read()",
        "a = 1\nb = {}['acc']",
        "",
        "input('name?')",
        "above = [1]\nimport no_such_package\nfrom json import (\n    no_such_name,\n)\nabove += [2]",
        "%no_such_magic",
        ENDLESS,
        "print('x' * 5_000)",
        "assert kept == 'here' and __name__ == '__main__' and above == [1, 2]",
        cell_seconds=1.0,
        output=1000,
    )
    assert [one.outcome for one in runs] == ["ran", "failed", "ran", *["failed"] * 3, "stopped", "ran", "ran"]
    assert runs[1].sentence == (
        "[1] line 2 failed: KeyError: 'acc'; today: history['accuracy'], history['val_accuracy']"
    )
    assert runs[3].message == "it asks for input, and nobody is there to answer"
    assert runs[4].message.startswith(
        "the package no_such_package is not installed; ImportError: cannot import"
    )
    assert runs[4].message.endswith("; the rest was run without it")
    assert (runs[4].line, runs[4].error) == (2, "ModuleNotFoundError")
    assert "no_such_magic" in runs[5].message
    assert runs[6].message == "it took more than 1 s"
    assert runs[7].remarks == ("printed more than is kept",)


def test_after_a_kernel_that_dies_the_cells_below_are_not_run(tmp_path: Path) -> None:
    runs = run(tmp_path, "import os, signal", "os.kill(os.getpid(), signal.SIGKILL)", "1")
    assert [one.outcome for one in runs] == ["ran", "kernel died", "not run"]
    assert runs[2].message == "the kernel had died"


def test_a_cell_that_cannot_be_interrupted_ends_with_its_kernel(tmp_path: Path) -> None:
    runs = run(tmp_path, DEAF, "1", cell_seconds=0.5, grace=0.5)
    assert [one.outcome for one in runs] == ["kernel died", "not run"]
    assert runs[0].message == "it did not stop after 0.5 s, and had to be ended"


def test_the_time_of_all_cells_ends_the_run(tmp_path: Path) -> None:
    runs = run(tmp_path, ENDLESS, "1", seconds=1.0)
    assert [one.outcome for one in runs] == ["stopped", "not run"]
    assert runs[1].message == "the 1 s were over"


def test_a_script_runs_as_a_script_does(tmp_path: Path) -> None:
    path = tmp_path / "made.py"
    source = f"import sys\nassert sys.argv == [__file__] == [{str(path)!r}]\nassert __name__ == '__main__'"
    script = Notebook(str(path), "script", (Cell(0, "code", source),))
    assert [one.sentence for one in run_notebook(script, tmp_path / "captured")] == [""]


def test_a_notebook_of_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="expected a notebook of Python; it is one of julia"):
        run_notebook(notebook(tmp_path, "1", language="julia"), tmp_path)


def test_what_runs_kernels_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ipykernel", None)
    with pytest.raises(InvalidValue, match=r"expected ipykernel to be installed.*nnspec\[notebook\]"):
        run_notebook(notebook(tmp_path, "1"), tmp_path)


@pytest.mark.usefixtures("heeded_signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_stops_the_command_stops_the_kernel_with_it(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    script = tmp_path / "made.py"
    script.write_text(
        f"import os\nopen('begun.part', 'w').write(str(os.getpid()))\n"
        f"os.rename('begun.part', 'begun')\n{ENDLESS}"
    )
    command = [sys.executable, "-m", "nnspec", "notebook", str(script)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:  # noqa: S603  # our own
        until = time.monotonic() + 60
        while not (tmp_path / "begun").exists() and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(number)
        try:
            assert running.wait(30) == code
        finally:
            running.kill()
    kernel = int((tmp_path / "begun").read_text())
    assert not psutil.pid_exists(kernel) or psutil.Process(kernel).status() == psutil.STATUS_ZOMBIE
