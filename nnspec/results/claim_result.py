"""What a run found: a frozen record of every claim and fact, and of the run, as the results file has them.

The fields stand in the order of the file. Those without a default are in every results file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.basics.plain_data import plain
from nnspec.claims.naming import Named
from nnspec.results.order import Order
from nnspec.statistics.figures import Placed
from nnspec.statistics.power import Resolution

SCHEMA = 2
Outcome = Literal["holds", "refuted", "placed", "undecided", "error", "skipped"]
SYMBOLS: dict[Outcome, str] = {
    "holds": "✓",
    "refuted": "✗",
    "placed": "○",
    "undecided": "?",
    "error": "!",
    "skipped": "–",
}
Operator = Literal[">", "≥", "<", "≤"]
Interval = tuple[float, float]
_SHORT = 30  # characters that fit on a telephone beside a number of runs
Value = float | None  # None is not finite
PlacedFigure = Placed  # where a documented figure lies among the seeds


@dataclass(frozen=True)
class Within:
    """The range of a quantity, `low` to `high`, that says the same as a small distance; values (seeds,)."""

    label: str
    low: float
    high: float
    claim: tuple[Value, ...]
    counterfactual: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Values:
    """One comparison of a predicate, with the values (seeds,) of the claim and of its counterfactual."""

    label: str
    operator: Operator
    threshold: float
    claim: tuple[Value, ...]
    counterfactual: tuple[Value, ...] = ()
    within: Within | None = None

    def __post_init__(self) -> None:
        if self.within is not None and self.operator not in ("<", "≤"):
            raise InvalidValue("operator", self.operator, "< or ≤ where something is within a range")

    @property
    def left_out(self) -> tuple[str, ...]:
        """Only of a small distance something is near."""
        return ("within",) if self.within is None else ()


@dataclass(frozen=True, kw_only=True)
class Counterfactual:
    """How the counterfactual came out: `successes` of `seeds`; `without` and `description` say what is taken.

    Of a `null` nothing is taken away: an arm is compared with itself from other seeds. A baseline keeps
    neither texts nor interval.
    """

    without: str = ""
    null: bool = False
    description: str = ""
    verdict: Outcome
    seeds: int
    successes: int
    interval: Interval | None = None

    def __post_init__(self) -> None:
        check_counts("counterfactual: ", self.seeds, self.successes)

    @property
    def called(self) -> str:
        """What it is called beside the claim."""
        return "null" if self.null else "counterfactual"

    @property
    def shown(self) -> str:
        """What it is called where a reader sees it, short enough for a drawing."""
        if self.null:
            return "the first beside itself"
        taken, _, _ = self.without.partition(" (")
        return f"without {taken}" if taken and len(taken) <= _SHORT else "without its cause"

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a baseline does not keep."""
        return ("without", "description", "interval") if self.interval is None else ()


@dataclass(frozen=True)
class ChangedCall:
    """What a printed call does with the installed library; `works` says whether that is what is shown."""

    printed: str
    happens: str
    today: str
    since: str = ""
    works: bool = False


@dataclass(frozen=True, kw_only=True)
class Declared(Named):
    """What is known of a claim or fact before anything is trained; `reading` is empty for a fact."""

    id: str
    part: str
    document: str
    title: str
    section: str = ""
    detail: str = ""
    kind: str
    statement: str
    says: str = ""
    reading: str = ""
    word: str = ""
    because: str = ""
    beyond: str = ""
    headline: str = ""
    in_short: str = ""
    expected: str = ""
    measured: str = ""
    claimed_share: float | None
    documented: Mapping[str, float] = field(default_factory=dict)
    has_counterfactual: bool = False


@dataclass(frozen=True, kw_only=True)
class ClaimResult(Declared):
    """What was found about a claim or fact; `seeds` is None for what seeds do not decide.

    `places` are the words of what is "placed": where a figure lies, how often a case comes true. `order` is
    that of two models of a notebook, None of what is no order.
    """

    predicate: str = ""
    verdict: Outcome
    places: tuple[str, ...] = ()
    as_recorded: bool = False
    seeds: int | None
    successes: int | None
    diverged: int = 0
    share: float | None
    interval: Interval | None
    figures: Mapping[str, PlacedFigure]
    values: tuple[Values, ...]
    counterfactual: Counterfactual | None
    recipes: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    engine: str = ""
    worst_seeds: tuple[int, ...] = ()
    best_seeds: tuple[int, ...] = ()
    resolution: Resolution | None = None
    replay: str = ""
    training_seconds: float | None
    seeds_trained: int = 0
    cached: bool = False
    message: str = ""
    notes: tuple[str, ...] = ()
    drift: tuple[ChangedCall, ...] = ()
    order: Order | None = None

    def __post_init__(self) -> None:
        check_counts(f"{self.key}: ", self.seeds, self.successes)
        if self.order is not None and (self.successes or 0) + self.order.ties > (self.seeds or 0):
            raise InvalidValue(
                f"{self.key}: ties", self.order.ties, "at most the seeds that do not have the order"
            )

    @property
    def left_out(self) -> tuple[str, ...]:
        """Only what is an order has one."""
        return ("order",) if self.order is None else ()

    @property
    def told(self) -> str:
        """The verdict in a word or two: holds, or for what is placed its places."""
        return " or ".join(self.places) or self.verdict

    @property
    def took_work(self) -> bool:
        """Whether it was examined, and not with what had been trained before alone."""
        return self.verdict != "skipped" and not self.cached


@dataclass(frozen=True)
class Results:
    """Everything that a run found."""

    environment: Mapping[str, str]
    error_rate: float
    verdicts: int
    budget: str
    seconds: float
    seeds_trained: int
    claims: tuple[ClaimResult, ...]


def document(results: Results) -> dict[str, Any]:
    """Return the results as they are written; `results.schema.json` beside this file describes that."""
    return {"schema": SCHEMA, **plain(results)}


def check_counts(label: str, seeds: int | None, successes: int | None) -> None:
    """Check how many of how many seeds say yes.

    Raises
    ------
    InvalidValue
        If there is no seed, or more of them say yes than there are.
    """
    if seeds is not None and whole_number(f"{label}seeds", seeds) > 2**32:
        raise InvalidValue(f"{label}seeds", "more than there are", "at most 2**32 seeds")
    if seeds is not None and (successes or 0) > seeds:
        raise InvalidValue(f"{label}successes", successes, f"at most the number of seeds, {seeds}")
