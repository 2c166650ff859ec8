"""What a session has trained: runs from memory, from the store, or from the workers, each trained once."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from nnspec.basics.errors import NnspecError
from nnspec.claims.budget import AT_A_TIME
from nnspec.machine import reads
from nnspec.machine.outside import tell_what_trainings_read
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import key_of
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs
from nnspec.session.costs import Costs
from nnspec.session.kept_runs import KeptRuns
from nnspec.session.outcomes import ENGINE, Outcomes
from nnspec.statistics.looks import blocks
from nnspec.store.store import Busy, Store
from nnspec.training import engine_of
from nnspec.workers.pool import Workers
from nnspec.workers.watched import together, train

Progress = Callable[[Experiment, float, int], None]


class StillTraining(NnspecError):
    """Runs of a recipe from these seeds are wanted at once, and would have to be waited for."""

    def __init__(self, recipe: Experiment, seeds: Sequence[int]) -> None:
        super().__init__(f"{recipe} is still being trained")
        self.recipe, self.seeds = recipe, seeds


class TrainedRuns:
    """Trains recipes and experiments with an engine on workers, block by block of seeds, and keeps all of it.

    `number` counts the seeds that were newly trained.
    """

    def __init__(
        self,
        store: Store,
        engine: str,
        progress: Progress,
        workers: Workers,
        outcomes: Outcomes,
        costs: Costs,
    ) -> None:
        self.number = 0
        self._meanwhile: Callable[[], None] = lambda: None
        self._may_wait = True
        self._store, self._engine, self._progress, self._workers = store, engine, progress, workers
        self._outcomes, self._costs = outcomes, costs
        self._kept = KeptRuns()

    def ahead(self, recipes: Iterable[Experiment], seeds: Sequence[int]) -> None:
        """Begin to train the recipes that neither memory nor store has from these seeds."""
        for recipe in recipes:
            if self._is_made_here(recipe):
                continue
            for block in self._blocks(recipe, seeds):
                if not self._has_block(recipe, block, self._engine):
                    self._workers.ahead(recipe, block, self._engine)

    def runs(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        """Return the runs of these seeds; `engine` is another one than the session's.

        Raises
        ------
        StillTraining
            Within `what_is_there`, if they would have to be waited for.
        """
        if not self._may_wait and not self.is_there(recipe, seeds):
            raise StillTraining(recipe, seeds)
        blocks = self._blocks(recipe, seeds)
        found = together([self._block(recipe, block, engine or self._engine) for block in blocks])
        tell_what_trainings_read(reads.of(found.provenance))
        return found

    def has(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> bool:
        """Return whether memory or store has the runs of these seeds, so that nothing need be trained."""
        blocks = self._blocks(recipe, seeds)
        return all(self._has_block(recipe, block, engine or self._engine) for block in blocks)

    def is_there(self, recipe: Experiment, seeds: Sequence[int]) -> bool:
        """Return whether the runs of these seeds need not be waited for: kept, or trained by the workers."""
        return all(
            self._has_block(recipe, block, self._engine) or self._workers.is_done(recipe, block, self._engine)
            for block in self._blocks(recipe, seeds)
        )

    @contextlib.contextmanager
    def going_on(self, meanwhile: Callable[[], None]) -> Iterator[None]:
        """Call this again and again while a block is waited for: it may begin other blocks."""
        self._meanwhile = meanwhile
        try:
            yield
        finally:
            self._meanwhile = lambda: None

    @contextlib.contextmanager
    def what_is_there(self) -> Iterator[None]:
        """Wait for nothing, neither for workers nor for another process that trains the same."""
        self._may_wait = False
        try:
            yield
        finally:
            self._may_wait = True

    def _is_made_here(self, recipe: Experiment) -> bool:
        return not isinstance(recipe, Trainable) and not self._outcomes.are_spread(recipe)

    def _has_block(self, recipe: Experiment, block: Sequence[int], engine: str) -> bool:
        runs = self._kept.get((key_of(recipe), tuple(block), engine))
        is_kept = runs is not None and not reads.changed(runs.provenance)
        return is_kept or self._store.has(recipe, block, _kept_under(recipe, engine))

    def _blocks(self, recipe: Experiment, seeds: Sequence[int]) -> list[Sequence[int]]:
        sizes = blocks(len(seeds), AT_A_TIME[self._costs.level(recipe)]) if seeds else []
        return [seeds[start:end] for start, end in itertools.pairwise(itertools.accumulate(sizes, initial=0))]

    def _block(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> Runs:
        key = key_of(recipe), tuple(seeds), engine
        runs = self._kept.get(key)
        if runs is None or reads.changed(runs.provenance):
            runs = self._found_or_trained(recipe, seeds, engine)
            self._kept.keep(key, runs, elsewhere=not self._store.problem)
        return runs

    def _found_or_trained(self, recipe: Experiment, seeds: Sequence[int], engine: str) -> Runs:
        here = self._is_made_here(recipe)
        if here and self._outcomes.first(recipe).seeds.tolist() == list(seeds):
            self.number += len(seeds) * self._outcomes.is_new(recipe)
            return self._outcomes.first(recipe)

        def told(done: float) -> None:
            if self._may_wait:  # else it is not what somebody waits for
                self._progress(recipe, done, len(seeds))

        def trained() -> Runs:
            told(0.0)
            if here:
                runs = train(recipe, seeds, engine, told)
            else:
                runs = self._workers.train(recipe, seeds, engine, told, self._meanwhile)
            self.number += len(seeds)
            return runs if isinstance(recipe, Trainable) else self._outcomes.check(runs, recipe)

        if here and not self._outcomes.are_kept(recipe):
            return trained()
        try:
            under = _kept_under(recipe, engine)
            return self._store.runs(recipe, seeds, under, trained, wait=self._may_wait)[0]
        except Busy:
            raise StillTraining(recipe, seeds) from None


def _kept_under(recipe: Experiment, engine: str) -> str:
    """Return under which engine the store keeps runs."""
    return engine_of(recipe, engine) if isinstance(recipe, Trainable) else ENGINE
