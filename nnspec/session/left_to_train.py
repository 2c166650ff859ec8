"""Which share of the work for seeds of a claim is still to be done: what an earlier run trained is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nnspec.claims.declarations import Claim
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import Key, key_of
from nnspec.session.plan import Plan, arms

Seconds = Callable[[Experiment], float]
Has = Callable[[Experiment, Sequence[int]], bool]


class LeftToTrain:
    """Knows of the blocks of arms whether they are there; `has` is asked once, and anew after training.

    `seconds` tells what a seed of an arm costs. Names of arms are kept too: they hash the author's code.
    """

    def __init__(self, has: Has, seconds: Seconds) -> None:
        self._has, self._seconds = has, seconds
        self._arms: dict[int, dict[Key, Experiment]] = {}  # by the id() of a claim, which its plan keeps
        self._is_there: dict[tuple[Key, int, int], bool] = {}

    def share(self, planned: Plan, seeds: Sequence[int]) -> float:
        """Return the share of the work for these seeds of a claim, 0 where all are there, 1 where none is."""
        left = [
            one for key, one in self._arms_of(planned.claim).items() if not self._is_known(key, one, seeds)
        ]
        return sum(map(self._seconds, left)) / planned.cost

    def trained(self, planned: Plan) -> None:
        """Ask anew about the arms of a claim, of which a block was trained."""
        new = self._arms_of(planned.claim)
        self._is_there = {name: there for name, there in self._is_there.items() if name[0] not in new}

    def _is_known(self, key: Key, arm: Experiment, seeds: Sequence[int]) -> bool:
        name = key, seeds[0], seeds[-1]
        if name not in self._is_there:
            self._is_there[name] = self._has(arm, seeds)
        return self._is_there[name]

    def _arms_of(self, claim: Claim) -> dict[Key, Experiment]:
        if id(claim) not in self._arms:
            self._arms[id(claim)] = {key_of(one): one for one in arms(claim)}
        return self._arms[id(claim)]
