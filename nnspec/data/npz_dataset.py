"""An .npz file as a data set, as `numpy.savez` writes it, read without pickles."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import numpy as np

from nnspec.basics.array_files import UNREADABLE
from nnspec.basics.errors import InvalidValue
from nnspec.data.dataset import Arrays
from nnspec.data.file_dataset import FileDataset

_PARTS = tuple(f"{name}_{part}" for part in ("train", "test", "validation") for name in "xy")


@dataclass(frozen=True)
class NPZDataset(FileDataset):
    """The arrays of an .npz file: `NPZDataset("digits.npz")`, or with `x="images", y="labels"`.

    The file has x_train and y_train, and where there are such parts x_test, y_test, x_validation and
    y_validation, as the files of `keras.datasets` do; or `x` and `y` name two of its arrays. Other arrays are
    not read. Where it stands, see `FileDataset`; parts are split off as `SplitDataset` says.

    Raises
    ------
    InvalidValue
        If there is no such file, or it is empty; when it is read, if it is no .npz file, lacks an array, or
        holds anything but real numbers.
    """

    x: str = "x_train"
    y: str = "y_train"

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            if not isinstance(value := getattr(self, name), str) or not value:
                raise InvalidValue(name, value, "the name of an array in the file")
        super().__post_init__()

    def given_parts(self) -> Arrays:
        """Return the arrays of the file."""
        content = io.BytesIO(self.content())
        if not zipfile.is_zipfile(content):
            raise self._unreadable("no archive of arrays")
        try:
            with np.load(content, allow_pickle=False) as archive:
                return self._parts(archive)
        except InvalidValue:
            raise
        except UNREADABLE as error:
            raise self._unreadable(str(error) or type(error).__name__) from None

    def _unreadable(self, reason: str) -> InvalidValue:
        remedy = "numpy.savez(path, x_train=…, y_train=…) writes one; arrays of objects are not read"
        received = " ".join(reason.split())[:120]
        return InvalidValue(str(self.path), received, "an .npz file of numbers", remedy)

    def _parts(self, archive: np.lib.npyio.NpzFile) -> Arrays:
        for name, wanted in (("x", self.x), ("y", self.y)):
            if wanted not in archive.files:
                held = ", ".join(map(repr, archive.files))[:200] or "nothing"
                expected = f"an array {wanted!r} for {name}"
                remedy = f"say which ones are meant: {type(self).__name__}(path, x='…', y='…')"
                raise InvalidValue(str(self.path), f"an archive of {held}", expected, remedy)
        others = () if self.x != "x_train" else [archive.get(name) for name in _PARTS[2:]]
        return Arrays(archive[self.x], archive[self.y], *others)
