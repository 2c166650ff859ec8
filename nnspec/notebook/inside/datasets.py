"""`keras.datasets` from the verified data folder of nnspec, where they are there, without the network."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, MissingData
from nnspec.data.downloaded import UNKNOWN_WORD
from nnspec.data.files import data_path, load_arrays, load_words

_SEED, _COUNTED_FROM = 113, 3  # of `keras.datasets.imdb.load_data`
DATASETS = (
    "keras.src.datasets.mnist",
    "keras.src.datasets.fashion_mnist",
    "keras.src.datasets.imdb",
)


def serving(folder: Path, told: Callable[[str], None]) -> Callable[[ModuleType], None]:
    """Return what lets a module of `keras.datasets` find its files here; copies are made in `folder`.

    `told` hears of the data set each time.
    """

    def serve(module: ModuleType) -> None:
        original = module.get_file  # Keras's function that downloads
        dataset = module.__name__.rpartition(".")[2]

        def get_file(fname: str, *arguments: Any, **named: Any) -> Any:
            try:
                path = str(_file(dataset, fname, folder / "datasets"))
            except (MissingData, InvalidValue, KeyError):
                return original(fname, *arguments, **named)
            told(dataset)
            return path

        module.get_file = get_file  # type: ignore[attr-defined]  # of Keras

    return serve


def _file(dataset: str, name: str, folder: Path) -> Path:
    """Return a file as Keras keeps it, made of the verified one.

    Raises
    ------
    KeyError
        If Keras asks for another file.
    """
    if (dataset, name) == ("imdb", "imdb_word_index.json"):
        load_words(name)
        return data_path(name)
    if (dataset, name) == ("mnist", "mnist.npz"):
        found: dict[str, Any] = load_arrays("mnist.npz")
        return _once(folder / name, lambda path: np.savez(path, **found))
    if (dataset, name) == ("imdb", "imdb.npz"):
        return _once(folder / name, _imdb)
    array = load_arrays("fashion_mnist.npz")[_IDX[dataset, name]]
    return _once(folder / name, lambda path: _idx(path, array))


_IDX = {
    ("fashion_mnist", "train-images-idx3-ubyte.gz"): "x_train",
    ("fashion_mnist", "train-labels-idx1-ubyte.gz"): "y_train",
    ("fashion_mnist", "t10k-images-idx3-ubyte.gz"): "x_test",
    ("fashion_mnist", "t10k-labels-idx1-ubyte.gz"): "y_test",
}


def _once(path: Path, write: Callable[[Path], None]) -> Path:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = path.with_name(f"begun-{path.name}")
        write(begun)
        begun.rename(path)
    return path


def _idx(path: Path, array: NDArray[Any]) -> None:
    """Write bytes as the files of MNIST have them: a head of four bytes and the shape, big-endian."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape))
        file.write(np.ascontiguousarray(array).tobytes())


def _imdb(path: Path) -> None:
    """Write the reviews as Keras has them before it shuffles, marks the start and counts from 3.

    The verified file has them as `load_data` returns them by default, from which its seed leads back.
    """
    found: dict[str, Any] = load_arrays("imdb.npz")
    parts: dict[str, Any] = {}
    draws = np.random.RandomState(_SEED)  # Keras's own
    for part in ("train", "test"):
        words, lengths = found[f"x_{part}_words"].astype(np.int64), found[f"x_{part}_len"]
        # Keras's default replaces the last word of its list by the one for unknown words
        words = np.where(words == UNKNOWN_WORD, words.max() + 1, words) - _COUNTED_FROM
        order = np.arange(len(lengths))
        draws.shuffle(order)
        reviews = np.empty(len(lengths), object)
        for place, review in zip(order, np.split(words, np.cumsum(lengths)[:-1]), strict=True):
            reviews[place] = review[1:].tolist()  # without the mark of the start
        labels = np.empty(len(order), np.int64)
        labels[order] = found[f"y_{part}"]
        parts |= {f"x_{part}": reviews, f"y_{part}": labels}
    np.savez(path, **parts)
