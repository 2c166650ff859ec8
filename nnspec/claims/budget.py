"""Budgets: how much work a verdict may take, and so how many seeds, and which.

The work is estimated from the recipes alone (`nnspec.session.work`), so that a budget has the same seeds, and
with them the same verdicts, on every machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.runs.seeds import check_seeds
from nnspec.statistics.looks import at_most

# seconds of one core for a verdict; "checks" is for a plain pytest run
WORK = {"quick": 5.0, "checks": 2.0, "standard": 240.0, "full": 2400.0}
# and for what is only told: it has no verdict that more seeds would reach
TOLD = {"quick": 1.0, "checks": 1.0, "standard": 20.0, "full": 200.0}
# budgets under which a claim whose seeds all say yes is decided, whatever they cost, if so many are enough
DECIDING, DECIDED_BY = ("standard", "full"), 1024
MOST, MOST_TOLD = 2**15, 2**11  # seeds: of a verdict, and of what is only told, whose place so many tell well
AT_A_TIME = (64, 64, 8)  # by the level of cost: the seeds that are added at first, each time with a verdict
LISTED = "quick = 5 s, checks = 2 s, standard = 4 min, full = 40 min"
TOO_FEW = "too few seeds; --budget standard uses more"  # of a claim that they leave open
FEWER = "{seeds} seeds of this budget cannot decide it even if all say the same; {more}"
DEARER = "{seeds} seeds of it take about {time} of a core, this budget has {work:g} s; {more}"
NEEDED = "{seeds} take about {time} of a core"
AS_LONG = "--budget standard takes as long as it needs"
MORE = "--budget standard uses more"
_FORM = "a number of seeds such as 128, a range such as 256-511, or a list such as 4,11 (one seed: 4,)"


@dataclass(frozen=True)
class Budget:
    """The seeds that a verdict may use, in their order, and the name of the budget they come from.

    `work` is how many seconds of a core they may take, and `told` how many where no verdict is asked for;
    None where the seeds themselves were asked for. `seconds` is the time that a whole run has, if one was
    named.
    """

    name: str
    seeds: tuple[int, ...]
    work: float | None = None
    told: float | None = None
    seconds: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is one of those by name that leave out what they cannot decide."""
        return self.name in WORK and self.name not in DECIDING

    def seeds_for(
        self, cost: float, at_a_time: int, reading: str = "general", fewest: int = 0
    ) -> tuple[int, ...]:
        """Return the seeds for a verdict of which one costs so many seconds, added `at_a_time` at first.

        Budgets that are to decide give at least the `fewest` seeds that a verdict takes; of the others the
        smallest gives none where the first ones would cost more than it has.
        """
        work = self.work if reading == "general" else self.told
        if work is None:
            return self.seeds
        most = min(len(self.seeds), most_seeds(reading))
        affordable = at_most(int(min(work / max(cost, 1e-9), most)), at_a_time)
        least = {"checks": 0, "quick": at_a_time}.get(self.name, max(fewest, at_a_time))
        return self.seeds[: max(affordable, least)]

    def seeds_told(self, cost: float) -> int:
        """Return how many seeds a fact may show: two at the least, 24 under a budget that is to decide."""
        if self.told is None:
            return len(self.seeds)
        least = 24 if self.name in DECIDING else 2
        return max(least, int(min(self.told / max(cost, 1e-9), 512)))


def are_few(seeds: int, cost: float, at_a_time: int, reading: str = "general") -> bool:
    """Return whether a verdict of so many seeds may be open for lack of them: "standard" would have more."""
    return seeds < len(parse("standard", None).seeds_for(cost, at_a_time, reading))


def most_seeds(reading: str) -> int:
    """Return how many seeds any budget by name has for a verdict, or for what is only told."""
    return MOST if reading == "general" else MOST_TOLD


def check_name(name: str) -> None:
    """Refuse what no budget is called, neither one of those by name nor one that spells its seeds out.

    Raises
    ------
    InvalidValue
        If it is so.
    """
    if re.fullmatch(r"time [0-9.e+]+ s", name):
        return
    spelled = name.removeprefix("seeds ") if name.startswith("seeds ") else None
    parse("standard" if spelled else name, spelled)


def chosen(default: str, name: str | None, seeds: str | None, time: str | None) -> Budget:
    """Return the budget that was asked for by name, by seeds or by a time, else the default.

    Raises
    ------
    InvalidValue
        If it cannot be one, or if more than one of them is asked for.
    """
    asked = {"budget": name, "seeds": seeds, "time": time}
    given = {option: text for option, text in asked.items() if text is not None}
    if len(given) > 1:
        remedy = "a budget and a time choose the seeds themselves"
        raise InvalidValue(", ".join(given), tuple(given.values()), "one of them", remedy)
    return parse(default if name is None else name, seeds) if time is None else within(time)


def within(text: str) -> Budget:
    """Return the budget of a run that has so much time, such as 90s, 10min or 2h: seeds as far as it goes.

    Raises
    ------
    InvalidValue
        If it is no time, or less than a second.
    """
    match = re.fullmatch(r"\s*([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(s|min|h)\s*", text)
    seconds = float(match[1]) * {"s": 1, "min": 60, "h": 3600}[match[2]] if match else 0.0
    if seconds < 1:
        raise InvalidValue("time", text, "a time of a second or more, such as 90s, 10min or 2h")
    return Budget(f"time {seconds:g} s", tuple(range(MOST)), None, TOLD["standard"], seconds)


def parse(name: str, seeds: str | None) -> Budget:
    """Return the budget of this name, or the one that `seeds` spells out.

    Raises
    ------
    InvalidValue
        If there is no such budget or `seeds` is none of the accepted forms.
    """
    one_of("budget", name, WORK)
    if seeds is None:
        return Budget(name, tuple(range(MOST)), WORK[name], TOLD[name])
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
    return Budget(f"seeds {text}", tuple(check_seeds(chosen)))
