"""What is read from outside is noted with a checksum, and later it is seen whether it has changed."""

from __future__ import annotations

import importlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import FunctionDataset, InvalidValue
from nnspec.machine import opened_in_c, reads


def record(act: Callable[[], object]) -> dict[str, str]:
    with reads.reading() as read:
        act()
    return read.record()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("1")
    np.savez("one.npz", x=np.ones(2))
    return tmp_path


READING = {
    "open": lambda: Path("one.txt").open().close(),
    "pathlib": lambda: Path("one.txt").read_text(),
    "os.open": lambda: os.close(os.open("one.txt", os.O_RDONLY)),
    "numpy.loadtxt": lambda: np.loadtxt("one.txt"),
}


@pytest.mark.parametrize("how", READING)
def test_a_file_that_changes_is_told_by_its_name(how: str, folder: Path) -> None:
    found = record(READING[how])
    assert reads.changed(found) == []
    Path("one.txt").touch()
    assert reads.changed(found) == []  # its content is what counts
    Path("one.txt").write_text("2")
    assert reads.changed(found) == [str(folder / "one.txt")]
    Path("one.txt").unlink()
    assert reads.changed(found) == [str(folder / "one.txt")]


def test_an_archive_of_numpy_is_a_file_too(folder: Path) -> None:
    found = record(lambda: np.load("one.npz")["x"])
    np.savez("one.npz", x=np.zeros(2))
    assert reads.changed(found) == [str(folder / "one.npz")]


def test_weights_that_are_read_by_hdf5_are_seen(folder: Path) -> None:
    h5py = importlib.import_module("h5py")  # which Keras needs
    with h5py.File("one.h5", "w") as file:
        file["x"] = np.ones(2)
    opened_in_c.tell_of_files()
    found = record(lambda: h5py.File("one.h5", "r").close())
    assert reads.changed(found) == []
    with h5py.File("one.h5", "w") as file:
        file["x"] = np.zeros(2)
    assert reads.changed(found) == [str(folder / "one.h5")]


def test_what_is_written_first_is_not_read_from_outside() -> None:
    def written() -> None:
        Path("new.txt").write_text("1")
        assert Path("new.txt").read_text() == "1"

    assert record(written) == {}


def test_a_file_that_was_looked_for_in_vain_may_not_appear(folder: Path) -> None:
    def tried() -> None:
        with pytest.raises(FileNotFoundError):
            Path("two.txt").read_text()

    found = record(tried)
    assert reads.changed(found) == []
    Path("two.txt").write_text("")
    assert reads.changed(found) == [str(folder / "two.txt")]


def test_a_folder_that_is_listed_has_the_same_files() -> None:
    found = record(lambda: list(Path("one.txt").parent.iterdir()))
    assert reads.changed(found) == []
    Path("two.txt").touch()
    assert len(reads.changed(found)) == 1


def test_a_link_to_another_file_is_another_file(folder: Path) -> None:
    Path("link").symlink_to("one.txt")
    found = record(lambda: Path("link").read_text())
    Path("two.txt").write_text("2")
    Path("link").unlink()
    Path("link").symlink_to("two.txt")
    assert reads.changed(found) == [str(folder / "link")]


def test_in_another_folder_paths_mean_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = record(lambda: Path("one.txt").read_text())
    monkeypatch.chdir(tmp_path.parent)
    assert reads.changed(found) == ["working folder"]


def test_a_file_that_changes_meanwhile_cannot_be_told() -> None:
    def changing() -> None:
        assert Path("one.txt").read_text() == "1"
        with Path("one.txt").open("a") as file:
            file.write("2")

    assert "one.txt, which changed meanwhile" in record(changing)[reads.UNTOLD]


@pytest.mark.parametrize(
    ("event", "act"),
    [
        ("socket.getaddrinfo", lambda: socket.getaddrinfo("127.0.0.1", 80)),
        ("subprocess.Popen", lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
    ],
)
def test_of_networks_and_other_processes_nothing_is_told(event: str, act: Callable[[], object]) -> None:
    assert event in record(act)[reads.UNTOLD]


def test_imports_and_libraries_read_nothing_that_counts() -> None:
    assert record(lambda: __import__("wave")) == {}
    assert record(lambda: Path(np.__file__).read_text()) == {}


def test_arrays_that_were_made_before_are_read_from_their_file_by_whoever_uses_them(folder: Path) -> None:
    data = FunctionDataset(_of_file)
    found = [record(data.arrays) for _ in range(2)]
    assert found[0] == found[1]
    assert reads.changed(found[1]) == []
    np.savez("one.npz", x=np.zeros(2))
    assert reads.changed(found[1]) == [str(folder / "one.npz")]
    assert "changed meanwhile" in record(data.arrays)[reads.UNTOLD]  # which are still those of before


def _of_file() -> tuple[Any, Any]:
    return np.load("one.npz")["x"][:, None], np.arange(2)


def test_records_of_other_files_are_put_together_and_those_that_differ_are_not() -> None:
    first = record(lambda: Path("one.txt").read_text())
    second = record(lambda: Path("one.npz").read_bytes())
    assert reads.together([{"engine": "keras", **first}, second]) == first | second
    Path("one.txt").write_text("2")
    other = record(lambda: Path("one.txt").read_text())
    with pytest.raises(InvalidValue, match=r"one\.txt changed while what reads it was trained"):
        reads.together([first, other])
