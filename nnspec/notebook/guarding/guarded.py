"""What was found of a notebook's figures and orders: plain records that processes share as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnspec.notebook.repeating.together import Together
from nnspec.results.claim_result import ClaimResult


@dataclass(frozen=True)
class Found:
    """What was found of a figure or an order: its result, or why there is none.

    `changed` is true where that is because the notebook no longer does what it printed, and false where it is
    because nnspec cannot train it. `fit` is that of the figure, or of the order's first; None where it is not
    known. `reader` is what a reader gets: the 5, 50 and 95 % points of the runs.
    """

    result: ClaimResult | None = None
    why: str = ""
    changed: bool = False
    fit: int | None = None
    reader: tuple[float, ...] | None = None


@dataclass(frozen=True)
class OtherData:
    """A fit whose printed figures are of other data than the runs, and why."""

    fit: int
    why: str


@dataclass(frozen=True)
class Guarded:
    """What was found of a notebook, by the names of the tests.

    `others` are orders that only the run shows, by what they say. `error` says why it could not be run at
    all; `failed` are sentences on cells that no longer run, `findings` those on what does not fit in the
    notebook itself, and `gone` those on what its one run shows that its code no longer does. `other_data` are
    fits of which a change cannot be told from another split of the data.
    """

    found: Mapping[str, Found] = field(default_factory=dict)
    together: Together = field(default_factory=Together)
    others: Mapping[str, Found] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    seeds_trained: int = 0
    other_data: tuple[OtherData, ...] = ()
    error: str = ""
