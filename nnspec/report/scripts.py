"""The Keras scripts of a report: many claims train the same network, and its script is printed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nnspec.results.claim_result import ClaimResult


@dataclass(frozen=True)
class Script:
    """The script of one arm: its text, the anchor of that text, and the key of the claim that shows it."""

    arm: str
    text: str
    anchor: str
    shown_by: str


def scripts(items: Iterable[ClaimResult]) -> list[tuple[Script, ...]]:
    """Return the scripts of every item, in their order."""
    first: dict[str, tuple[str, str]] = {}
    found = []
    for item in items:
        own: list[Script] = []
        for arm, text in item.scripts.items():
            anchor, key = first.setdefault(text, (f"script-{len(first) + 1}", item.key))
            is_here = key == item.key and all(anchor != one.anchor for one in own)
            own.append(Script(arm, text if is_here else "", anchor, key))
        found.append(tuple(own))
    return found
