"""Runs that a session keeps in memory: those that were used last, for the store has all of them."""

from __future__ import annotations

from collections import OrderedDict

from nnspec.recipes.identity import Key
from nnspec.runs.runs import Runs

Name = tuple[Key, tuple[int, ...], str]
MOST_BYTES = 2**28  # a quarter of a gigabyte: thousands of blocks of small networks, dozens of large ones


class KeptRuns:
    """Blocks of runs by recipe, seeds and engine, at most `most_bytes` of them, but the last in any case."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._runs: OrderedDict[Name, Runs] = OrderedDict()

    def __contains__(self, name: Name) -> bool:
        return name in self._runs

    def get(self, name: Name) -> Runs | None:
        """Return the runs of this name, None where they are not kept."""
        runs = self._runs.get(name)
        if runs is not None:
            self._runs.move_to_end(name)
        return runs

    def keep(self, name: Name, runs: Runs, *, elsewhere: bool) -> None:
        """Keep runs, and let go of those that were used longest ago where there are too many.

        Nothing is let go unless runs are kept `elsewhere`, too: they would have to be trained again.
        """
        before = self._runs.pop(name, None)
        self._runs[name] = runs
        self._bytes += _size(runs) - (_size(before) if before else 0)
        while elsewhere and self._bytes > self._most and len(self._runs) > 1:
            _, gone = self._runs.popitem(last=False)
            self._bytes -= _size(gone)


def _size(runs: Runs) -> int:
    return sum(array.nbytes for array in (*runs.history.values(), *runs.metrics.values(), *runs.weights))
