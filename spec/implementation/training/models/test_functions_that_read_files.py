"""What a function reads from a file decides whether stored runs answer, and runs of two files never mix."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nnspec import Dataset, Experiment, KerasRecipe, StraightLine
from nnspec.claims.budget import parse
from nnspec.session.session import Session
from nnspec.store.store import Store
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers
from spec.folders import ROOT
from spec.implementation.training.models.reading_functions import (
    DATA,
    OF_MODEL,
    READING,
    by_environment,
    weighted,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the workers begin."""
    return tmp_path_factory.mktemp("reading")


@pytest.fixture(scope="module")
def workers(folder: Path) -> Iterator[Workers]:
    """Return one worker, so that it meets every state of a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        pool = Workers(OwnProcesses(1))
        yield pool
        pool.close()


@pytest.fixture
def session(tmp_path: Path, folder: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Return a session with a store of its own."""
    monkeypatch.chdir(folder)
    Path("units.json").write_text("3")
    return again(tmp_path, workers)


def again(tmp_path: Path, workers: Workers) -> Session:
    """Return a session that has nothing but the store."""
    return Session(parse("quick", None), 0.01, Store(tmp_path / "store"), workers=workers)


@pytest.mark.parametrize("what", READING)
def test_a_file_that_changed_is_trained_with_anew_and_one_that_did_not_is_not(
    what: str, session: Session, workers: Workers, tmp_path: Path
) -> None:
    recipe = READING[what]
    assert not session.has(recipe, [0, 1])
    first = session.runs(recipe, [0, 1])
    assert any(name.endswith("units.json") for name in first.provenance)
    later = again(tmp_path, workers)
    assert later.has(recipe, [0, 1])
    later.runs(recipe, [0, 1])
    assert later.trained == 0
    Path("units.json").write_text("5")
    assert not later.has(recipe, [0, 1])
    assert not again(tmp_path, workers).has(recipe, [0, 1])
    later.runs(recipe, [0, 1])  # which are still in memory
    assert later.trained == 2
    assert again(tmp_path, workers).has(recipe, [0, 1])
    assert session.store.problem == later.store.problem == ""


def test_runs_before_and_after_a_change_are_never_put_together(
    session: Session, workers: Workers, tmp_path: Path
) -> None:
    assert session.runs(OF_MODEL, range(64)).weights[0].shape == (64, 2, 3)
    Path("units.json").write_text("5")
    assert session.runs(OF_MODEL, range(128)).weights[0].shape == (128, 2, 5)
    assert session.trained == 64 + 128
    Path("units.json").write_text("3")
    later = again(tmp_path, workers)
    assert later.runs(OF_MODEL, range(128)).weights[0].shape == (128, 2, 3)
    assert later.trained == 128


def test_the_keras_engine_reads_its_files_too(session: Session, workers: Workers, tmp_path: Path) -> None:
    assert session.runs(OF_MODEL, [0], "keras").weights[0].shape == (1, 2, 3)
    Path("units.json").write_text("5")
    later = again(tmp_path, workers)
    assert later.runs(OF_MODEL, [0], "keras").weights[0].shape == (1, 2, 5)
    assert not later.store.problem


SAVE = """
import keras
from spec.implementation.training.models.reading_functions import plain
model = plain()
model.layers[0].bias.assign([{bias}, 0.0, 0.0])
model.save_weights("start.weights.h5")
"""


def run(code: str, folder: Path, **more: str) -> str:
    """Run code in a process of its own and return what it prints."""
    path = os.pathsep.join(filter(None, [str(ROOT), *sys.path]))
    environment = {**os.environ, "PYTHONPATH": path, **more}
    found = subprocess.run(  # noqa: S603  # Python itself
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=folder
    )
    return found.stdout


def test_weights_from_a_file_are_those_that_it_has_now(session: Session, folder: Path) -> None:
    recipe = KerasRecipe(weighted, DATA, epochs=0)
    for bias in (1.0, 2.0):
        run(SAVE.format(bias=bias), folder, KERAS_BACKEND="jax")
        assert session.runs(recipe, [0]).weights[1][0, 0] == bias


VERIFY = """
import os
import sys
from nnspec.commands.main import main
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])  # one worker, which begins once
code = main(["verify", "test_reading.py", "--seeds=2", "--results", "results.json"])
print(code, sorted({"keras", "jax", "tensorflow"} & set(sys.modules)))
"""
CLAIM = '''
from nnspec import Document, claim
from spec.implementation.training.models.reading_functions import OF_MODEL

@claim("reading", source=Document("d", "D", ("One",)).at("One"), recipe=OF_MODEL, says="It is trained.",
       because="It is not a number otherwise.", counterfactual=OF_MODEL.with_epochs(0),
       verdict="undecided")
def test_reading(runs):
    """It is trained for an epoch."""
    return runs.metrics["epochs"] > 0
'''


def test_verifying_again_imports_no_keras_unless_the_file_has_changed(tmp_path: Path) -> None:
    (tmp_path / "test_reading.py").write_text(CLAIM)
    (tmp_path / "units.json").write_text("3")
    trained = []
    for number in ("3", "3", "5"):
        (tmp_path / "units.json").write_text(number)
        shown = run(VERIFY, tmp_path, NNSPEC_STORE=str(tmp_path / "store"))
        assert shown.splitlines()[-1].endswith("[]"), shown
        (record,) = json.loads((tmp_path / "results.json").read_text())["claims"]
        trained.append(record["seeds_trained"])
    first, second, third = trained
    assert (first, second) == (third, 0)
    assert first > 0


@dataclass(frozen=True)
class Counted(Experiment):
    """An experiment that reads its outcome from a file, or asks whether there is one."""

    asks: bool = False
    data: Dataset = field(default_factory=StraightLine)

    def outcome(self, seed: int) -> dict[str, float]:
        """Return the number in the file."""
        if self.asks and not Path("units.json").exists():
            return {"number": 0.0}
        return {"number": float(Path("units.json").read_text()) + seed}


def test_what_an_experiment_reads_counts_too(
    session: Session, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnspec.session.outcomes._KEPT", 0.0)
    for number in (3, 3, 5):
        Path("units.json").write_text(str(number))
        for one in (session, again(tmp_path, workers)):
            assert one.runs(Counted(), [0, 1]).metrics["number"].tolist() == [number, number + 1]


def test_what_the_environment_says_is_trained_with_each_time_and_said(
    session: Session, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = KerasRecipe(by_environment, DATA, epochs=0)
    for units in (3, 5):
        monkeypatch.setenv("UNITS", str(units))
        one = again(tmp_path, workers)
        assert one.runs(recipe, [0]).weights[0].shape == (1, 2, units)
        assert "not kept, because its functions use environ" in one.store.problem
        assert not again(tmp_path, workers).has(recipe, [0])


def test_what_cannot_be_told_is_not_kept_and_said(
    session: Session, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnspec.session.outcomes._KEPT", 0.0)
    session.runs(Counted(asks=True), [0, 1])
    assert "not kept, because its functions use exists" in session.store.problem
    assert not again(tmp_path, workers).has(Counted(asks=True), [0, 1], "keras")
