"""The title of a claim: what was found, in at most ten words; what was asked stands below it."""

from __future__ import annotations

from collections.abc import Iterator

from nnspec.report.words.comparisons import comparison_in_words, is_a_noun
from nnspec.results.claim_result import ClaimResult
from nnspec.results.counts import is_fact

MOST_WORDS = 10
_NOT_FOUND = {"skipped": "Skipped", "error": "In error"}


def title(claim: ClaimResult) -> str:
    """Return what was found of a claim; of a fact, which is what one run shows, its statement."""
    if is_fact(claim):
        return claim.statement
    if not claim.seeds:
        asked = claim.in_short or claim.headline
        why = _NOT_FOUND.get(claim.verdict, "Not judged")
        return f"{why}: {asked}" if asked else why
    found = found_in(claim.successes or 0, claim.seeds)
    short = (text for text in _tried(claim, found) if len(text.split()) <= MOST_WORDS)
    return next(short, f"True in {found} runs")


def _tried(claim: ClaimResult, found: str) -> Iterator[str]:
    """Yield titles, the best first, however long they are."""
    for words in filter(None, (claim.in_short, claim.headline)):
        yield from (f"{words} in {found} runs", f"{words}: {found} runs", f"{words}: {found}")
    if claim.headline:
        yield f"{_capital(claim.told)}: {claim.headline}"
    said = claim.statement.rstrip(".")
    yield f"{said}: {found} runs"
    yield from (f"{_capital(what)} in {found} runs" for what in _compared(claim))
    yield f"{_capital(claim.told)}: {said}"


def found_in(successes: int, seeds: int) -> str:
    """Return the counts as a title has them: 13 of 64, all 64, none of 64."""
    if successes in (0, seeds) and seeds > 1:
        return f"all {seeds:,}" if successes else f"none of {seeds:,}"
    return f"{successes:,} of {seeds:,}"


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
