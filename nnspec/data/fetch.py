"""Fetching data sets: Keras says what to download and how to read it, nnspec downloads and verifies it.

Keras's own download can neither go on where it stopped nor notice that a server fell silent, so the
loaders of keras.datasets get another `get_file`; addresses, published hashes and conversion stay theirs.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock
import numpy as np
from numpy.typing import NDArray

from nnspec.basics.array_files import UNREADABLE, checksum
from nnspec.basics.errors import InvalidValue, MissingData, one_of
from nnspec.data.download import DownloadFailed, Progress, download
from nnspec.data.files import FILES, DataFile, data_folder, verify

DOWNLOADS = ".downloads"  # folder in the data folder; what is in it can be deleted at any time


def fetch(dataset: str, progress: Progress = lambda name, done, total: None) -> list[str]:
    """Fetch the files of a data set that are missing or damaged and return their names.

    `progress` is called with the name of a downloaded file, the bytes received and the bytes
    expected, or None. An interrupted download is resumed by the next call.

    Raises
    ------
    InvalidValue
        If there is no data set of this name or the data folder cannot be written to.
    DownloadFailed
        If the server cannot be reached, or what it sent is not what it should be.
    """
    one_of("name", dataset, {file.dataset for file in FILES.values()})
    wanted = [file for file in FILES.values() if file.dataset == dataset and not _there(file)]
    if wanted:
        with _locked(data_folder()) as folder:
            for file in wanted:
                _fetch(file, folder, progress)
    return [file.name for file in wanted]


def _there(file: DataFile) -> bool:
    try:
        verify(file.name)
    except (MissingData, InvalidValue):
        return False
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """Keep other processes from fetching into the folder at the same time."""
    try:
        (folder / DOWNLOADS).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder), tempfile.TemporaryFile(dir=folder / DOWNLOADS):
            pass
    except OSError as error:
        remedy = f"{error.strerror}; set NNSPEC_DATA to a folder that can be written"
        raise InvalidValue("data folder", str(folder), "a folder that can be written", remedy) from None
    try:
        with filelock.FileLock(folder / DOWNLOADS / "lock", timeout=0):
            yield folder
    except filelock.Timeout:
        raise DownloadFailed(f"another process fetches into {folder} just now; wait for it") from None


def _fetch(file: DataFile, folder: Path, progress: Progress) -> None:
    downloads = folder / DOWNLOADS / file.name
    load, convert = _loader(file.name)
    try:
        downloads.mkdir(exist_ok=True)
        found = convert(_loaded(load, downloads, progress))
        whole = downloads / "verified"
        received = _write(whole, file, found)
        if received != file.checksum:
            raise ValueError(f"received data of SHA-256 {received}, expected {file.checksum}")
        whole.replace(folder / file.name)
    except (*UNREADABLE, OverflowError, pickle.UnpicklingError) as error:
        # a part that came without a published hash may be the wrong one: all are downloaded anew
        shutil.rmtree(downloads, ignore_errors=True)
        reason = str(error) or type(error).__name__
        raise DownloadFailed(f"{file.name}: {reason}; it was deleted, run the command again") from None
    shutil.rmtree(downloads, ignore_errors=True)


def _loaded(load: Callable[[], Any], downloads: Path, progress: Progress) -> Any:
    """Call a loader of keras.datasets with a `get_file` that downloads into `downloads`."""

    def get_file(fname: str, origin: str, file_hash: str | None = None, **_: object) -> str:
        if Path(fname).name != fname or fname in ("", ".", "..") or "\\" in fname:
            raise DownloadFailed(f"file={fname!r}; expected a plain name, to stay inside {downloads}")
        # compressed plain bytes are safe to read unverified, everything else may hold a pickle
        if file_hash is None and not fname.endswith(".gz"):
            raise DownloadFailed(f"{fname} has no published hash; expected one, to check it before reading")
        download(origin, downloads / fname, file_hash, progress)
        return str(downloads / fname)

    scope: dict[str, Any] = load.__globals__
    if "get_file" not in scope:
        raise DownloadFailed("this version of Keras downloads in another way; install Keras 3.15")
    kept = scope["get_file"]
    scope["get_file"] = get_file
    try:
        return load()
    finally:
        scope["get_file"] = kept


def _loader(name: str) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]:
    """Return Keras's loader of a file and what turns its result into what is stored."""
    from nnspec.machine.tensorflow_setup import tensorflow

    try:
        datasets = tensorflow()[1].datasets
    except RuntimeError as error:
        raise DownloadFailed(f"{name}: {error}") from None
    loaders: dict[str, tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]] = {
        "mnist.npz": (datasets.mnist.load_data, _images),
        "fashion_mnist.npz": (datasets.fashion_mnist.load_data, _images),
        "imdb.npz": (datasets.imdb.load_data, _reviews),
        "imdb_word_index.json": (datasets.imdb.get_word_index, dict),
    }
    return loaders[name]


def _images(found: Any) -> dict[str, NDArray[Any]]:
    (x_train, y_train), (x_test, y_test) = found
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _reviews(found: Any) -> dict[str, NDArray[Any]]:
    arrays = {}
    for part, (reviews, labels) in zip(("train", "test"), found, strict=True):
        arrays[f"x_{part}_words"] = np.fromiter(itertools.chain.from_iterable(reviews), np.uint32)
        arrays[f"x_{part}_len"] = np.fromiter(map(len, reviews), np.int32)
        arrays[f"y_{part}"] = np.asarray(labels, np.uint8)
    return arrays


def _write(path: Path, file: DataFile, found: dict[str, Any]) -> str:
    """Write arrays as .npz without pickles, words as JSON, and return their checksum."""
    if file.arrays:
        with path.open("wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **found)
        return checksum(found)
    text = json.dumps(found).encode()
    path.write_bytes(text)
    return hashlib.sha256(text).hexdigest()
