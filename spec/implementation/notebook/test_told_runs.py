"""What is run of a cell, and what is said of one that failed; no kernel is needed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from nnspec.commands.terminal import notebook_run_tables
from nnspec.notebook.captured import Captured
from nnspec.notebook.cells import Cell, Notebook
from nnspec.notebook.inside.told_error import told
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.limits import Limits
from nnspec.notebook.running.prepared import prepared, without_import
from nnspec.notebook.running.run import run_notebook
from nnspec.notebook.running.today import today_of


def notebook(tmp_path: Path, *sources: str, language: str = "python") -> Notebook:
    """Return a notebook of cells of code in a folder."""
    cells = tuple(Cell(number, "code", source) for number, source in enumerate(sources))
    return Notebook(str(tmp_path / "made.ipynb"), "notebook", cells, language)


def run(tmp_path: Path, *sources: str, **limits: Any) -> list[CellRun]:
    """Run these cells."""
    return list(run_notebook(notebook(tmp_path, *sources), tmp_path / "captured", Limits(**limits)))


@pytest.mark.parametrize(
    ("source", "ran", "remark"),
    [
        ("!pip install x\na = 1", "pass\na = 1", "installs nothing: !pip install x is left out"),
        ("if a:\n    %pip install x", "if a:\n    pass", "installs nothing: %pip install x is left out"),
        ("!pip install \\\n  x\na", "pass\n\na", "installs nothing: !pip install \\ is left out"),
        ("!python -m pip install x", "pass", "installs nothing: !python -m pip install x is left out"),
        (
            "!apt-get -y install graphviz",
            "pass",
            "installs nothing: !apt-get -y install graphviz is left out",
        ),
        ("%tensorflow_version 2.x", "pass", "has no such magic here: %tensorflow_version 2.x is left out"),
        ("%%bash\nrm x", "", "is no Python, but %%bash, and is not run"),
        ("files = !ls", "files = !ls", "runs a line of the shell: files = !ls"),
        ("!ls pip", "!ls pip", "runs a line of the shell: !ls pip"),
    ],
)
def test_installations_and_magics_of_other_machines_are_left_out(source: str, ran: str, remark: str) -> None:
    found = prepared(source)
    assert found.source == ran
    assert found.remarks == (remark,)


def test_a_cell_goes_on_after_an_import_that_fails_and_after_nothing_else() -> None:
    source = "import a\nfrom b import (\n    c,\n)\nd()\n%matplotlib inline\nif e:\n    import f"
    assert without_import(source, 1) == "#\n" + source.partition("\n")[2]
    assert without_import(source, 2) == "#\n#\n#\n#\nd()\n%matplotlib inline\nif e:\n    import f"
    for line in (5, 8, 99):
        assert without_import(source, line) is None


def test_other_cells_are_run_as_they_stand() -> None:
    for source in (
        "%matplotlib inline\na = 1",
        "%%time\nfit()",
        "a != b",
        "pip = 3\npip",
        "x = '''\npip install\n'''",
    ):
        assert prepared(source) == prepared(source).__class__(source)


@pytest.mark.parametrize(
    ("error", "code", "today"),
    [
        ("ValueError: Argument(s) not recognized: {'lr': 0.1}", "", "learning_rate=…"),
        ("AttributeError: 'Sequential' object has no attribute 'predict_classes'", "", "np.argmax"),
        ("ModuleNotFoundError: No module named 'keras.layers.core'", "", "keras.layers"),
        (
            "ValueError: Classification metrics can't handle a mix of binary and continuous targets",
            "",
            "labels",
        ),
        (
            "ImportError: You must install pydot (`pip install pydot`) for `plot_model` to work.",
            "",
            "model.summary",
        ),
        ("AttributeError: module 'numpy' has no attribute 'float'.", "np.float(3)", "float, int"),
        ("ValueError: The filename must end in `.weights.h5`.", "", "model.weights.h5"),
    ],
)
def test_calls_that_changed_are_told_with_those_of_today(error: str, code: str, today: str) -> None:
    assert today_of(error, code).startswith(today) or today in today_of(error, code)


def test_an_error_of_the_author_has_no_call_of_today() -> None:
    for error in (
        "NameError: name 'model' is not defined",
        "KeyError: 'b'",
        "ValueError: Input 0 is incompatible",
    ):
        assert today_of(error, "model.fit(x, y)") == ""


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "ValueError",
            "Exception encountered when calling Sequential.\n\n\x1b[1mInput 0 is incompatible\x1b[0m\n\nSo",
            "ValueError: Input 0 is incompatible",
        ),
        (
            "InvalidArgumentError",
            "Graph execution error:\n\nDetected at node X defined at (most recent call last):\n"
            "<stack traces unavailable>\nMatrix size-incompatible\n\t [[{{node X}}]] [Op:__inference]",
            "InvalidArgumentError: Matrix size-incompatible",
        ),
        ("KeyError", "'acc'", "KeyError: 'acc'"),
        ("KeyboardInterrupt", "", "KeyboardInterrupt"),
    ],
)
def test_an_error_is_told_by_the_line_that_says_something(name: str, text: str, line: str) -> None:
    assert told(name, text) == line


def test_cells_that_lack_a_name_or_were_not_run_are_told_together() -> None:
    runs = [
        CellRun(0, "failed", error="NameError", message="NameError: name 'a' is not defined", line=1),
        CellRun(1, "failed", error="KeyError", message="KeyError: 'b'", line=2),
        *(CellRun(n, "failed", error="NameError", message=f"NameError: name 'n{n}'") for n in (2, 3)),
        *(CellRun(n, "not run", message="the 1 s were over") for n in range(4, 25)),
    ]
    console = Console(record=True, width=160, file=io.StringIO())
    notebook_run_tables.show(runs, Captured(Path(), (), (), ()), (), console)
    said = console.export_text()
    assert "- [0] line 1 failed: NameError: name 'a' is not defined; so did [2], [3], for want" in said
    assert "- [4] was not run: the 1 s were over; nor were 20 other cells" in said
    assert "- [1] line 2 failed: KeyError: 'b'" in said
    assert "n2" not in said
