"""The store: runs on disk under a content hash of everything that can change them."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from nnspec.errors import InvalidValue
from nnspec.recipe import Recipe
from nnspec.training.runs import Runs

SCHEMA = 1
_LIBRARIES = ("keras", "numpy", "scikit-learn", "tensorflow")


def default_folder() -> Path:
    """Return the folder of the store: NNSPEC_STORE, else the user's cache folder."""
    import platformdirs

    chosen = os.environ.get("NNSPEC_STORE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("nnspec")) / "runs"


class Store:
    """Keeps runs in `folder` and trains only what is not there.

    An entry that cannot be read, or that is not what its name says, counts as absent and is
    replaced. Entries are written to a temporary file first, so a reader sees all of one or nothing;
    a lock per entry makes parallel processes train it once.

    Raises
    ------
    InvalidValue
        If the folder cannot be made or written to.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            remedy = f"{error.strerror}; set NNSPEC_STORE to a folder that can be written"
            raise InvalidValue("store", str(self.folder), "a folder that can be written", remedy) from None

    def runs(
        self, recipe: Recipe, seeds: Sequence[int], engine: str, train: Callable[[], Runs]
    ) -> tuple[Runs, bool]:
        """Return the runs of these seeds and whether they were there already; train and keep them if not."""
        path = self.folder / f"{_key(recipe, seeds, engine)}.npz"
        found = _read(path, recipe, seeds)
        if found is not None:
            return found, True
        with FileLock(path.with_suffix(".lock")):
            found = _read(path, recipe, seeds)
            if found is not None:
                return found, True
            runs = train()
            _write(path, runs)
            return runs, False

    def has(self, recipe: Recipe, seeds: Sequence[int], engine: str) -> bool:
        """Return whether there is an entry for these seeds; whether it is whole shows when it is read."""
        return (self.folder / f"{_key(recipe, seeds, engine)}.npz").exists()


@functools.cache
def engine_version() -> str:
    """Return a hash of the source files that training goes through, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@functools.cache
def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that results depend on, without importing them."""
    return {name: metadata.version(name) for name in _LIBRARIES}


def _key(recipe: Recipe, seeds: Sequence[int], engine: str) -> str:
    facts = {
        "schema": SCHEMA,
        "recipe": recipe.content_hash,
        "data": recipe.data.arrays().checksum(),
        "seeds": [int(seed) for seed in seeds],
        "engine": [engine, engine_version()],
        "libraries": library_versions(),
        "machine": platform.machine(),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:40]


def _write(path: Path, runs: Runs) -> None:
    arrays: dict[str, NDArray[Any]] = {"seeds": runs.seeds}
    arrays |= {f"history/{name}": values for name, values in runs.history.items()}
    arrays |= {f"metrics/{name}": values for name, values in runs.metrics.items()}
    arrays |= {f"weights/{index:03}": values for index, values in enumerate(runs.weights)}
    # the archive's own directory has no checksum, so a flipped bit in it can lose arrays unnoticed
    facts = {"schema": SCHEMA, "arrays": sorted(arrays), "seconds": runs.seconds}
    facts["provenance"] = dict(runs.provenance)
    arrays["facts"] = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".partial", delete=False) as file:
        temporary = Path(file.name)
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def _read(path: Path, recipe: Recipe, seeds: Sequence[int]) -> Runs | None:
    """Return the entry, or None if it is absent, damaged or not of these seeds."""
    try:
        # opened here, because np.load leaves a damaged archive open
        with path.open("rb") as file, np.load(file, allow_pickle=False) as entry:
            arrays = {name: entry[name] for name in entry.files}  # reading checks each member's CRC
        facts = json.loads(arrays.pop("facts").tobytes())
        if facts["schema"] != SCHEMA or facts["arrays"] != sorted(arrays):
            return None
        found = Runs(
            recipe=recipe,
            seeds=arrays.pop("seeds"),
            history=_group(arrays, "history/"),
            metrics=_group(arrays, "metrics/"),
            weights=tuple(_group(arrays, "weights/").values()),
            provenance=facts["provenance"],
            seconds=float(facts["seconds"]),
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, zipfile.BadZipFile):
        return None
    complete = all(len(a) == len(found) for a in arrays.values())
    same = np.array_equal(found.seeds, np.asarray(seeds))
    return found if complete and same else None


def _group(arrays: dict[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): a for name, a in sorted(arrays.items()) if name.startswith(prefix)}
