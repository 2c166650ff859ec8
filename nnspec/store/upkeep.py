"""Upkeep of the store: what it holds, whether all of it is whole, and removing what is not needed.

Only files of the names that the store gives are looked at or removed, whatever else the folder holds.
What was used last is told by a file's time of modification, which reading an entry renews; a clock that
goes backwards changes what is removed first and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from nnspec.store.entry import DamagedEntry, Facts, facts_of, verified
from nnspec.store.shown_entry import SHOWN, read_shown

_ENTRY = re.compile(r"[0-9a-f]{40}\.(npz|json)", re.ASCII)
_LEFT_OVER = re.compile(r"([0-9a-f]{40})(-\w+\.partial|\.lock)", re.ASCII)


@dataclass(frozen=True)
class StoredEntry:
    """A file of the store: its size in bytes, when it was used last, and what it says of itself.

    `problem` says why it cannot be used; its facts are then None.
    """

    path: Path
    size: int
    used: float
    facts: Facts | None
    problem: str = ""


def survey(folder: Path, *, whole: bool = False) -> list[StoredEntry]:
    """Return all entries of a folder, those used last first; with `whole` every array is verified."""
    found = []
    for path, size, used in _entries(folder):
        facts, problem = None, ""
        try:
            if path.suffix == SHOWN:
                facts = read_shown(path)[0]
            else:
                facts = verified(path)[0] if whole else facts_of(path)
        except DamagedEntry as error:
            problem = str(error)
        found.append(StoredEntry(path, size, used, facts, problem))
    return found


def used(path: Path) -> None:
    """Note that an entry was used now; that another process may have removed it does not matter."""
    with contextlib.suppress(OSError):
        os.utime(path)


def remove(folder: Path, unwanted: Callable[[StoredEntry], bool]) -> tuple[int, int]:
    """Remove the entries that are not wanted and what interrupted writers left; return how many, and bytes.

    An entry that is being written, or waited for, is left alone.
    """
    number, size = 0, 0
    for entry in survey(folder):
        if unwanted(entry):
            entry.path.unlink(missing_ok=True)
            number, size = number + 1, size + entry.size
    _remove_left_overs(folder)
    return number, size


def bound(folder: Path, most: int, keep: Path | None = None) -> int:
    """Remove the entries that were used longest ago until `most` bytes are left; return how many.

    `keep` is left in any case.
    """
    entries, number = list(_entries(folder)), 0
    total = sum(size for _, size, _ in entries)
    for path, size, _ in reversed(entries):
        if total <= most:
            break
        if path != keep:
            path.unlink(missing_ok=True)
            total, number = total - size, number + 1
    return number


def remove_partial(folder: Path, name: str) -> None:
    """Remove what interrupted writers of an entry left, for whoever holds its lock."""
    for path in folder.glob(f"{name}-*.partial"):
        path.unlink(missing_ok=True)


def _remove_left_overs(folder: Path) -> None:
    names = {match[1] for path in _listed(folder) if (match := _LEFT_OVER.fullmatch(path.name))}
    for name in sorted(names):
        lock = folder / f"{name}.lock"
        with contextlib.suppress(Timeout, OSError), FileLock(lock, timeout=0):
            remove_partial(folder, name)
            if not (folder / f"{name}.npz").exists():
                lock.unlink(missing_ok=True)


def _entries(folder: Path) -> Iterator[tuple[Path, int, float]]:
    """Yield path, size and time of the entries, those used last first."""
    found = []
    for path in _listed(folder):
        if _ENTRY.fullmatch(path.name):
            with contextlib.suppress(OSError):  # another process may remove it at any time
                status = path.stat(follow_symlinks=False)
                found.append((path, status.st_size, status.st_mtime))
    yield from sorted(found, key=lambda entry: (-entry[2], entry[0]))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
