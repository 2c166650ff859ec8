"""Sentences and printed figures of documents, counted: several readings of one sentence are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nnspec.basics.grouping import grouped
from nnspec.results.claim_result import ClaimResult
from nnspec.statistics.scales import AS_WELL, MOST_WORDS, OUT_OF_REACH

DEPENDS = "depends on the reading"
VERDICTS = ("holds", "refuted", DEPENDS, "undecided", "placed", "error", "skipped")
ODD = {OUT_OF_REACH, AS_WELL.words[0], AS_WELL.words[-1]}  # places of a figure that hardly any run gives
LUCKY = AS_WELL.cuts[0]  # the share of figures of one run each that are lucky by chance, or unlucky
One = TypeVar("One", bound=ClaimResult)


@dataclass(frozen=True)
class Sentence(Generic[One]):
    """A sentence of a document with the claims that read it, none of them beyond what it says."""

    document: str
    says: str
    reading: str
    readings: tuple[One, ...]

    @property
    def verdict(self) -> str:
        """One of `VERDICTS`: that of all its readings, or that it depends on the reading."""
        found = [one for one in self.readings if one.verdict not in ("error", "skipped")]
        if len(found) < len(self.readings):
            return "error" if any(one.verdict == "error" for one in self.readings) else "skipped"
        verdicts = {one.verdict for one in found}
        apart = {"holds", "refuted"} <= verdicts or not self._in_common(found)
        if apart:
            return DEPENDS
        return "undecided" if "undecided" in verdicts else found[0].verdict

    @property
    def told(self) -> str:
        """The verdict in a word or two, for what is placed its places."""
        common = self._in_common(list(self.readings))
        words = [word for word in self.readings[0].places if word in common]
        return " or ".join(words) if self.verdict == "placed" else self.verdict

    @staticmethod
    def _in_common(found: Sequence[ClaimResult]) -> set[str]:
        placed = [set(one.places) for one in found if one.places]
        return set.intersection(*placed) if placed else {""}


@dataclass(frozen=True)
class PrintedFigure:
    """A figure that a document prints, of which `as_well` of `seeds` runs do at least as well.

    `middle` counts those that give the figure itself to its favour (`nnspec.statistics.scales.middle`).
    """

    claim: ClaimResult
    label: str
    as_well: int
    seeds: int
    places: tuple[str, ...]
    explained: str = ""
    middle: int = 0

    @property
    def typical(self) -> bool:
        """Whether it lies where 95 % of the runs counted do."""
        return LUCKY <= self.middle / self.seeds <= 1 - LUCKY

    @property
    def odd(self) -> bool:
        """Whether hardly any run gives it, by all places that it may have."""
        return set(self.places) <= ODD


def sentences(claims: Iterable[One]) -> list[Sentence[One]]:
    """Return the sentences that claims read, in their order, without figures and what goes beyond."""
    own = [one for one in claims if one.says and not one.beyond and one.reading != "figure"]
    by_sentence = grouped(own, lambda one: (one.document, one.says, one.reading))
    return [Sentence(*key, tuple(readings)) for key, readings in by_sentence.items()]


def counted(found: Iterable[Sentence[One]]) -> Counter[str]:
    """Return how many sentences have each verdict, in the order of `VERDICTS`."""
    counts = Counter(one.verdict for one in found)
    return Counter({verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]})


def printed_figures(claims: Iterable[ClaimResult]) -> list[PrintedFigure]:
    """Return the figures of documents that were placed, each once, without what goes beyond them."""
    found = []
    for one in claims:
        if one.beyond or one.seeds is None:
            continue
        if one.reading == "figure":
            places = one.places if one.verdict == "placed" else AS_WELL.words
            yes = one.successes or 0
            found.append(PrintedFigure(one, one.statement, yes, one.seeds, places, middle=yes))
        for label, figure in one.figures.items():
            terms = figure.as_well, figure.seeds, figure.places, figure.explained, figure.middle
            found.append(PrintedFigure(one, label, *terms))
    return found


def figures_in_words(figures: Sequence[PrintedFigure]) -> str:
    """Return how many figures are placed, how many of them are odd, and how many would be by chance."""
    if not figures:
        return ""
    placed = [one for one in figures if len(one.places) <= MOST_WORDS]
    odd = [one for one in placed if one.odd]
    there = [one for one in placed if one.odd or not one.typical]
    explained = sum(bool(one.explained) for one in there)
    by_chance = round(2 * LUCKY * len(placed))
    told = f"{len(placed)} of {len(figures)} printed figures {'is' if len(figures) == 1 else 'are'} placed"
    if not by_chance and not there:
        return f"{told}, none as lucky, unlucky or out of reach."
    said = (
        f"{told}. By chance about {by_chance} of them would be lucky, unlucky or out of reach; {len(there)} "
        f"{'is' if len(there) == 1 else 'are'} by the runs counted, {len(odd)} beyond doubt"
    )
    return f"{said}, {explained} by a known change of a library." if explained else f"{said}."
