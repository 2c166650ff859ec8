"""`nnspec data`: what it shows, what it fetches, how it ends, and that it is instant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnspec import InvalidValue
from nnspec.commands.main import main
from nnspec.data import fetch
from nnspec.data.download import DownloadFailed
from spec.implementation.commands.fresh_process import HEAVY, imported_by
from spec.implementation.data.data_samples import small_data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_data(tmp_path, monkeypatch, stored=True) as found:
        yield found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that were fetched by a stand-in: imdb fails, mnist is there already."""
    names: list[str] = []

    def stand_in(name: str, progress: Any) -> list[str]:
        names.append(name)
        progress(f"{name}.npz", 1, None)
        if name == "imdb":
            raise DownloadFailed("imdb.npz: [no] such server")
        return [] if name == "mnist" else [f"{name}.npz"]

    monkeypatch.setattr(fetch, "fetch", stand_in)
    return names


def test_every_file_is_shown_with_state_size_and_remedy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mnist.npz").unlink()
    (folder / "imdb.npz").write_bytes(b"PK")
    assert main(["data"]) == 0
    said = capsys.readouterr()
    rows = [line.split() for line in said.out.splitlines()]
    assert rows[1] == ["mnist", "mnist.npz", "missing", *["nnspec", "data", "fetch", "mnist"]]
    assert rows[2] == ["fashion_mnist", "fashion_mnist.npz", "present", "0.0", "MB"]
    assert rows[3] == ["imdb", "imdb.npz", "damaged", "0.0", "MB", *["nnspec", "data", "fetch", "imdb"]]
    assert rows[4][:3] == ["imdb", "imdb_word_index.json", "present"]
    assert f"folder {folder} (NNSPEC_DATA names another one)" in said.out
    assert said.err == ""


def test_a_folder_that_is_not_there_has_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NNSPEC_DATA", str(folder / "mnist.npz" / "nowhere"))
    assert main(["data"]) == 0
    assert capsys.readouterr().out.count("missing") == 4


@pytest.mark.parametrize("arguments", [["data"], ["data", "--help"], ["data", "fetch", "--help"]])
def test_showing_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    packages, _ = imported_by(*arguments, NNSPEC_DATA=str(tmp_path))
    assert not packages & {*HEAVY, "scipy"}


def test_fetch_takes_all_goes_on_after_a_failure_and_tells_it(
    folder: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "fetch"]) == 1
    assert asked == ["fashion_mnist", "imdb", "mnist"]
    said = capsys.readouterr()
    assert f"fashion_mnist: stored fashion_mnist.npz in {folder}\n" in said.out
    assert f"mnist: there already, verified, in {folder}\n" in said.out
    assert said.err == "nnspec: imdb.npz: [no] such server\n"


def test_fetch_takes_those_that_are_named_once(folder: Path, asked: list[str]) -> None:
    assert main(["data", "fetch", "mnist", "fashion_mnist", "mnist"]) == 0
    assert asked == ["mnist", "fashion_mnist"]


def test_an_unknown_name_is_wrong_usage_before_anything_is_fetched(
    folder: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "fetch", "mnist", "fashion-mnist"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(
        "nnspec: name='fashion-mnist'; expected one of fashion_mnist, imdb, mnist; did"
    )
    assert "did you mean 'fashion_mnist'?" in said.err
    assert said.err.count("\n") == 1
    assert asked == []


@pytest.mark.parametrize(
    ("error", "code"), [(InvalidValue("data folder", "x", "a folder"), 2), (KeyboardInterrupt(), 130)]
)
def test_wrong_folders_and_interruptions_have_their_exit_codes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def stand_in(*_: object) -> None:
        raise error

    monkeypatch.setattr(fetch, "fetch", stand_in)
    assert main(["data", "fetch", "mnist"]) == code
