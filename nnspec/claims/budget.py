"""Budgets: how many seeds a verdict may use, and which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.runs.seeds import check_seeds

# seeds a verdict, by what one costs: little, a tenth of a second, seconds; "checks" is for a plain pytest run
SEEDS = {"quick": (64, 64, 8), "checks": (512, 32, 2), "standard": (512, 512, 48), "full": (1024, 1024, 128)}
# what is only told has no verdict that more seeds would reach
TOLD = {**SEEDS, "standard": (512, 256, 24)}
# budgets under which a claim whose seeds all say yes is decided, whatever they cost, if so many are enough
DECIDING, MOST = ("standard", "full"), 1024
LISTED = ", ".join(f"{name} = {low}, {medium}, {high}" for name, (low, medium, high) in SEEDS.items())
AT_A_TIME = (64, 64, 8)  # seeds are added in such blocks, and after each a verdict is asked for
TOO_FEW = "too few seeds; --budget standard uses more"  # of a claim that they leave open
FEWER = "{seeds} seeds of this budget cannot decide it even if all say the same; --budget standard uses more"
_FORM = "a number of seeds such as 128, a range such as 256-511, or a list such as 4,11 (one seed: 4,)"


@dataclass(frozen=True)
class Budget:
    """The seeds that a verdict may use, in their order, and the name of the budget they come from.

    `limits` are how many of them are for each level of cost, see `nnspec.training.cost`, and `told` how many
    where no verdict is asked for.
    """

    name: str
    seeds: tuple[int, ...]
    limits: tuple[int, int, int]
    told: tuple[int, int, int]

    @property
    def is_small(self) -> bool:
        """Whether it is one of those by name that leave out what they cannot decide."""
        return self.name in SEEDS and self.name not in DECIDING

    def seeds_for(self, level: int, reading: str = "general", fewest: int = 0) -> tuple[int, ...]:
        """Return the seeds for a verdict on experiments of this level of cost, 0, 1 or 2.

        Budgets that are to decide give at least the `fewest` seeds that a verdict takes.
        """
        limit = (self.limits if reading == "general" else self.told)[level]
        return self.seeds[: max(limit, fewest) if self.name in DECIDING else limit]

    def may_leave_undecided(self, level: int) -> bool:
        """Whether an undecided claim is what one must expect, because the seeds are few."""
        return len(self.seeds_for(level)) < SEEDS["standard"][level]


def parse(name: str, seeds: str | None) -> Budget:
    """Return the budget of this name, or the one that `seeds` spells out.

    Raises
    ------
    InvalidValue
        If there is no such budget or `seeds` is none of the accepted forms.
    """
    one_of("budget", name, SEEDS)
    if seeds is None:
        limits = SEEDS[name]
        return Budget(name, tuple(range(MOST if name in DECIDING else max(limits))), limits, TOLD[name])
    text = re.sub(r"\s*([,-])\s*", r"\1", seeds.strip())
    if re.fullmatch(r"[0-9]{1,7}", text):
        chosen: list[int] = list(range(int(text)))
    elif match := re.fullmatch(r"([0-9]{1,10})-([0-9]{1,10})", text):
        chosen = list(range(int(match[1]), min(int(match[2]), int(match[1]) + 10**7) + 1))
    elif re.fullmatch(r"[0-9]{1,10},|[0-9]{1,10}(,[0-9]{1,10})+,?", text):
        chosen = [int(seed) for seed in text.rstrip(",").split(",")]
    else:
        raise InvalidValue("seeds", seeds, _FORM)
    if not chosen:
        raise InvalidValue("seeds", seeds, _FORM, "no seed is left")
    limits = (len(chosen),) * 3
    return Budget(f"seeds {text}", tuple(check_seeds(chosen)), limits, limits)
