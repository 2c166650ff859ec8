"""What was found about a claim, compactly: of a results file and of a stored baseline in the same form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.plain_data import T, mapped
from nnspec.claims import budget
from nnspec.claims.naming import Named
from nnspec.results.claim_result import (
    ClaimResult,
    Counterfactual,
    Interval,
    Operator,
    Outcome,
    PlacedFigure,
    Results,
    Value,
    Values,
    check_counts,
)
from nnspec.statistics.looks import weight

MOST_VALUES = 256  # of a quantity, those of the first seeds; they tell a distribution well enough
_NO_VERSIONS = ("machine", "date", "engine")
_AS_THEY_ARE = (
    *("id", "part", "kind", "statement", "reading", "verdict", "places", "seeds", "successes"),
    "claimed_share",
)
_ROUNDED = ("share", "interval", "figures", "training_seconds")


@dataclass(frozen=True)
class Quantity:
    """What a predicate compared: `values` (n,), one for each seed, None where there was none."""

    label: str
    operator: Operator
    threshold: float
    values: tuple[Value, ...]

    @cached_property
    def array(self) -> NDArray[np.float64]:
        """The values (n,) to six digits, infinity where there was none."""
        # both sides of a comparison are rounded alike, or a baseline would differ from its own run
        return np.array([math.inf if v is None else _short(v) for v in self.values], np.float64)


@dataclass(frozen=True, kw_only=True)
class ClaimRecord(Named):
    """A claim's verdict with the evidence for it; `seeds` is None for what seeds do not decide.

    `ours` is whether no sentence of the document says it.
    """

    id: str
    part: str
    kind: str
    statement: str
    reading: str
    verdict: Outcome
    places: tuple[str, ...]
    seeds: int | None
    successes: int | None
    share: float | None
    interval: Interval | None
    claimed_share: float | None
    figures: Mapping[str, PlacedFigure]
    quantities: tuple[Quantity, ...]
    counterfactual: Counterfactual | None
    training_seconds: float | None
    budget: str
    versions: Mapping[str, str]
    machine: str
    date: str
    engine: str
    ours: bool = False

    def __post_init__(self) -> None:
        check_counts(f"{self.key}: ", self.seeds, self.successes)
        budget.check_name(self.budget)

    @property
    def told(self) -> str:
        """The verdict in a word or two: holds, or for what is placed its places."""
        return " or ".join(self.places) or self.verdict

    @property
    def examined(self) -> bool:
        """Whether the run said anything about the claim."""
        return self.verdict not in ("skipped", "error")

    @property
    def looks(self) -> float:
        """By what p-values are multiplied, because the run might have ended at other numbers of seeds."""
        # what is placed needs all its seeds
        return 1 if self.figures and self.reading != "general" else self._weight(self.seeds)

    @property
    def counterfactual_looks(self) -> float:
        """The same for the seeds of the counterfactual."""
        return self._weight(self.counterfactual.seeds if self.counterfactual else None)

    def _weight(self, seeds: int | None) -> float:
        at_a_time = budget.AT_A_TIME[2 if (self.seeds or 0) % budget.AT_A_TIME[0] else 0]  # 8 of a high cost
        return weight(seeds, at_a_time) if seeds else 1


def compact(claim: ClaimResult, results: Results) -> ClaimRecord:
    """Return a claim of results as a baseline keeps it, of bounded size.

    At most 256 values of each quantity, with six significant digits; versions, machine and date are
    those of the run.

    Raises
    ------
    InvalidValue
        If there is no such budget.
    """
    other, environment = claim.counterfactual, results.environment
    return ClaimRecord(
        **{name: getattr(claim, name) for name in _AS_THEY_ARE},
        **{name: _short(getattr(claim, name)) for name in _ROUNDED},
        quantities=tuple(
            Quantity(one.label, one.operator, one.threshold, _short(one.claim[:MOST_VALUES]))
            for one in claim.values
        ),
        counterfactual=other and replace(other, without="", description="", interval=None),
        budget=results.budget,
        versions={name: version for name, version in environment.items() if name not in _NO_VERSIONS},
        machine=environment.get("machine", ""),
        date=environment.get("date", ""),
        engine=environment.get("engine", ""),
        ours=bool(claim.beyond),
    )


def completed(record: ClaimRecord, document: str, title: str) -> ClaimResult:
    """Return a claim of a baseline in the form of results, of which it keeps a part."""
    return ClaimResult(
        **{name: getattr(record, name) for name in (*_AS_THEY_ARE, *_ROUNDED)},
        document=document,
        title=title,
        expected=record.told,
        as_recorded=True,
        predicate=" and ".join(f"{q.label} {q.operator} {q.threshold:g}" for q in record.quantities),
        values=tuple(Values(q.label, q.operator, q.threshold, q.values) for q in record.quantities),
        counterfactual=record.counterfactual,
        replay=f"nnspec verify {record.key!r}",
    )


def _short(value: T) -> T:
    """Round fractions to six significant digits, also in what holds them."""
    return mapped(_rounded, value)


def _rounded(value: Any) -> Any:
    return float(f"{value:.6g}") if isinstance(value, float) else value
