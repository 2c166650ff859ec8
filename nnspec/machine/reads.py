"""What functions read from outside while something is trained: later it can be told whether it has changed.

It stands among the facts of the runs: the path of every file and folder with a checksum, the folder in which
paths begin, and whether there was something of which nothing can be told, such as a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from nnspec.basics.errors import Unrepeatable
from nnspec.machine.outside import Signature, Told, signature, unwatched, watching

Record = dict[str, str]
_READ, _FROM = "read ", "working folder"
UNTOLD = "not kept"  # under which a record says why nobody can tell whether all is the same
_REMEDY = "hand in what is read as arguments or as data"
_NO_FILE = "something that is no file"


class Reads:
    """What is read while it is `reading`, with the state of files then."""

    def __init__(self) -> None:
        self._then: dict[str, Signature] = {}
        self._untold: dict[str, None] = {}

    def found(self, event: str, path: str, then: Signature) -> None:
        """Take what a watch finds."""
        if not path:
            self._untold[event] = None
        elif self._then.setdefault(path, then) != then:
            self._untold[f"{path}, which changed meanwhile"] = None

    def record(self) -> Record:
        """Return what was read, with the checksums of files as they were when they were read."""
        if not self._then and not self._untold:
            return {}
        record = {}
        for path, then in sorted(self._then.items()):
            record[_READ + path] = told = _state(path)
            if signature(path) != then:
                self._untold[f"{path}, which changed meanwhile"] = None
            elif told == _NO_FILE:
                self._untold[path] = None
        if record:
            record[_FROM] = _here()
        if self._untold:
            record[UNTOLD] = (
                f"what was trained is not kept, because its functions use {', '.join(self._untold)}: nobody "
                f"can tell whether that gives the same next time; {_REMEDY}"
            )
        return record


@contextlib.contextmanager
def reading(*inside: Path) -> Iterator[Reads]:
    """Note what is read meanwhile, but for what stands in the folders `inside`, or among these files."""
    reads = Reads()
    with watching(reads.found, *inside, of_training=True):
        yield reads


def changed(facts: Mapping[str, str]) -> list[str]:
    """Return what is another now than the facts of runs say, by its name."""
    record = of(facts)
    return [name.removeprefix(_READ) for name, value in record.items() if _now(name, value) != value]


def of(facts: Mapping[str, str]) -> Record:
    """Return what was read among the facts of runs."""
    return {
        name: value
        for name, value in facts.items()
        if name in (UNTOLD, _FROM) or name.startswith(_READ + os.sep)
    }


def told(record: Mapping[str, str]) -> list[Told]:
    """Return what a record says was read, as watches are told of it."""
    paths = [name.removeprefix(_READ) for name in record if name.startswith(_READ)]
    found: list[Told] = [("open", path, signature(path)) for path in paths]
    return found + [("what nobody can tell of", "", None)] * (UNTOLD in record)


def together(every: Iterable[Mapping[str, str]]) -> Record:
    """Return what was read for any of several runs, from the facts of each.

    Raises
    ------
    Unrepeatable
        If they read the same file, and it was another one.
    """
    record: Record = {}
    for facts in every:
        for name, value in of(facts).items():
            if record.setdefault(name, value) != value and name != UNTOLD:
                what = name.removeprefix(_READ)
                raise Unrepeatable(f"{what} changed while what reads it was trained; run the same again")
    return record


def _now(name: str, value: str) -> str:
    if name == UNTOLD:
        return value  # whoever wants to keep it asks for that
    return _here() if name == _FROM else _state(name.removeprefix(_READ))


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        return ""


def _state(path: str) -> str:
    """Return what a file or folder is, with a checksum of its content."""
    with unwatched():
        try:
            mode = Path(path).stat().st_mode
            if stat.S_ISDIR(mode):
                names = "\0".join(sorted(one.name for one in Path(path).iterdir()))
                return f"a folder, {hashlib.sha256(os.fsencode(names)).hexdigest()}"
            if not stat.S_ISREG(mode):
                return _NO_FILE
            with Path(path).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"not there, {type(error).__name__}"
