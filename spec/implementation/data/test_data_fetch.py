"""Fetching: Keras's own loaders with files from a server on loopback, verified and stored without pickles."""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import filelock
import numpy as np
import pytest

from nnspec import IMDB, FashionMNIST, InvalidValue, imdb_reviews
from nnspec.data import fetch as data_fetch
from nnspec.data import files as data_files
from nnspec.data.download import DownloadFailed, download
from nnspec.data.fetch import fetch
from nnspec.machine.tensorflow_setup import tensorflow
from spec.implementation.data.data_samples import STORED, Server, npz, published, small_data

PUBLISHED_HASHES = {  # as Keras 3.15 states them
    "mnist.npz": "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    "imdb.npz": "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
    "imdb_word_index.json": "bfafd718b763782e994055a2d397834f",
}
FASHION_FILES = [f"{p}-{k}-ubyte.gz" for p in ("train", "t10k") for k in ("labels-idx1", "images-idx3")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_data(tmp_path, monkeypatch, stored=False) as found:
        yield found


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a server with the small files that stands in for the one that Keras names."""
    monkeypatch.setenv("no_proxy", "*")
    small = published()

    def from_here(url: str, path: Path, file_hash: str | None, progress: Any) -> None:
        name = url.rpartition("/")[2]
        assert url.startswith("https://")
        assert file_hash == PUBLISHED_HASHES.get(name)
        small_hash = hashlib.sha256(small[name]).hexdigest() if file_hash else None
        download(running.url + name, path, small_hash, progress)

    monkeypatch.setattr(data_fetch, "download", from_here)
    with Server() as running:
        running.files = dict(small)
        yield running


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != data_fetch.DOWNLOADS)


@pytest.mark.parametrize(
    ("dataset", "files"),
    [
        ("mnist", ["mnist.npz"]),
        ("fashion_mnist", ["fashion_mnist.npz"]),
        ("imdb", ["imdb.npz", "imdb_word_index.json"]),
    ],
)
def test_a_data_set_is_fetched_verified_and_stored_once(
    folder: Path, server: Server, dataset: str, files: list[str]
) -> None:
    seen = set()
    assert fetch(dataset, lambda name, done, total: seen.add(name)) == files
    assert names(folder) == files
    assert seen == (set(FASHION_FILES) if dataset == "fashion_mnist" else set(files))
    for name in files:
        data_files.verify(name)
        assert data_files.looks_whole(name)
    assert [path.name for path in (folder / data_fetch.DOWNLOADS).iterdir()] in ([], ["lock"])
    asked = len(server.asked)
    shutil.rmtree(folder / data_fetch.DOWNLOADS)
    assert fetch(dataset) == []
    assert len(server.asked) == asked
    assert not (folder / data_fetch.DOWNLOADS).exists(), "what is complete may lie where nobody may write"


def test_what_was_fetched_is_what_keras_makes_of_it(folder: Path, server: Server) -> None:
    fetch("imdb")
    load = tensorflow()[1].datasets.imdb.load_data
    own = folder / "published.npz"
    own.write_bytes(published()["imdb.npz"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(load.__globals__, "get_file", lambda **_: str(own))
        (x_train, y_train), (x_test, y_test) = load(num_words=8)
    assert [review.tolist() for review in imdb_reviews("train", 8)] == list(x_train)
    assert [review.tolist() for review in imdb_reviews("test", 8)] == list(x_test)
    arrays = IMDB(num_words=8, validation_size=2).arrays()
    assert [*arrays.y_validation, *arrays.y_train] == list(y_train)
    assert arrays.y_test.tolist() == list(y_test)


@pytest.mark.parametrize("content", [b"", b"PK", npz(x_train=np.zeros(3))])
def test_a_damaged_file_is_replaced(folder: Path, server: Server, content: bytes) -> None:
    (folder / "mnist.npz").write_bytes(content)
    assert fetch("mnist") == ["mnist.npz"]
    data_files.verify("mnist.npz")


def test_a_truncated_download_is_resumed_and_what_was_complete_is_kept(folder: Path, server: Server) -> None:
    server.cut = 1000  # the labels are shorter than that, the images are longer
    with pytest.raises(DownloadFailed, match="received 1000 bytes; run the command again"):
        fetch("fashion_mnist")
    assert names(folder) == []
    server.cut = None
    fetch("fashion_mnist")
    assert [name for name, _ in server.asked] == [*FASHION_FILES[:2], *FASHION_FILES[1:]]
    assert server.asked[2] == (FASHION_FILES[1], "bytes=1000-")
    data_files.verify("fashion_mnist.npz")


CORRUPTED = {
    "not compressed": b"nothing",
    "cut off": gzip.compress(bytes(16) + STORED["fashion_mnist.npz"]["x_train"].tobytes())[:-9],
    "too short": gzip.compress(bytes(16 + 784)),
    "without a header": gzip.compress(b"1"),
    "other pixels": gzip.compress(bytes(16 + 20 * 784)),
}


@pytest.mark.parametrize("content", CORRUPTED.values(), ids=CORRUPTED)
def test_a_corrupted_file_without_a_published_hash_is_found_by_the_arrays(
    folder: Path, server: Server, content: bytes
) -> None:
    right, server.files["train-images-idx3-ubyte.gz"] = server.files["train-images-idx3-ubyte.gz"], content
    with pytest.raises(
        DownloadFailed, match=r"^fashion_mnist\.npz: .*; it was deleted, run the command again"
    ):
        fetch("fashion_mnist")
    assert names(folder) == []
    server.files["train-images-idx3-ubyte.gz"] = right
    fetch("fashion_mnist")
    data_files.verify("fashion_mnist.npz")


class Trap:
    """Makes a folder when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.mkdir, ("sprung",)


def test_no_pickle_is_read_before_its_hash_is_checked(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    server.files["imdb.npz"] = npz(**{name: np.array([Trap()]) for name in ("x_train", "y_train")})
    with pytest.raises(DownloadFailed, match=r"received sha256 .*, expected .*; it was deleted"):
        fetch("imdb")
    assert names(folder) == []
    pickle.loads(pickle.dumps(Trap()))  # noqa: S301  # the trap would have worked
    assert names(folder) == ["sprung"]


get_file: Any = None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../escaped.gz", "expected a plain name"),
        ("/escaped.gz", "expected a plain name"),
        ("..", "expected a plain name"),
        ("", "expected a plain name"),
        ("a\\b.gz", "expected a plain name"),
        ("new.npz", "new.npz has no published hash; expected one"),
    ],
)
def test_a_loader_can_neither_write_elsewhere_nor_read_unverified(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    def load() -> Any:
        return get_file(name, origin=server.url + "mnist.npz")

    monkeypatch.setattr(data_fetch, "_loader", lambda _: (load, dict))
    with pytest.raises(DownloadFailed, match=sentence):
        fetch("mnist")
    assert server.asked == []
    assert get_file is None


def test_a_keras_that_downloads_in_another_way_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_fetch, "_loader", lambda _: (published, dict))
    with pytest.raises(DownloadFailed, match="this version of Keras downloads in another way; install"):
        fetch("mnist")


def test_two_processes_do_not_fetch_into_the_same_folder(folder: Path, server: Server) -> None:
    (folder / data_fetch.DOWNLOADS).mkdir()
    with (
        filelock.FileLock(folder / data_fetch.DOWNLOADS / "lock"),
        pytest.raises(DownloadFailed, match=r"another process fetches into .* wait for it"),
    ):
        fetch("mnist")


def test_a_folder_that_cannot_be_written_is_wrong_usage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("NNSPEC_DATA", str(folder / "file"))
    with pytest.raises(InvalidValue, match=r"expected a folder that can be written; .*; set NNSPEC_DATA to"):
        fetch("mnist")


def test_an_unknown_name_gets_a_suggestion(folder: Path) -> None:
    with pytest.raises(
        InvalidValue, match=r"name='fashion'; expected one of .*did you mean 'fashion_mnist'\?"
    ):
        fetch("fashion")


def test_the_real_fashion_mnist_comes_through_keras_unchanged(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    FashionMNIST().arrays()  # without the files this raises MissingData, which skips the test
    real = data_files.load_arrays("fashion_mnist.npz")
    for part, name in (("train", "train"), ("test", "t10k")):
        for kind, header, key in (("images-idx3", 16, "x"), ("labels-idx1", 8, "y")):
            content = bytes(header) + real[f"{key}_{part}"].tobytes()
            server.files[f"{name}-{kind}-ubyte.gz"] = gzip.compress(content, 0)
    monkeypatch.setenv("NNSPEC_DATA", str(tmp_path))
    assert fetch("fashion_mnist") == ["fashion_mnist.npz"]
    data_files.verify("fashion_mnist.npz")
