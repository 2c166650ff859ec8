"""Files that will be written, looked at before the work: neither an input nor in the way of another."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json
from nnspec.basics.size import shown_size

_EXPECTED, _IN_A_FOLDER = "a file that can be written", "a file in a folder that exists"
_HEAD = 2**16  # bytes of a file that tell its kind
_LEAST_ROOM = 2**23  # bytes: a report and the results of a hundred claims
_COMPARISON = r"## (None of |No benchmark of |A run of benchmarks|\d+ (of|benchmarks? of|comparisons? with) )"
_PICTURE = rb"\x89PNG\r\n|%PDF-|(<\?xml[^>]*>\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg"

Kind = tuple[str, Callable[[Path], bool]]
Outputs = Mapping[str, tuple[str | os.PathLike[str] | None, Kind]]


def _begins(pattern: bytes) -> Callable[[Path], bool]:
    def begins(path: Path) -> bool:
        with path.open("rb") as file:
            return re.match(pattern, file.read(_HEAD).lstrip(b"\xef\xbb\xbf \r\n\t"), re.S) is not None

    return begins


def _has(*fields: str) -> Callable[[Path], bool]:
    def has(path: Path) -> bool:
        try:
            document: Any = read_json(path, "nnspec")
        except InvalidValue:
            return False
        return isinstance(document, dict) and set(fields) <= set(document)

    return has


PAGE: Kind = ("a page of nnspec", _begins(rb"(?i:<!doctype html>).*<title>nnspec"))
SUMMARY: Kind = ("a summary of nnspec", _begins(rb"## nnspec: "))
COMPARISON: Kind = ("a comparison of nnspec", _begins(_COMPARISON.encode()))
PICTURE: Kind = ("a picture", _begins(_PICTURE))
RESULTS: Kind = ("results of nnspec", _has("schema", "error_rate", "verdicts", "claims"))
NOTEBOOK: Kind = ("what nnspec read from a notebook", _has("schema", "notebook", "figures", "findings"))
CALIBRATION: Kind = ("a calibration of nnspec", _has("schema", "settings"))
FLAKINESS: Kind = (
    "reruns of nnspec",
    lambda path: _has("schema", "error_rate", "environment", "claims")(path) and not _has("verdicts")(path),
)
REPAIRS: Kind = (
    "repairs of nnspec",
    lambda path: _has("schema", "environment", "claims")(path) and not _has("error_rate")(path),
)
LOG: Kind = ("a log of nnspec", _begins(rb"# Why the baselines were changed"))
VERDICTS: Kind = ("verdicts of nnspec", _begins(rb"# Verdicts"))
FOREIGN: Kind = ("", lambda path: True)  # written by somebody else, who looks after it


def check_outputs(
    outputs: Outputs, inputs: Iterable[str | os.PathLike[str]] = (), *, make_folders: bool = True
) -> None:
    """Look at files that options name, before anything is done for them; those that are None or "" are not.

    With `make_folders` the folders that a file needs are made when it is written.

    Raises
    ------
    InvalidValue
        If a file is one of the inputs or another output, in whatever spelling, is there and of another kind,
        or cannot be written for want of a folder, of rights or of room.
    """
    taken: dict[str, Path] = {f"the input {str(path)!r}": Path(path) for path in inputs}
    for option, (name, kind) in outputs.items():
        if not name:
            continue
        path = Path(name)
        for whose, other in taken.items():
            if _same(path, other):
                raise InvalidValue(option, str(name), "a file of its own", f"it is {whose}")
        taken[f"that of {option}"] = path
        if kind is not FOREIGN:
            _check(option, path, kind, make_folders)


def check_added_to(path: Path, read: Callable[[Path], object]) -> None:
    """Read a file to which hours of training will be added; an empty one is taken away.

    Raises
    ------
    InvalidValue
        If what is there cannot be read.
    """
    if path.is_file():
        if path.stat().st_size:
            read(path)
        else:
            path.unlink()


def _check(option: str, path: Path, kind: Kind, make_folders: bool) -> None:
    try:
        folder = path.absolute().parent
        if path.is_dir():
            expected = _EXPECTED if make_folders else _IN_A_FOLDER
            raise InvalidValue(option, str(path), expected, "it is a folder")
        if not make_folders and not folder.is_dir():
            raise InvalidValue(option, str(path), _IN_A_FOLDER)
        if path.exists():
            if not path.is_file():
                raise InvalidValue(option, str(path), _EXPECTED, "it is a pipe or a device")
            if not os.access(path, os.W_OK):
                raise InvalidValue(option, str(path), _EXPECTED, "it may not be written")
            if path.stat().st_size and not kind[1](path):
                remedy = f"what is there is not {kind[0]}; move it away, or choose another name"
                raise InvalidValue(option, str(path), f"{kind[0]}, or a new file", remedy)
        there = next(one for one in (folder, *folder.parents) if one.exists())
        with tempfile.NamedTemporaryFile(dir=there, prefix=f".{path.name}.", suffix=".tmp"):
            pass
        room = shutil.disk_usage(there).free
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue(
            option, str(path), _EXPECTED, getattr(error, "strerror", None) or str(error)
        ) from None
    if room < _LEAST_ROOM:
        remedy = f"{there} has {shown_size(room)} left, and {shown_size(_LEAST_ROOM)} may be needed"
        raise InvalidValue(option, str(path), "a file on a disk with room", remedy)


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths name the same file, also where there is none yet and letters may not count."""
    try:
        if one.exists() and other.exists():
            return one.samefile(other)
        return str(one.resolve()).casefold() == str(other.resolve()).casefold()
    except (OSError, ValueError, RuntimeError):  # no path at all, or links in a circle: told by who uses it
        return False
