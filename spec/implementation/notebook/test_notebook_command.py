"""`nnspec notebook --static`: tables, JSON by its schema, exit codes, and wrong files in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import nbformat
import pytest

import nnspec
from nnspec.commands.main import main
from spec.implementation.bad_inputs.cases import nested, told
from spec.implementation.notebook.notebook_samples import code, result, stream, written
from spec.implementation.notebook.test_findings import BUILT, FIT, log

SCHEMA = Path(nnspec.__file__).parent / "notebook" / "notebook.schema.json"


def clean(path: Path) -> str:
    shown = "Test accuracy: 97.50%\n"
    fitted = code(FIT, log("0.5", "nan"), count=2)
    return written(
        path, code(BUILT, count=1), "Validation accuracy is 97.4%.", fitted, code("p()", shown, count=3)
    )


def test_everything_is_shown_and_written_as_the_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, found = clean(tmp_path / "made.ipynb"), tmp_path / "found.json"
    assert main(["notebook", file, "--static", "--json", str(found)]) == 0
    said = capsys.readouterr().out
    assert "model.fit" in said
    assert "fit, epoch 2 of 2" in said
    assert "97.50 %" in said
    assert "Findings: 0" in said
    document = json.loads(found.read_text(), parse_constant=pytest.fail)
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert [one["value"] for one in document["figures"]] == [0.5, None, 0.975]
    fields = schema["properties"]
    for name in ("calls", "logs", "figures", "candidates"):  # every field is described
        assert set(document[name][0]) == set(fields[name]["items"]["properties"])
    assert main(["notebook", file, "--static", "--json", str(found)]) == 0  # written over


def test_findings_give_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "made.ipynb", code("model.fit(x, y, epochs=7)", log("0.5", "0.4")))
    assert main(["notebook", file, "--static"]) == 1
    assert "stores a log of 2 epochs, and its code asks for 7" in capsys.readouterr().out


def test_stripped_outputs_and_scripts_are_said_to_hold_no_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "made.py"
    script.write_text(FIT)
    for file, why in {written(tmp_path / "a.ipynb", code(FIT)): "stripped", str(script): "a script"}.items():
        assert main(["notebook", file, "--static"]) == 0
        assert why in capsys.readouterr().out


def document(*cells: Any, **more: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": cells, **more})


CELL = {"cell_type": "code", "source": "", "outputs": [], "execution_count": None, "metadata": {}}
WRONG: dict[str, tuple[str, bytes | None, str, str]] = {
    "missing": ("a.ipynb", None, "file=", "a file that can be read"),
    "a missing script": ("a.py", None, "file=", "a file that can be read"),
    "another ending": ("a.txt", b"", "a.txt", "ends in .ipynb"),
    "empty": ("a.ipynb", b"", "file=", "JSON"),
    "cut off": ("a.ipynb", document(CELL)[:-9].encode(), "file=", "JSON"),
    "no notebook": ("a.ipynb", b"{}", "file=", "a Jupyter notebook"),
    "a list": ("a.ipynb", b"[1]", "file=", "a Jupyter notebook"),
    "of the future": ("a.ipynb", document(nbformat=9).encode(), "nbformat=9", "nbformat 2 to 4"),
    "true as version": ("a.ipynb", document(nbformat=True).encode(), "nbformat=True", "nbformat 2 to 4"),
    "no cells": ("a.ipynb", b'{"nbformat": 4}', "file=", "a Jupyter notebook; a field is missing"),
    "cells no list": ("a.ipynb", b'{"nbformat": 4, "cells": 3}', "file=", "a Jupyter notebook"),
    "a cell no cell": ("a.ipynb", document(7).encode(), "file=", "a Jupyter notebook"),
    "an unknown cell": (
        "a.ipynb",
        document({**CELL, "cell_type": "x"}).encode(),
        "file=",
        "unknown type 'x'",
    ),
    "a source no text": ("a.ipynb", document({**CELL, "source": 3}).encode(), "file=", "a text is expected"),
    "a count no number": (
        "a.ipynb",
        document({**CELL, "execution_count": "3"}).encode(),
        "file=",
        "execution count '3'",
    ),
    "an output no output": ("a.ipynb", document({**CELL, "outputs": [3]}).encode(), "file=", "a Jupyter"),
    "outputs null": ("a.ipynb", document({**CELL, "outputs": None}).encode(), "file=", "a Jupyter"),
    "old and broken": ("a.ipynb", document(nbformat=3).encode(), "file=", "a Jupyter notebook"),
    "nested deeply": ("a.ipynb", b"[" * 100_000 + b"]" * 100_000, "file=", "nested too deeply"),
    "cells nested": ("a.ipynb", document(nested(400)).encode(), "file=", "a Jupyter notebook"),
    "a script not in UTF-8": ("a.py", b"x = '\xff'", "file=", "UTF-8"),
    "a script of null bytes": ("a.py", b"x\0", "file=", "a script in Python"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_files_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    name, content, received, expected = WRONG[wrong]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["notebook", str(tmp_path / name), "--static"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    told(said.err.removeprefix("nnspec: ").rstrip("\n"), received, expected)


def test_with_static_nothing_is_run_and_otherwise_it_is_in_its_own_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "made.py"
    script.write_text("open('ran', 'w')")
    assert main(["notebook", str(script), "--static"]) == 0
    assert "nothing was run" in capsys.readouterr().out
    assert not (tmp_path / "ran").exists()
    assert main(["notebook", str(script)]) == 0
    assert "1 of 1 cells of code came to their end" in capsys.readouterr().out
    assert (tmp_path / "ran").exists()


def test_what_says_how_much_is_trained_is_checked_before_anything_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "made.py"
    script.write_text("open('ran', 'w')")
    for wrong, received in {
        ("--time", "soon"): "--time='soon'",
        ("--time", "0.5s"): "--time=",
        ("--run-limit", "1"): "--run-limit=",
        ("--budget", "huge"): "budget='huge'",
        ("--time", "9s", "--seeds", "4"): "seeds, time=('4', '9s')",
        ("--budget", "quick", "--seeds", "4"): "budget, seeds=('quick', '4')",
        ("--time", "9s", "--static"): "--time='9s'",
        ("--time", "9s", "--once"): "--time='9s'",
    }.items():
        assert main(["notebook", str(script), *wrong]) == 2
        told(capsys.readouterr().err.rstrip("\n"), received, "")
    assert not (tmp_path / "ran").exists()


def test_the_json_is_not_written_over_the_notebook_or_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = clean(tmp_path / "made.ipynb"), tmp_path / "other.json"
    other.write_text("{}")
    for path in (file, str(other)):
        before = Path(path).read_bytes()
        assert main(["notebook", file, "--static", "--json", path]) == 2
        told(capsys.readouterr().err.rstrip("\n"), "--json=", "")
        assert Path(path).read_bytes() == before


def test_notebooks_of_version_3_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = nbformat.v4.new_notebook(
        cells=[code("model.evaluate(x, y)", result("[0.25]"), stream("Test acc: 0.5\n"), count=1)]
    )
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(nbformat.convert(made, 3)))
    assert main(["notebook", str(path), "--static"]) == 0
    said = capsys.readouterr().out
    assert "0.25" in said
    assert "0.5" in said
    # in the file, lines stand apart
    path.write_text(nbformat.v3.writes_json(nbformat.convert(made, 3)))
    assert "[\n" in path.read_text()
    assert main(["notebook", str(path), "--static"]) == 0
    assert capsys.readouterr().out == said
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code"}]}]}))
    assert main(["notebook", str(path), "--static"]) == 2
    told(capsys.readouterr().err.rstrip("\n"), "file=", "a Jupyter notebook")
