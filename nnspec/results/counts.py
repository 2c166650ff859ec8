"""Everything that a run found, counted once for the page, the summary of a job and the last line of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nnspec.results.claim_result import ClaimResult
from nnspec.results.sentences import VERDICTS, counted, printed_figures, sentences

BROKEN = "no longer works"
_WORDS = {"placed": "told", "error": "in error"}
_OF_FACTS = {
    **_WORDS,
    "holds": "as stated",
    "refuted": "not as stated",
    BROKEN: "of code that no longer works",
}


@dataclass(frozen=True)
class Counts:
    """Verdicts with how many have them.

    `main` are sentences, or `of_sentences` is False and they are claims, because no claim says which sentence
    it reads; `ours` are claims that no document makes and `facts` what one run decides, among them with the
    verdict `BROKEN` printed code that no longer does what the document shows. `figures` is the number of
    printed figures that were placed.
    """

    main: Counter[str]
    of_sentences: bool
    figures: int
    ours: Counter[str]
    facts: Counter[str]

    def in_words(self) -> str:
        """Return them in one line, with what they count wherever there is more than one kind."""
        noun = "sentence" if self.of_sentences else "claim"
        kinds = [(self.main, noun, ""), (self.ours, "claim", " of ours"), (self.facts, "fact", "")]
        present = [kind for kind in kinds if kind[0]]
        if not self.of_sentences and len(present) == 1 and not self.figures:
            return _by_verdict(*present[0][:2])
        parts = [f"{_some(one.total(), noun)}{of}: {_by_verdict(one, noun)}" for one, noun, of in present]
        figures = [f"{_some(self.figures, 'printed figure')} placed"] * bool(self.figures)
        return "; ".join([*parts[: bool(self.main)], *figures, *parts[bool(self.main) :]])


def is_fact(claim: ClaimResult) -> bool:
    """Return whether one run decides it; a claim that could not run is no fact."""
    over_seeds = claim.reading or claim.seeds is not None
    return not (over_seeds or "share" in claim.kind or "paired" in claim.kind)


def is_broken(claim: ClaimResult) -> bool:
    """Return whether it is a fact that printed code no longer does what the document shows."""
    return is_fact(claim) and claim.verdict == "holds" and any(not one.works for one in claim.drift)


def counts(claims: Iterable[ClaimResult]) -> Counts:
    """Return how many of them have each verdict."""
    claims = list(claims)
    told = sentences(claims)
    over_seeds = [one for one in claims if not is_fact(one)]
    facts = [one for one in claims if is_fact(one)]
    ours = [one for one in over_seeds if one.beyond] if told else []
    return Counts(
        counted(told) if told else _verdicts(over_seeds),
        bool(told),
        len(printed_figures(claims)) if told else 0,
        _verdicts(ours),
        Counter(BROKEN if is_broken(one) else one.verdict for one in facts),
    )


def _verdicts(claims: Sequence[ClaimResult]) -> Counter[str]:
    return Counter(one.verdict for one in claims)


def _by_verdict(found: Mapping[str, int], noun: str) -> str:
    words = _OF_FACTS if noun == "fact" else _WORDS
    ordered = [verdict for verdict in (*VERDICTS, BROKEN) if found.get(verdict)]
    return ", ".join(f"{found[verdict]} {words.get(verdict, verdict)}" for verdict in ordered)


def _some(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount == 1 else f"{amount} {noun}s"
