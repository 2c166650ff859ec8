"""Who hands out blocks of seeds: to processes of one's own, to joblib's, or to a Dask cluster.

A claim decides after every block of seeds whether it needs more, so blocks are handed out one by one and
waited for as futures; `joblib.Parallel` would hand out a batch and wait for all of it. Where workers die,
what they had not finished is done again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import replace
from typing import Protocol, cast

from nnspec.basics.errors import InvalidValue, Unrepeatable
from nnspec.machine import reads
from nnspec.recipes.experiment import Experiment, many_at_once
from nnspec.recipes.identity import Key, key_of
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs
from nnspec.training import ENGINES, engine_of
from nnspec.workers.block import Block, NotImportable, importable, packed, train_block
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.process import WorkerDied
from nnspec.workers.watched import together, train

TRIES = 4  # of a block, where a cluster's workers die again and again
TRIES_HERE = 3  # of a block that ends a process of one's own each time
_PER_WORKER = 4  # blocks of an experiment that every worker has at least, so that all end at about one time
_WAITING = 2  # blocks for each worker, counting the one that it trains
_SECONDS_LOST = 10.0


class ClusterLost(InvalidValue):
    """Whoever was to train can no longer be reached, or its workers die again and again."""


class Executor(Protocol):
    """What runs a function in a worker; those of the standard library do, joblib's and Dask's too."""

    def submit(self, function: Callable[[Block], Runs], block: Block, /) -> Future[Runs]:
        """Return the future of what the function returns."""


class Backend(Protocol):
    """Where blocks are trained: `start` gives an executor, which is asked for again when one is broken."""

    name: str
    workers: int

    def start(self) -> Executor:
        """Return an executor that works."""

    def answers(self) -> bool:
        """Return whether work that was handed out can still come back."""

    def close(self) -> None:
        """Give up what is not finished."""


class Workers:
    """Trains recipes on the workers of a backend, which are processes of one's own where none is given."""

    def __init__(self, backend: Backend | None = None) -> None:
        self._backend = backend or OwnProcesses()
        self.number = self._backend.workers
        self._executor = self._backend.start()
        self._ahead: dict[tuple[Key, tuple[int, ...], str], list[tuple[Block, Future[Runs]]]] = {}
        self._travelling: dict[Key, bytes | None] = {}
        self._lost = False

    def train(
        self,
        recipe: Experiment,
        seeds: Sequence[int],
        engine: str,
        progress: Callable[[float], None],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Runs:
        """Return the runs of these seeds, as `nnspec.train` does; what was begun ahead is waited for.

        `meanwhile` is called again and again while somebody waits: it may begin something else.
        Where workers have read a file that is another one here now, it is trained here.

        Raises
        ------
        WorkerDied
            If processes of one's own ended again and again while they trained a block.
        ClusterLost
            If the backend does not answer any more, or a block's workers died too often.
        InvalidValue
            If a worker has other versions than this process, or makes other data.
        """
        parts: list[Runs] = []
        found: Runs | None = None
        try:
            for begun, future in self._begun(recipe, seeds, engine):
                # not the copy that has travelled
                parts.append(replace(self._answer(begun, future, meanwhile), recipe=cast(Recipe, recipe)))
                progress(sum(map(len, parts)))
            found = _as_here(parts)
        except NotImportable:
            pass
        finally:
            self._ahead.pop((key_of(recipe), tuple(seeds), engine), None)
        return train(recipe, seeds, engine, progress) if found is None else found

    def ahead(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> None:
        """Begin to train what will be asked for later."""
        if not self._lost:
            self._begun(recipe, seeds, engine)

    def is_done(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> bool:
        """Return whether what was begun with these seeds has ended, so that `train` need not wait."""
        blocks = self._ahead.get((key_of(recipe), tuple(seeds), engine), [])
        return bool(blocks) and all(future.done() for _, future in blocks)

    def has_room(self) -> bool:
        """Return whether some worker would soon have nothing to do: two blocks for each keep all busy."""
        begun = (future for blocks in self._ahead.values() for _, future in blocks)
        return sum(not future.done() for future in begun) < _WAITING * self.number

    def close(self) -> None:
        """Give up what is not finished."""
        for blocks in self._ahead.values():
            for _, future in blocks:
                future.cancel()
        self._backend.close()

    def _begun(
        self, recipe: Experiment, seeds: Sequence[int], engine: str
    ) -> list[tuple[Block, Future[Runs]]]:
        """Hand out blocks, if they are not yet, and return them; none where the recipe cannot travel."""
        name = key_of(recipe)
        key = name, tuple(seeds), engine
        if key in self._ahead:
            return self._ahead[key]
        if name not in self._travelling:
            self._travelling[name] = importable(recipe)
        if (travelling := self._travelling[name]) is None:
            return []
        pieces = self.number if many_at_once(recipe) else _PER_WORKER * self.number
        size = -(-len(seeds) // pieces)
        if isinstance(recipe, Trainable):
            size = ENGINES[engine_of(recipe, engine)].block_size(recipe)
        parts = (list(seeds[start : start + size]) for start in range(0, len(seeds), size))
        blocks = [packed(recipe, travelling, part, engine, place) for place, part in enumerate(parts)]
        self._ahead[key] = [(one, self._ask(one)) for one in blocks]
        return self._ahead[key]

    def _ask(self, block: Block) -> Future[Runs]:
        try:
            return self._executor.submit(train_block, block)
        except (BrokenExecutor, RuntimeError) as error:  # tried again where the answer is waited for
            failed: Future[Runs] = Future()
            failed.set_exception(error if isinstance(error, BrokenExecutor) else BrokenExecutor(str(error)))
            return failed

    def _answer(self, block: Block, future: Future[Runs], meanwhile: Callable[[], None]) -> Runs:
        for attempt in range(TRIES):
            try:
                return self._waited(future, meanwhile)
            except WorkerDied:
                if attempt == TRIES_HERE - 1 or not self._backend.answers():
                    raise
                future = self._ask(block)
            except (BrokenExecutor, CancelledError):
                if attempt == TRIES - 1 or self._lost or not self._backend.answers():
                    break
                self._executor = self._backend.start()
                future = self._ask(block)
        self._lost = self._lost or not self._backend.answers()
        expected = "workers that finish what they begin" if not self._lost else "a backend that answers"
        remedy = "what was finished is kept: run the same command again when it works"
        raise ClusterLost("backend", self._backend.name, expected, remedy)

    def _waited(self, future: Future[Runs], meanwhile: Callable[[], None]) -> Runs:
        """Wait for an answer for as long as whoever has the block can be reached."""
        silent_since: float | None = None
        while True:
            if not future.done():
                meanwhile()
            try:
                return future.result(timeout=1.0)
            except TimeoutError:
                if future.done():
                    raise
            silent_since = None if self._backend.answers() else silent_since or time.monotonic()
            if self._lost or (silent_since and time.monotonic() - silent_since > _SECONDS_LOST):
                raise CancelledError


def _as_here(parts: Sequence[Runs]) -> Runs | None:
    """Return the runs of all parts; None where there are none, or what they have read is not what is here."""
    if not parts:
        return None
    try:
        runs = together(parts)
    except Unrepeatable:
        if not any(reads.of(part.provenance) for part in parts):
            raise  # they are of two models, whatever they have read
        return None
    return None if reads.changed(runs.provenance) else runs
