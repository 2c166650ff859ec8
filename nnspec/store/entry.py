"""An entry of the store: runs in one .npz file without pickles, written whole and read back verified.

Beside the arrays it holds `facts`, JSON with the schema, what the entry was made of (its name is the hash
of that), the arrays with their dtypes and shapes, and a SHA-256 of all this and of every array's bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.array_files import UNREADABLE, checksum
from nnspec.basics.errors import NnspecError
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

SCHEMA = 2
Facts = Mapping[str, Any]
Arrays = dict[str, NDArray[Any]]
_OVERHEAD = 1024  # bytes that the header of an array with a plain dtype takes at most, and then some


class DamagedEntry(NnspecError):
    """A file of the store that does not hold what its name says."""


def entry_name(made_of: Facts) -> str:
    """Return the name of the entry that is made of these facts, 40 hexadecimal digits."""
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:40]


def write(path: Path, runs: Runs, made_of: Facts) -> None:
    """Write runs to `path`, whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written, for lack of space for example; then nothing is left behind.
    """
    arrays: Arrays = {"seeds": runs.seeds}
    arrays |= {f"history/{name}": values for name, values in runs.history.items()}
    arrays |= {f"metrics/{name}": values for name, values in runs.metrics.items()}
    arrays |= {f"weights/{index:03}": values for index, values in enumerate(runs.weights)}
    facts: dict[str, Any] = {"schema": SCHEMA, "made_of": made_of, "recipe": str(runs.recipe)}
    facts |= {"arrays": _described(arrays), "seconds": runs.seconds, "provenance": dict(runs.provenance)}
    facts["checksum"] = _checksum(facts, arrays)
    told = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    # named after the entry, whose lock whoever writes it holds: without that lock it is a left-over
    prefix = f"{path.stem}-"
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=prefix, suffix=".partial", delete=False) as file:
        temporary = Path(file.name)
        try:
            np.savez(file, allow_pickle=False, facts=told, **arrays)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def read(path: Path, recipe: Experiment, seeds: Sequence[int]) -> Runs:
    """Return the runs of an entry, verified.

    Raises
    ------
    DamagedEntry
        If there is no such file, or it holds anything else than runs of these seeds.
    """
    facts, arrays = verified(path)
    found = Runs(
        recipe=cast(Recipe, recipe),
        seeds=arrays.pop("seeds"),
        history=_group(arrays, "history/"),
        metrics=_group(arrays, "metrics/"),
        weights=tuple(_group(arrays, "weights/").values()),
        provenance=facts["provenance"],
        seconds=float(facts["seconds"]),
    )
    if not np.array_equal(found.seeds, np.asarray(seeds)):
        raise DamagedEntry("it holds other seeds")
    return found


def verified(path: Path) -> tuple[Facts, Arrays]:
    """Return facts and arrays of an entry after all of it has been checked.

    Raises
    ------
    DamagedEntry
        If it cannot be read, or if schema, name, arrays, shapes or checksum are not the right ones.
    """
    return _opened(path, whole=True)


def facts_of(path: Path) -> Facts:
    """Return what an entry says of itself, without reading its arrays.

    Raises
    ------
    DamagedEntry
        If it does not say so.
    """
    return _opened(path, whole=False)[0]


def _opened(path: Path, *, whole: bool) -> tuple[Facts, Arrays]:
    try:
        # opened here, because np.load leaves a damaged archive open
        with path.open("rb") as file:
            _check_sizes(file)
            with np.load(file, allow_pickle=False) as entry:
                arrays: Arrays = {name: entry[name] for name in (entry.files if whole else ["facts"])}
        facts = json.loads(arrays.pop("facts").tobytes())
        if facts["schema"] != SCHEMA:
            raise DamagedEntry(f"schema {facts['schema']}, expected {SCHEMA}")
        if entry_name(facts["made_of"]) != path.stem:
            raise DamagedEntry("what it was made of gives another name")
        if whole:
            _check(facts, arrays)
    except UNREADABLE as error:
        raise DamagedEntry(" ".join(str(error).split()) or type(error).__name__) from error
    return dict(facts), arrays


def _check(facts: Facts, arrays: Arrays) -> None:
    if facts["arrays"] != _described(arrays):
        raise DamagedEntry("it holds other arrays than it says")
    if any(array.ndim == 0 or len(array) != len(arrays["seeds"]) for array in arrays.values()):
        raise DamagedEntry("its arrays are of different numbers of seeds")
    if facts["checksum"] != _checksum({k: v for k, v in facts.items() if k != "checksum"}, arrays):
        raise DamagedEntry("its checksum is another one")


def _check_sizes(file: BinaryIO) -> None:
    """Refuse an archive whose parts unpack to more than the file has, before anything is unpacked."""
    size = file.seek(0, os.SEEK_END)
    members = zipfile.ZipFile(file).infolist()
    if sum(member.file_size for member in members) > size + _OVERHEAD:
        raise DamagedEntry("its parts are larger than the file")
    file.seek(0)


def _described(arrays: Arrays) -> dict[str, list[Any]]:
    return {name: [array.dtype.str, list(array.shape)] for name, array in sorted(arrays.items())}


def _checksum(facts: Facts, arrays: Arrays) -> str:
    told = json.dumps(facts, sort_keys=True).encode()
    return hashlib.sha256(told + checksum(arrays).encode()).hexdigest()


def _group(arrays: Arrays, prefix: str) -> Arrays:
    return {name.removeprefix(prefix): a for name, a in sorted(arrays.items()) if name.startswith(prefix)}
