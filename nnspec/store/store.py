"""The store: runs on disk under a content hash of everything that can change them."""

from __future__ import annotations

import contextlib
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.basics.size import parse_size
from nnspec.machine import reads
from nnspec.machine.versions import library_versions
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import identity
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs
from nnspec.store import entry as store_entry
from nnspec.store import upkeep as store_upkeep
from nnspec.store.shown import installed
from nnspec.training import with_forward
from nnspec.training.version import engine_version, models_version, package_version

SCHEMA = store_entry.SCHEMA
LIMIT = "10GB"  # the whole specification over the full budget takes a part of it


def default_folder() -> Path:
    """Return the folder of the store: NNSPEC_STORE, else the user's cache folder."""
    import platformdirs

    chosen = os.environ.get("NNSPEC_STORE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("nnspec")) / "runs"


def default_limit() -> int:
    """Return how many bytes the store may take: NNSPEC_STORE_LIMIT, else ten gigabytes."""
    return parse_size("NNSPEC_STORE_LIMIT", os.environ.get("NNSPEC_STORE_LIMIT") or LIMIT)


class Busy(NnspecError):
    """Another process trains these runs now."""


class Store:
    """Keeps runs in `folder` and trains only what is not there.

    An entry that cannot be read, or that is not what its name says, counts as absent and is
    replaced. Entries are written to a temporary file first, so a reader sees all of one or nothing;
    a lock per entry makes parallel processes train it once. Where the entries take more than `limit`
    bytes, those that were used longest ago are removed. Runs that cannot be written, on a full disk
    for example, are returned all the same, and `problem` says why they were not kept.

    Raises
    ------
    InvalidValue
        If the folder cannot be made or written to.
    """

    def __init__(self, folder: Path | None = None, limit: int | None = None) -> None:
        self.folder = folder or default_folder()
        self.limit = default_limit() if limit is None else limit
        self.problem = ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            remedy = f"{error.strerror}; set NNSPEC_STORE to a folder that can be written"
            raise InvalidValue("store", str(self.folder), "a folder that can be written", remedy) from None

    def runs(
        self,
        recipe: Experiment,
        seeds: Sequence[int],
        engine: str,
        train: Callable[[], Runs],
        *,
        wait: bool = True,
    ) -> tuple[Runs, bool]:
        """Return the runs of these seeds and whether they were there already; train and keep them if not.

        Raises
        ------
        Busy
            If another process trains them now, and there is no time to `wait` for it.
        """
        made_of = _made_of(recipe, seeds, engine)
        path = self._path(made_of)
        found = _read(path, recipe, seeds)
        if found is not None:
            return found, True
        with _locked(path.with_suffix(".lock"), wait=wait):
            found = _read(path, recipe, seeds)
            if found is not None:
                return found, True
            runs = train()
            self._keep(path, runs, made_of)
            return runs, False

    def has(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> bool:
        """Return whether there is an entry for these seeds; whether it is whole shows when it is read.

        Where functions have read files, these have to be as they were.
        """
        path = self._path(_made_of(recipe, seeds, engine))
        if type(recipe) is Recipe or not path.exists():
            return path.exists()
        try:
            return not reads.changed(store_entry.facts_of(path)["provenance"])
        except store_entry.DamagedEntry:
            return False

    def _path(self, made_of: store_entry.Facts) -> Path:
        return self.folder / f"{store_entry.entry_name(made_of)}.npz"

    def _keep(self, path: Path, runs: Runs, made_of: store_entry.Facts) -> None:
        if why := _why_not_kept(runs):
            self.problem = why
            return
        try:
            store_upkeep.remove_partial(self.folder, path.stem)
            store_entry.write(path, runs, made_of)
            store_upkeep.bound(self.folder, self.limit, keep=path)
        except OSError as error:
            self.problem = (
                f"runs were not kept in {self.folder}: {error.strerror or error}; what was trained is used, "
                "and trained again next time; make room, or set NNSPEC_STORE to another folder"
            )


def is_current(facts: store_entry.Facts) -> bool:
    """Return whether an entry is of the versions, the engine's and the libraries', that are installed."""
    made_of = facts["made_of"]
    if "shown" in made_of:
        return all(made_of[name] == value for name, value in installed().items())
    versions = made_of["engine"][1], made_of["libraries"], made_of["machine"]
    models = made_of.get("models", models_version())
    return bool(
        versions == (engine_version(), library_versions(), platform.machine()) and models == models_version()
    )


@contextlib.contextmanager
def _locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold a lock, where the disk has room for one; without it two processes may train the same."""
    lock = FileLock(path)
    try:
        lock.acquire(blocking=wait)
    except Timeout:
        raise Busy from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _made_of(recipe: Experiment, seeds: Sequence[int], engine: str) -> dict[str, Any]:
    """Return all that can change the runs; precision and block size are the engine's own, by recipe.

    The author's code counts where it is what is repeated; of a recipe there is none but for its data.
    """
    content, code, data = identity(recipe)
    called = {} if isinstance(recipe, Trainable) else {"nnspec": package_version()}
    if isinstance(recipe, KerasRecipe):
        called = {"models": models_version()}
    return {
        "schema": SCHEMA,
        "recipe": content,
        "data": data[0] if len(data) == 1 else list(data),
        **({"code": code} if code else {}),
        **called,
        "seeds": [int(seed) for seed in seeds],
        "engine": [engine, engine_version()],
        "libraries": library_versions(),
        "machine": platform.machine(),
    }


def _read(path: Path, recipe: Experiment, seeds: Sequence[int]) -> Runs | None:
    """Return the entry, or None if it is absent, damaged, of other seeds, or files are not as they were."""
    try:
        found = store_entry.read(path, recipe, seeds)
    except store_entry.DamagedEntry:
        return None
    if reads.changed(found.provenance):
        return None
    store_upkeep.used(path)
    return with_forward(found)


def _why_not_kept(runs: Runs) -> str:
    """Return why nobody can tell later whether training would give these runs, empty where one can."""
    if reads.UNTOLD in runs.provenance:
        return f"{runs.recipe}: {runs.provenance[reads.UNTOLD]}"
    changed = ", ".join(reads.changed(runs.provenance))
    why = f"{runs.recipe}: what was trained is not kept, because {changed} changed meanwhile; run it again"
    return why if changed else ""
