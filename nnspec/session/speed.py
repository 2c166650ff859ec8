"""By what factor training takes longer than expected, learned block by block while a time is shared out."""

from __future__ import annotations

from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Judgement
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.session.plan import arms


class Speed:
    """Follows how long the blocks of one claim, or of many, take; `factor` is 1 before one is known.

    What an earlier run trained tells the speed of that run and is left out. So is the first block of a
    `KerasRecipe`, whose seconds are mostly those of compiling.
    """

    def __init__(self) -> None:
        self._trained = self._expected = 0.0  # seconds of a core

    @property
    def factor(self) -> float:
        """By what seeds took longer than was expected."""
        return self._trained / self._expected if self._expected else 1.0

    @property
    def is_known(self) -> bool:
        """Whether a block was measured."""
        return self._expected > 0

    def add(self, trained: float, expected: float) -> None:
        """Note that a block took so many seconds of a core, and how many were expected."""
        self._trained += trained
        self._expected += expected


class Speeds:
    """Knows the speed of every kind of experiments: wrong estimates of one say nothing of others.

    Recipes, those with a function and every class of one's own are kinds.
    """

    def __init__(self) -> None:
        self._of: dict[frozenset[type], Speed] = {}

    def of(self, claim: Claim) -> Speed:
        """Return the speed of the kinds that a claim trains."""
        return self._of.setdefault(frozenset(map(type, arms(claim))), Speed())


def measured(before: tuple[int, float], after: Judgement) -> tuple[int, float]:
    """Return how many seeds the last block of a claim had and the seconds of a core that they took.

    `before` are the seeds and seconds of all blocks before it. There are no seeds where nothing was learned.
    """
    claim = after.claim
    seeds, seconds = len(after.evidence.answers) - before[0], after.seconds - before[1]
    compiled = not before[0] and any(isinstance(one, KerasRecipe) for one in arms(claim))
    return (0, 0.0) if compiled or not seeds else (seeds, seconds)
