"""The files of downloaded data: where they are, what they hold, and reading them verified, no pickles."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.array_files import UNREADABLE, checksum
from nnspec.basics.errors import InvalidValue, MissingData, one_of

_HEADER = 1024  # the most bytes that the header of a .npy with a plain dtype takes, and then some


@dataclass(frozen=True)
class DataFile:
    """A file of a data set: its arrays as (name, dtype, shape), none for JSON, and its checksum.

    `checksum` is the SHA-256 that `checksum()` gives of the arrays; for JSON that of the bytes.
    """

    dataset: str
    name: str
    checksum: str
    arrays: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
    size: int = 0  # of JSON, in bytes


def _images(dataset: str, checksum: str) -> DataFile:
    train = (("x_train", "uint8", (60_000, 28, 28)), ("y_train", "uint8", (60_000,)))
    test = (("x_test", "uint8", (10_000, 28, 28)), ("y_test", "uint8", (10_000,)))
    return DataFile(dataset, f"{dataset}.npz", checksum, train + test)


# The words of all reviews stand end to end, the lengths tell them apart: that needs no pickle.
_IMDB = (
    ("x_train_words", "uint32", (5_967_841,)),
    ("x_train_len", "int32", (25_000,)),
    ("y_train", "uint8", (25_000,)),
    ("x_test_words", "uint32", (5_770_105,)),
    ("x_test_len", "int32", (25_000,)),
    ("y_test", "uint8", (25_000,)),
)
_REVIEWS_HASH = "8504e05e2dc48047adec023a4bbb55aa9d25e2b9aca4f609a07ede7f6f52a854"
_WORDS_HASH = "027313fe9a320280f3bf0fac5baf58c4a683cf39a7ed9c3d3d3912bde4284cf6"
FILES = {
    file.name: file
    for file in (
        _images("mnist", "8fc8fc4f0343f34ece1fcfdfb65f0801fac48030ce7c70e62bbb62f64ee2e65b"),
        _images("fashion_mnist", "37e5852d33933792bfddacf387e185c9c3d87fa20c45417517512181f092a44a"),
        DataFile("imdb", "imdb.npz", _REVIEWS_HASH, _IMDB),
        DataFile("imdb", "imdb_word_index.json", _WORDS_HASH, size=1_641_221),
    )
}


def data_folder() -> Path:
    """Return the folder of the data: NNSPEC_DATA, else the user's data folder."""
    import platformdirs

    chosen = os.environ.get("NNSPEC_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("nnspec")) / "datasets"


def known_files() -> list[Path]:
    """Return where the files of the data folder are, or would be, whose checksums are known."""
    return [data_folder() / name for name in FILES]


def data_path(name: str) -> Path:
    """Return where a file of the data folder is.

    Raises
    ------
    MissingData
        If the file is not there.
    """
    path = data_folder() / name
    try:
        path.stat()
    except OSError:
        missing = MissingData(
            f"{name} is not in {path.parent}; run `nnspec data fetch {FILES[name].dataset}`, "
            "or set NNSPEC_DATA to the folder that has it"
        )
        missing.file = name
        raise missing from None
    return path


def load_arrays(name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file of the data folder, write-protected; read and verified once per process.

    `name` is "mnist.npz", "fashion_mnist.npz" or "imdb.npz". Images are x_train (60000, 28, 28) and x_test
    (10000, 28, 28), their labels y_train (60000,) and y_test (10000,), all uint8. Reviews stand end to end in
    x_train_words and x_test_words, uint32, their lengths in x_train_len and x_test_len (25000,) int32.

    Raises
    ------
    MissingData
        If the file is not there.
    InvalidValue
        If there is no such file, or it holds anything else than the arrays that it should hold.
    """
    path = data_path(one_of("name", name, [file.name for file in FILES.values() if file.arrays]))
    return _read_once(path, path.stat().st_mtime_ns, FILES[name])


def load_words(name: str) -> dict[str, int]:
    """Return the word index of a JSON file of the data folder; errors as in `load_arrays`."""
    file = FILES[name]
    path = data_path(name)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise _damaged(path, file, str(error.strerror)) from None
    found = hashlib.sha256(text).hexdigest()
    if found != file.checksum:
        raise _damaged(path, file, f"SHA-256 {found}", f"SHA-256 {file.checksum}")
    words: dict[str, int] = json.loads(text)
    return words


def verify(name: str) -> None:
    """Read a file of the data folder whole; errors as in `load_arrays`."""
    if FILES[name].arrays:
        _read(data_path(name), FILES[name])
    else:
        load_words(name)


def looks_whole(name: str) -> bool:
    """Return whether a file that is there has the parts and sizes of the right one, without reading it."""
    file, path = FILES[name], data_folder() / name
    try:
        if not file.arrays:
            return path.stat().st_size == file.size
        with path.open("rb") as stream:
            _check_directory(zipfile.ZipFile(stream), file)
    except UNREADABLE:
        return False
    return True


@functools.lru_cache(maxsize=4)
def _read_once(path: Path, modified: int, file: DataFile) -> dict[str, NDArray[Any]]:
    arrays = _read(path, file)
    for array in arrays.values():
        array.setflags(write=False)
    return arrays


def _read(path: Path, file: DataFile) -> dict[str, NDArray[Any]]:
    try:
        # opened here, because np.load leaves a damaged archive open
        with path.open("rb") as stream:
            _check_directory(zipfile.ZipFile(stream), file)
            stream.seek(0)
            with np.load(stream, allow_pickle=False) as archive:
                arrays = {name: np.asarray(archive[name]) for name, _, _ in file.arrays}
    except UNREADABLE as error:
        raise _damaged(path, file, str(error) or type(error).__name__) from None
    for name, dtype, shape in file.arrays:
        received = f"{arrays[name].dtype} {arrays[name].shape}"
        if received != f"{dtype} {shape}":
            raise _damaged(path, file, f"{name} {received}", f"{name} {dtype} {shape}")
    found = checksum(arrays)
    if found != file.checksum:
        raise _damaged(path, file, f"arrays of SHA-256 {found}", f"arrays of SHA-256 {file.checksum}")
    return arrays


def _check_directory(archive: zipfile.ZipFile, file: DataFile) -> None:
    """Refuse an archive that holds other parts, or larger ones, before anything is unpacked."""
    received = {member.filename: member.file_size for member in archive.infolist()}
    if set(received) != {f"{name}.npy" for name, _, _ in file.arrays}:
        raise ValueError(f"holds {', '.join(sorted(received)) or 'nothing'}")
    for name, dtype, shape in file.arrays:
        size = np.dtype(dtype).itemsize * int(np.prod(shape, dtype=np.int64))
        if not size < received[f"{name}.npy"] <= size + _HEADER:
            raise ValueError(f"{name} takes {received[f'{name}.npy']} bytes")


def _damaged(path: Path, file: DataFile, received: str, expected: str = "") -> InvalidValue:
    remedy = f"the file is damaged; `nnspec data fetch {file.dataset}` replaces it"
    listed = ", ".join(f"{name} {dtype} {shape}" for name, dtype, shape in file.arrays)
    return InvalidValue(str(path), received, expected or listed or "the file that Keras publishes", remedy)
