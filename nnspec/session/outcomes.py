"""What an outcome of an experiment costs: nobody knows beforehand, so the first one is measured, and kept.

It is measured twice, which also tells an experiment that does not draw from its seed. Of one that makes many
outcomes at once as many are measured as will be asked for together.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnspec.basics.errors import Unrepeatable
from nnspec.machine import reads
from nnspec.machine.process import one_thread
from nnspec.recipes.experiment import Experiment, many_at_once
from nnspec.recipes.identity import Key, key_of
from nnspec.runs.runs import Runs
from nnspec.store.store import Store
from nnspec.workers.watched import train

ENGINE = "outcome"  # under which the store keeps experiments
_KEPT = 5e-4  # seconds from which a block of 64 is read faster than repeated
_SPREAD = 5e-3  # and from which a block is worth sending to another process
_SPREAD_TOGETHER = 5e-2  # likewise of many at once, which lose in pieces what they share


class Outcomes:
    """Measures experiments on the first of these seeds and knows them from then on.

    The store keeps what took time. `spent` are the seconds that measuring has taken.
    """

    def __init__(self, store: Store, seeds: Sequence[int]) -> None:
        self._store = store
        self._seeds = list(seeds)
        self._first: dict[Key, Runs] = {}
        self._told: set[Key] = set()
        self._new: set[Key] = set()
        self.spent = 0.0

    def seconds(self, experiment: Experiment) -> float:
        """Return the seconds that one outcome takes on a core, of many at once its share.

        Raises
        ------
        Unrepeatable
            If the same seed has another outcome the second time.
        """
        first = self.first(experiment)
        return first.seconds / len(first)

    def new_seconds(self, experiment: Experiment) -> float:
        """Return the same the first time that it is asked for, then 0: what is known is not repeated."""
        name = key_of(experiment)
        new = name not in self._told
        self._told.add(name)
        return self.seconds(experiment) if new else 0.0

    def first(self, experiment: Experiment) -> Runs:
        """Return the outcomes that were measured; errors as in `seconds`."""
        name = key_of(experiment)
        if name not in self._first or reads.changed(self._first[name].provenance):
            self._first[name] = self._kept_or_measured(experiment)
        return self._first[name]

    def is_new(self, experiment: Experiment) -> bool:
        """Return whether the first outcomes were made by this run, and not found in the store."""
        return key_of(experiment) in self._new

    def are_kept(self, experiment: Experiment) -> bool:
        """Return whether outcomes are kept because reading them is faster than repeating them."""
        return self.seconds(experiment) >= _KEPT

    def are_spread(self, experiment: Experiment) -> bool:
        """Return whether an outcome takes long enough to be worth the way to another process."""
        return self.seconds(experiment) >= (_SPREAD_TOGETHER if many_at_once(experiment) else _SPREAD)

    def check(self, runs: Runs, experiment: Experiment) -> Runs:
        """Return runs of an experiment, refused if the measured seed has another outcome in them.

        Nothing is compared where this process has TensorFlow, with threads that workers do not have.

        Raises
        ------
        Unrepeatable
            If it has.
        """
        first = self.first(experiment)
        if "tensorflow" not in sys.modules:
            both, here, there = np.intersect1d(first.seeds, runs.seeds, return_indices=True)
            if len(both):
                self._compare(experiment, first.select(here), runs.select(there))
        return runs

    def _kept_or_measured(self, experiment: Experiment) -> Runs:
        seeds = self._seeds if many_at_once(experiment) else self._seeds[:1]
        if self._store.has(experiment, seeds, ENGINE):
            return self._store.runs(experiment, seeds, ENGINE, lambda: self._measured(experiment, seeds))[0]
        runs = self._measured(experiment, seeds)
        if runs.seconds >= _KEPT * len(seeds):
            self._store.runs(experiment, seeds, ENGINE, lambda: runs)
        return runs

    def _measured(self, experiment: Experiment, seeds: list[int]) -> Runs:
        self._new.add(key_of(experiment))
        one_thread()  # as the workers
        started = time.perf_counter()
        first, again = (train(experiment, seeds) for _ in range(2))
        self.spent += time.perf_counter() - started
        self._compare(experiment, first, again)
        # the first one may have imported a library
        return replace(again, seconds=min(first.seconds, again.seconds))

    def _compare(self, experiment: Experiment, first: Runs, again: Runs) -> None:
        same = first.metrics.keys() == again.metrics.keys() and all(
            np.array_equal(values, again.metrics[name], equal_nan=True)
            for name, values in first.metrics.items()
        )
        if not same:
            name = f"{type(experiment).__name__}().outcome({first.seeds[0]})"
            raise Unrepeatable(f"{name} gives other numbers each time; draw them from the seed")
