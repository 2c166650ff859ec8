"""The face of an engine: all that is known of one outside of its own folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nnspec.basics.errors import NnspecError
from nnspec.runs.runs import Forward, Runs, dense_forward


class NotTrained(NnspecError):
    """The reason why an engine cannot train a recipe, which then goes to `model.fit`, seed by seed."""


@dataclass(frozen=True)
class Engine:
    """What trains recipes; every field is a function, and all but `train` have a default.

    train : from a recipe, seeds and `progress`, which is called with the number of seeds done, to the runs of
        these seeds in their order. What one seed gives depends on nothing but the recipe and the seed. It
        may raise `NotTrained` with what only building the model tells.
    why_not : why the engine cannot train a recipe, None where it can.
    block_size : how many seeds of a recipe it trains together.
    home : a number that recipes have in common which are best trained by the same process.
    programs : how many compiled programs it keeps in this process until the process ends.
    forward : from a recipe, its weights (seeds, …) and x (examples, …) to outputs (seeds, examples, outputs).
        It travels with the runs, so it must be one that pickle knows by its name.
    """

    train: Callable[[Any, Sequence[int], Callable[[float], None]], Runs]
    why_not: Callable[[Any], str | None] = lambda recipe: None
    block_size: Callable[[Any], int] = lambda recipe: 1
    home: Callable[[Any], int] = lambda recipe: hash(recipe.content_hash)
    programs: Callable[[], int] = lambda: 0
    forward: Forward = dense_forward
