"""The badge of a claim or fact: its verdict as it is seen, in a table, a heading and the summary of a job."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.results.claim_result import SYMBOLS, ClaimResult
from nnspec.results.counts import BROKEN, is_broken, is_fact


@dataclass(frozen=True)
class Badge:
    """The verdict of a claim or fact as it is seen: the class of its colour, a symbol and a word or two."""

    style: str
    symbol: str
    words: str


def badge(claim: ClaimResult) -> Badge:
    """Return the badge of a verdict; that printed code is broken is true, and nothing that holds."""
    if is_broken(claim):
        return Badge("broken", "⚠", BROKEN)
    words = {"holds": "as stated", "refuted": "not as stated"} if is_fact(claim) else {}
    return Badge(claim.verdict, SYMBOLS[claim.verdict], words.get(claim.verdict, claim.told))
