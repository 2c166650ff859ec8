"""What is read is data: nothing is unpickled or run, no name leads out of its folder, pages escape text."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import InvalidValue
from nnspec.commands.main import main
from nnspec.data import files as data_files
from spec.implementation.bad_inputs.fuzzing import changed
from spec.implementation.data.data_samples import STORED, npz, small_data
from spec.implementation.report.report_samples import Page, claim, complete, results
from spec.implementation.test_import_graph import MODULES

# what may unpickle: recipes, and functions in them, that travel between processes of one's own
MAY_UNPICKLE = {
    "nnspec.workers.block": 1,
    "nnspec.recipes.travelling": 1,
    "nnspec.training.vectorised.serving": 2,
}
FORBIDDEN = {"eval", "exec", "compile", "system", "popen", "extractall", "unpack_archive", "__import__"}
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def calls(module: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the last name of every function that a module calls, and the call."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node


def keyword(call: ast.Call, name: str) -> object:
    """Return the constant that a call gives for a parameter, None where there is none."""
    values = [word.value for word in call.keywords if word.arg == name]
    return values[0].value if values and isinstance(values[0], ast.Constant) else None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_runs_text_or_unpickles_what_it_reads(module: str) -> None:
    unpickled = 0
    for name, call in calls(module):
        on_a_module = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        owner = call.func.value.id if on_a_module else ""  # type: ignore[attr-defined]
        if (owner, name) not in {
            ("re", "compile"),
            ("platform", "system"),
            ("program", "compile"),
            ("model", "compile"),
        }:
            assert name not in FORBIDDEN, ast.unparse(call)
        assert keyword(call, "shell") is None, ast.unparse(call)
        if (owner, name) == ("np", "load"):
            assert keyword(call, "allow_pickle") is False, ast.unparse(call)
        if name == "Environment":
            assert keyword(call, "autoescape") is True, ast.unparse(call)
        unpickled += owner == "pickle" and name in ("load", "loads", "Unpickler")
    assert unpickled == MAY_UNPICKLE.get(module, 0)


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        """Return what unpickling calls."""
        return os.mkdir, (str(self.folder),)


def test_a_pickle_in_a_data_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sprung = tmp_path / "sprung"
    with small_data(tmp_path, monkeypatch, stored=True) as folder:
        trapped = np.array([Trap(sprung)] * 20, dtype=object)
        (folder / "mnist.npz").write_bytes(npz(**STORED["mnist.npz"] | {"y_train": trapped}))
        with pytest.raises(InvalidValue, match="allow_pickle=False"):
            data_files.load_arrays("mnist.npz")
    assert not sprung.exists()

    import pickle

    pickle.loads(pickle.dumps(trapped[0]))  # noqa: S301  # the trap does work
    assert sprung.exists()


WAYS_OUT = ["../evil", "/evil", "a/../../evil", "..", "", "evil\x00", "C:\\evil", "a\nb", ".hidden"]


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_document_in_results_cannot_name_a_file_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    wrong = changed(results(complete(claim())), ("claims", 0, "document"), name)
    Path("results.json").write_text(json.dumps(wrong))
    arguments = ["rebaseline", "--all", "--because=so", "--results=results.json", "--baseline=base/claims"]
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("nnspec: ")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["results.json"]


def test_parts_of_an_archive_are_read_by_their_known_names_and_never_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_data(tmp_path, monkeypatch, stored=True) as folder:
        (folder / "mnist.npz").write_bytes(npz(**STORED["mnist.npz"], **{"../../evil": np.ones(1)}))
        with pytest.raises(InvalidValue, match="evil"):
            data_files.load_arrays("mnist.npz")
    assert list(tmp_path.rglob("evil*")) == []


def test_the_pages_of_report_and_comparison_escape_every_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = ("id", "part", "title", "section", "detail", "statement", "because", "predicate", "measured")
    record = complete(claim(**dict.fromkeys(texts, NASTY)))
    record["values"][0]["label"] = NASTY
    document = results(record)
    document["environment"] |= {"keras": NASTY, "machine": NASTY, "date": NASTY}
    moved = json.loads(json.dumps(document))
    moved["claims"][0]["values"][0]["claim"] = [0.1] * 256
    Path("old.json").write_text(json.dumps(document))
    Path("new.json").write_text(json.dumps(moved))
    assert main(["compare", "new.json", "old.json", "--html=compared.html"]) == 1
    assert main(["report", "new.json", "--baseline=old.json", "-o", "report.html"]) == 0
    assert main(["report", "new.json", "-o", "plain.html"]) == 0
    for name in ("compared.html", "report.html", "plain.html"):
        text = Path(name).read_text()
        page = Page(text)
        assert "alert(1)" in text  # it is shown
        assert "<script>alert" not in text
        assert not any("alert" in script for script in page.texts("script"))
        assert [attributes for _, attributes, _ in page.elements if "onerror" in attributes] == []
