"""A file of one's own as a data set: where it stands, and that it is the one that was declared."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

from nnspec.basics.errors import InvalidValue
from nnspec.data.splitting import SplitDataset

Content = TypeVar("Content")


@dataclass(frozen=True)
class FileDataset(SplitDataset):
    """Base of the data sets that are read from a file of the author's.

    A relative `path` starts at the folder of the Python file that declares the data set, whatever the current
    folder is; in a notebook or a shell, which have no file, at the current folder. `checksum` is the SHA-256
    of the file's bytes, which are hashed when the data set is declared, and read when they are first needed:
    a file that has changed since is refused, and one that has changed before is another data set. Where an
    author gives a checksum, no other file will do.
    """

    path: str | os.PathLike[str]
    checksum: str | None = field(default=None, kw_only=True)
    folder: str | None = field(default=None, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.path, str | os.PathLike) or not str(self.path) or "\0" in str(self.path):
            raise InvalidValue("path", self.path, "the path of a file")
        object.__setattr__(self, "path", os.fspath(self.path))
        if self.folder is None:
            object.__setattr__(self, "folder", str(_declaring_folder()))
        found = self._read(lambda file: hashlib.file_digest(file, "sha256").hexdigest())
        if self.checksum is None:
            object.__setattr__(self, "checksum", found)
        elif self.checksum != found:
            remedy = "give the file that is meant, or its checksum"
            raise InvalidValue("checksum", self.checksum, f"SHA-256 {found}, that of {self.path}", remedy)

    def told(self) -> str:
        """Return what messages call the data set."""
        return str(self.path)

    def content(self) -> bytes:
        """Return the bytes of the file, which are those that it had when the data set was declared.

        Raises
        ------
        InvalidValue
            If they are not, or the file is no longer there.
        """
        content = self._read(lambda file: file.read())
        if (found := hashlib.sha256(content).hexdigest()) != self.checksum:
            expected = f"SHA-256 {self.checksum}, as when it was declared"
            remedy = "it has changed meanwhile; run again"
            raise InvalidValue(str(self.path), f"SHA-256 {found}", expected, remedy)
        return content

    def _read(self, read: Callable[[BufferedReader], Content]) -> Content:
        path = Path(str(self.folder), self.path)
        expected = "a file" if Path(self.path).is_absolute() else "a file beside the one that declares it"
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size == 0:
                    raise InvalidValue("path", self.path, "a file with data", f"{path} is empty")
                return read(file)
        except OSError as error:
            raise InvalidValue("path", self.path, expected, f"{path}: {error.strerror}") from None

    def get_config(self) -> dict[str, Any]:
        """Return the class name and every field but the folder, which is that of one machine."""
        config = super().get_config()
        del config["config"]["folder"]
        return config

    def told_fields(self) -> dict[str, Any]:
        """Return every field but the folder, and the beginning of the checksum."""
        return {**self.get_config()["config"], "checksum": str(self.checksum)[:8]}

    def __str__(self) -> str:
        return Path(self.path).name


def _declaring_folder() -> Path:
    """Return the folder of the file whose code makes a data set, the current folder where there is none."""
    frame = sys._getframe(1)
    while frame.f_back and _is_ours(frame.f_globals):
        frame = frame.f_back
    file = frame.f_globals.get("__file__")
    return Path(file).resolve().parent if file else Path.cwd()


def _is_ours(scope: dict[str, Any]) -> bool:
    name = scope.get("__name__", "")
    # the __init__ that dataclasses write has the scope of its class, dataclasses.replace its own
    return name.partition(".")[0] == "nnspec" or scope is vars(dataclasses)
