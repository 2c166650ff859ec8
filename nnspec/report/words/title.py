"""The title of a claim: what was found, in at most ten words; what was asked stands below it."""

from __future__ import annotations

from nnspec.report.words.comparisons import comparison_in_words, is_a_noun
from nnspec.results.claim_result import ClaimResult
from nnspec.results.counts import is_fact

MOST_WORDS = 10


def title(claim: ClaimResult) -> str:
    """Return what was found of a claim; of a fact, which is what one run shows, its statement."""
    if is_fact(claim):
        return claim.statement
    if not claim.seeds:
        return {"skipped": "Skipped in this run", "error": "In error"}.get(claim.verdict, "Not judged")
    found = f"in {claim.successes or 0:,} of {claim.seeds:,} runs"
    tried = [f"{_capital(claim.told)}: {claim.headline}"] if claim.headline else []
    tried += [f"{_capital(what)} {found}" for what in _compared(claim)]
    tried.append(f"{_capital(claim.told)}: {claim.statement.rstrip('.')}")
    short = (text for text in tried if len(text.split()) <= MOST_WORDS)
    return next(short, f"True {found}")


def _compared(claim: ClaimResult) -> list[str]:
    """Return what the predicate of a claim compares, in words, the longest first; nothing of several."""
    if len(claim.values) != 1:
        return []
    one = claim.values[0]
    if claim.reading == "figure" and is_a_noun(one.label):
        return [f"{one.label} {one.threshold:.6g} or better"]
    return list(comparison_in_words(one.label, one.operator, one.threshold))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
