"""Files with whatever in them: every reader gives an answer, or says in one line what is wrong.

Hypothesis takes a second to import, so it is imported when a test runs and not when it is collected.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nnspec import CSVDataset, InvalidValue, NPZDataset
from nnspec.basics.plain_data import plain
from nnspec.commands.main import main
from nnspec.data import files as data_files
from nnspec.project.kept import stored_repairs
from nnspec.report.page import render
from nnspec.results import baseline
from nnspec.results.reading import results_of
from spec.folders import BASELINES
from spec.implementation.bad_inputs.cases import told
from spec.implementation.bad_inputs.fuzzing import EXAMPLES, fuzz, fuzz_bytes
from spec.implementation.data.data_samples import STORED, small_data
from spec.implementation.report.report_samples import claim, complete, fact, results
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

RESULTS = results(complete(claim(values=[], figures={})), complete(claim(id="other")), complete(fact()))
FOUND = results_of(RESULTS, "made up")
(STORED_BASELINE,) = map(plain, baseline.updated({}, FOUND, {one.key for one in FOUND.claims}).values())
READERS = {
    "compare": ["compare", "results.json", "old.json"],
    "compare --html": ["compare", "old.json", "results.json", "--html=page.html"],
    "report": ["report", "results.json", "-o", "page.html"],
    "report --baseline": ["report", "old.json", "--baseline=results.json", "-o", "page.html"],
    "show": ["show", "tfc-relu-sigmoid", "--results=results.json"],
    "show other": ["show", "other", "--results=results.json", "--figure=figure.svg"],
    "rebaseline": [
        *("rebaseline", "--all", "--create", "--because=fuzz"),
        *("--results=results.json", "--baseline=new/claims"),
    ],
}


def answered(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> int:
    """Run a command and check that it ends with an answer: a result, or one line and exit code 2."""
    code = main(arguments)
    said = capsys.readouterr().err
    assert code in (0, 1, 2)
    assert (code == 2) == bool(said), said
    if said:
        assert said.startswith("nnspec: ")
        told(said.removeprefix("nnspec: ").rstrip("\n"), "", "")
    return code


@pytest.mark.parametrize("reader", READERS)
def test_whatever_a_results_file_holds_there_is_an_answer(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.json").write_text(json.dumps(RESULTS))
    Path("results.json").write_text(json.dumps(RESULTS))
    assert answered(capsys, READERS[reader]) == 0

    def check(content: bytes) -> None:
        Path("results.json").write_bytes(content)
        answered(capsys, READERS[reader])

    fuzz(check, RESULTS, EXAMPLES)


BASELINE_READERS = {
    "compare": ["compare", "results.json", "claims"],
    "report": ["report", "results.json", "--baseline=claims", "-o", "page.html"],
    "show": ["show", "other", "--baseline=claims"],
    "rebaseline": ["rebaseline", "--all", "--because=fuzz", "--results=results.json", "--baseline=claims"],
}


@pytest.mark.parametrize("reader", BASELINE_READERS)
def test_whatever_a_baseline_holds_there_is_an_answer(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("results.json").write_text(json.dumps(RESULTS))
    stored = Path("claims/tf-classification.json")
    stored.parent.mkdir()
    stored.write_text(json.dumps(STORED_BASELINE))
    assert answered(capsys, BASELINE_READERS[reader]) == 0

    def check(content: bytes) -> None:
        stored.write_bytes(content)
        answered(capsys, BASELINE_READERS[reader])

    fuzz(check, STORED_BASELINE, EXAMPLES)


BENCHMARKS = saved(benchmark("a", rounds=3), benchmark("b", rounds=2, peer=None))


@pytest.mark.parametrize("order", [["new.json", "old.json"], ["old.json", "new.json"]])
def test_whatever_a_file_of_benchmarks_holds_there_is_an_answer(
    order: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.json").write_text(json.dumps(BENCHMARKS))

    def check(content: bytes) -> None:
        Path("new.json").write_bytes(content)
        answered(capsys, ["compare", *order])

    fuzz(check, BENCHMARKS, EXAMPLES)


def test_whatever_a_file_of_repairs_holds_there_is_a_report(tmp_path: Path) -> None:
    stored = BASELINES / "repairs.json"
    document = json.loads(stored.read_text())
    document["claims"] = document["claims"][:1]

    def check(content: bytes) -> None:
        (tmp_path / "repairs.json").write_bytes(content)
        render(RESULTS, repairs=stored_repairs(tmp_path))

    fuzz(check, document, EXAMPLES)


@pytest.mark.parametrize("name", STORED)
def test_whatever_a_data_file_holds_it_is_the_right_one_or_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_data(tmp_path, monkeypatch, stored=True) as folder:
        sound = (folder / name).read_bytes()
        refused = 0

        def check(content: bytes) -> None:
            nonlocal refused
            (folder / name).write_bytes(content)
            data_files.looks_whole(name)
            try:
                arrays = data_files._read(folder / name, data_files.FILES[name])
            except InvalidValue as error:
                told(str(error), "", "")
                refused += 1
                return
            for key, array in STORED[name].items():
                np.testing.assert_array_equal(arrays[key], array, strict=True)

        fuzz_bytes(check, sound, EXAMPLES)
        assert refused > 0


@pytest.mark.parametrize(("kind", "options"), [(CSVDataset, {"target": "y"}), (NPZDataset, {})])
def test_whatever_a_file_of_ones_own_holds_it_is_numbers_or_refused(
    kind: type[CSVDataset] | type[NPZDataset], options: dict[str, str], tmp_path: Path
) -> None:
    path, refused = tmp_path / "own", 0
    if kind is CSVDataset:
        path.write_text(
            'a,"b, b",y\n' + "".join(f"{i},{i / 7},{i % 2}\n" for i in range(8)), encoding="utf-8"
        )
    else:
        with path.open("wb") as stream:
            np.savez(stream, x_train=np.ones((4, 2)), y_train=np.arange(4))

    def check(content: bytes) -> None:
        nonlocal refused
        path.write_bytes(content)
        try:
            arrays = kind(path, **options).arrays()
        except InvalidValue as error:
            told(str(error), "", "")
            refused += 1
        else:
            assert len(arrays.x_train) == len(arrays.y_train) > 0
            assert np.isfinite(arrays.x_train).all()

    fuzz_bytes(check, path.read_bytes(), EXAMPLES)
    assert refused > 0
