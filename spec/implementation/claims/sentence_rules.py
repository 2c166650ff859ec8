"""Rules that the claims of all documents keep, whoever read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nnspec.basics.grouping import grouped
from nnspec.claims.declarations import Claim
from nnspec.claims.reading import has_word


def broken(claims: Iterable[Claim]) -> list[str]:
    """Return which claims break which rule, one line for each."""
    found = list(claims)
    of_each = [f"{claim.key}: {fault}" for claim in found for fault in _faults(claim)]
    return of_each + list(_read_in_several_ways(found))


def _faults(claim: Claim) -> Iterator[str]:
    if not claim.says and not claim.beyond:
        yield "neither says what the document says, nor is beyond it"
    if claim.reading == "general" and not claim.beyond and claim.share != 0.5:
        if claim.share < 0.9:
            yield f"a share of {claim.share}, neither one half nor at least 0.9"
        if not claim.word or not has_word(claim.says, claim.word):
            yield f"a share of {claim.share} without a word of the sentence"
    if claim.counterfactual and len(claim.recipes) == 1 and not claim.without:
        yield "a counterfactual of which nothing says what it is without"
    arms = list(claim.counterfactual.values())
    if any(arm in arms[:place] for place, arm in enumerate(arms)):
        yield "a counterfactual with the same recipe in two arms"
    if claim.counterfactual and dict(claim.counterfactual) == dict(claim.recipes):
        yield "a counterfactual that is the claim itself"


def _read_in_several_ways(claims: list[Claim]) -> Iterator[str]:
    own = [claim for claim in claims if claim.says and not claim.beyond]
    for (document, says), readings in grouped(own, lambda one: (one.source.document.key, one.says)).items():
        if len(kinds := {one.reading for one in readings}) > 1:
            yield f"{document}: {says!r} is read as {' and '.join(sorted(kinds))}"
