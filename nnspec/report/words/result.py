"""The result of a claim as a report says it below a title that has the counts already."""

from __future__ import annotations

import re

from nnspec.claims.reading import MORE_THAN_HALF
from nnspec.report.words.title import found_in
from nnspec.report.words.wording import claimed, how_often, interval, percent, sentence
from nnspec.results.claim_result import ClaimResult, Counterfactual
from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, in_words
from nnspec.statistics.strength import strength

_APART = re.compile(r"(?<=:) |, (?![^(]*\))")  # between the parts of a recipe in words, outside of brackets
_WHOLE = 10  # percentage points from which on a decimal tells nothing more


def result_sentence(claim: ClaimResult, title: str) -> str:
    """Return the share of the runs in which a claim comes true, and what that means for it.

    That more than half are claimed is told of what is refuted or undecided: it goes for every general
    sentence. The counts are said where `title` does not have them.
    """
    if not claim.seeds or claim.verdict in ("error", "skipped"):
        said = sentence(claim)
        return said[:1].upper() + said[1:]
    counts = found_in(claim.successes or 0, claim.seeds)
    share = percent((claim.successes or 0) / claim.seeds)
    found = share if counts in title else f"{claim.successes or 0:,} of {claim.seeds:,} runs, {share}"
    if claim.interval:
        found += f", interval {interval(claim.interval, claim.claimed_share)}"
    return f"{found}{_meaning(claim)}."


def _meaning(claim: ClaimResult) -> str:
    ends = claim.interval
    if claim.reading == "figure":
        where = in_words(AS_WELL.possible(ends)) if ends and claim.verdict == "undecided" else ""
        return f", do at least as well{f': {where}' if where else ''}"
    if claim.verdict == "placed":  # the badge says how often
        return ""
    if claim.reading == "one case":
        where = in_words(HOW_OFTEN.possible(ends)) if ends else ""
        return f": {where}" if where else "; so few runs do not say how often"
    if claim.claimed_share is None:
        return ""
    wanted, often = claimed(claim.claimed_share), how_often(ends)
    if claim.verdict == "refuted":
        return f", where {wanted} are claimed{f': {often}' if often else ''}"
    if claim.verdict == "undecided":
        return f"; {wanted} are claimed, which the interval leaves open{f': {often}' if often else ''}"
    return "" if claim.claimed_share == MORE_THAN_HALF else f"; {wanted} are claimed"


def what_is_taken(claim: ClaimResult, other: Counterfactual) -> str:
    """Return of the recipe of a counterfactual what the claim's has not; where that is most, all of it."""
    if len(claim.recipes) != 1:
        return other.description
    (own,) = claim.recipes.values()
    parts, known = _APART.split(other.description), set(_APART.split(own))
    changed = [part for part in parts if part not in known]
    return ", ".join(changed).rstrip(":") if 0 < len(changed) <= len(parts) / 2 else other.description


def beside_sentence(claim: ClaimResult, other: Counterfactual) -> str:
    """Return in how many runs what a claim is compared with comes true, and how far it is from the claim.

    In brackets is the 95 % interval of that, in percentage points.
    """
    counts = f"{other.successes:,} of {other.seeds:,} runs"
    if other.null:
        return f"{counts}.{' It holds, and must not.' if other.verdict == 'holds' else ''}"
    must = claim.reading == "general" and other.verdict not in ("refuted", "placed")
    wrong = " It must be refuted; so far the claim may come true without its cause." if must else ""
    if not claim.seeds:
        return f"{counts}.{wrong}"
    found = strength(claim.successes or 0, claim.seeds, other.successes, other.seeds)
    if found.low <= 0 <= found.high:
        return (
            f"{counts}; no difference is shown ({_points(found.low)} … {_points(found.high)} points).{wrong}"
        )
    ends = found.difference, found.low, found.high
    less, ends = ("fewer", ends) if found.difference > 0 else ("more", (-ends[0], -ends[2], -ends[1]))
    points, low, high = map(_points, ends)
    return f"{counts}, {points} points {less} ({low} … {high}).{wrong}"


def _points(share: float) -> str:
    points = 100 * share
    rounded = round(points, 0 if abs(points) >= _WHOLE else 1)
    return f"{rounded + 0.0:g}".replace("-", "−")  # no minus before 0
