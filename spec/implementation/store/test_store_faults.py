"""The store on a full disk, on a read-only one, without room for a lock, and under many processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import InvalidValue
from nnspec.store.store import Store
from nnspec.store.upkeep import survey
from spec.implementation.store.test_store import RECIPE, SEEDS, Training

CLAIMS = "".join(f"test_{n} = declare('claim-{n}', recipe(1.0, {n + 2}))\n" for n in range(8))
VERDICTS = {f"claim-{n}": "holds" for n in range(8)}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "nnspec-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:  # noqa: S603
        pytest.skip("only the superuser can mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def fill(disk: Path) -> None:
    """Take all the room there is."""
    with (disk / "filling").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


def test_on_a_full_disk_runs_are_used_and_not_kept_and_older_ones_stay(small_disk: Path) -> None:
    store = Store(small_disk / "store")
    store.runs(RECIPE, SEEDS, "stacked", Training())
    fill(small_disk)
    other = Training(RECIPE, [7, 8])
    assert store.runs(RECIPE, [7, 8], "stacked", other) == (other.runs, False)
    assert "runs were not kept" in store.problem
    assert "No space left on device" in store.problem
    assert [entry.problem for entry in survey(store.folder, whole=True)] == [""]
    assert store.runs(RECIPE, SEEDS, "stacked", Training())[1]
    (small_disk / "filling").unlink()
    assert not store.runs(RECIPE, [7, 8], "stacked", other)[1]
    assert store.runs(RECIPE, [7, 8], "stacked", other)[1]


def test_verify_on_a_full_disk_gives_its_verdicts_and_says_what_was_not_kept(
    all_kinds: Any, small_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_disk / "store").mkdir()
    fill(small_disk)
    monkeypatch.setenv("NNSPEC_STORE", str(small_disk / "store"))
    assert all_kinds.nnspec("verify") == 0
    said = capsys.readouterr().out
    assert "4 claims: 3 holds, 1 refuted; 1 fact: 1 as stated; all as recorded" in said
    assert "runs were not kept" in said
    assert "No space left on device; what was trained is used, and trained again next time" in said


def test_a_disk_that_is_read_only_is_refused_with_the_way_out(small_disk: Path) -> None:
    Store(small_disk / "store").runs(RECIPE, SEEDS, "stacked", Training())
    command = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(command, check=True)  # noqa: S603
    with pytest.raises(InvalidValue, match="a folder that can be written; Read-only file system; set NNSPEC"):
        Store(small_disk / "store")


def test_without_room_for_a_lock_it_is_trained_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(self: object, blocking: bool) -> None:
        raise OSError(28, "No space left on device")

    store, training = Store(tmp_path), Training()
    monkeypatch.setattr("filelock.FileLock.acquire", failing)
    assert store.runs(RECIPE, SEEDS, "stacked", training)[0] is training.runs


def run(project: Any, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-m", "pytest", "-q", "-p", "nnspec.pytest_plugin", *arguments],
        cwd=project.path,
        stdout=subprocess.DEVNULL,
    )


def test_two_runs_and_four_workers_on_one_store_train_everything_once_and_agree(project: Any) -> None:
    project.declare(CLAIMS)
    project.stand_in_for_workers()
    runs = [
        run(project, "--nnspec-results=one.json"),
        run(project, "--nnspec-results=two.json"),
        run(project, "-n4", "--nnspec-results=four.json"),
    ]
    assert [process.wait(600) for process in runs] == [0, 0, 0]
    for name in ("one.json", "two.json", "four.json"):
        assert {key: claim["verdict"] for key, claim in project.read(name).items()} == VERDICTS
    # eight recipes and the counterfactual, in one block of seeds each or more, and no block twice
    assert len(set(project.trainings)) == len(project.trainings) >= 9
    assert [entry.problem for entry in survey(project.path / "store", whole=True) if not entry.facts] == []


def test_an_entry_that_is_removed_while_it_is_used_is_trained_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.runs(RECIPE, SEEDS, "stacked", Training())
    assert store.has(RECIPE, SEEDS, "stacked")
    for path in tmp_path.glob("*.npz"):
        path.unlink()
    training = Training()
    found, was_there = store.runs(RECIPE, SEEDS, "stacked", training)
    assert not was_there
    np.testing.assert_array_equal(found.seeds, SEEDS)
