"""What a finding is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "execution order",
    "execution gap",
    "epochs",
    "steps",
    "metrics",
    "summary",
    "identical logs",
    "prose",
    "printed before",
    "bound below",
]


@dataclass(frozen=True)
class Finding:
    """One plain sentence on something that does not fit, with the cells that it is about."""

    kind: FindingKind
    cells: tuple[int, ...]
    sentence: str


def listed(items: Sequence[str], most: int = 3) -> str:
    """Return the first of several items as words, and how many more there are."""
    shown = list(items[:most])
    if len(items) > most:
        return f"{', '.join(shown)} and {len(items) - most} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
