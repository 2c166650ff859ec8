"""The claims of a report grouped by document, with what the author of each could act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnspec.basics.grouping import grouped
from nnspec.report.claim import ShownClaim
from nnspec.report.readings import Readings, by_sentence
from nnspec.report.words.wording import count
from nnspec.results.claim_result import ChangedCall
from nnspec.results.counts import Counts, counts
from nnspec.results.sentences import (
    DEPENDS,
    PrintedFigure,
    Sentence,
    figures_in_words,
    printed_figures,
    sentences,
)

_ORDER = ("error", "refuted", "undecided", "holds", "placed", "skipped")


@dataclass(frozen=True)
class DocumentPart:
    """The claims and facts of a document, `members` with those first on which an author has to act.

    `measured` are those over runs, `readings` the same by the sentences that they read.

    `refuted`, `depends` (sentences that hold under one reading and not under another), `unsettled` (for want
    of seeds), `undecided`, `decided` (undecided here, but not by all fresh seeds), `odd` (printed figures
    that hardly any run gives) and `drift` (claim, changed call) are what is worth the author's time;
    `beyond` has by their reasons the claims that nnspec adds to what the document says, which are in none of
    the former. `figures` says how many figures are placed, and `confirmed` counts the claims
    whose verdict each block of fresh seeds gives too.
    """

    name: str
    anchor: str
    title: str
    members: list[ShownClaim]
    measured: list[ShownClaim]
    readings: list[Readings]
    others: list[ShownClaim]
    refuted: list[ShownClaim]
    unsettled: list[ShownClaim]
    undecided: list[ShownClaim]
    decided: list[ShownClaim]
    beyond: Mapping[str, list[ShownClaim]]
    depends: list[Sentence[ShownClaim]]
    odd: list[PrintedFigure]
    figures: str
    confirmed: int
    drift: list[tuple[ShownClaim, ChangedCall]]
    drift_sentence: str
    counts: Counts


def documents(items: Sequence[ShownClaim]) -> list[DocumentPart]:
    """Return the documents in the order in which they come up, each with its claims and facts."""
    by_name = grouped(items, lambda item: item.document)
    return [_document(number, name, members) for number, (name, members) in enumerate(by_name.items(), 1)]


def _document(number: int, name: str, members: list[ShownClaim]) -> DocumentPart:
    measured = [item for item in members if not item.is_fact]
    own = [item for item in members if not item.beyond]
    depends = [one for one in sentences(own) if one.verdict == DEPENDS]
    split = {item.key for one in depends for item in one.readings}
    figures = printed_figures(own)
    drift = [(item, entry) for item in members for entry in item.drift]
    undecided = [item for item in own if item.verdict == "undecided" and item.seeds and not item.few_seeds]
    return DocumentPart(
        name=name,
        anchor=f"document-{number}",
        title=members[0].title or name,
        members=sorted(members, key=lambda item: (item.is_fact, _ORDER.index(item.verdict))),
        measured=measured,
        readings=by_sentence(measured),
        others=[item for item in members if item.is_fact],
        refuted=[item for item in own if item.verdict == "refuted" and item.key not in split],
        unsettled=[item for item in own if item.few_seeds],
        undecided=[item for item in undecided if not _decided(item)],
        decided=[item for item in undecided if _decided(item)],
        beyond=grouped([item for item in measured if item.beyond], lambda item: item.beyond),
        depends=depends,
        odd=[one for one in figures if one.odd],
        figures=figures_in_words(figures),
        confirmed=sum(item.confirmed for item in measured),
        drift=drift,
        drift_sentence=_drift_sentence([entry for _, entry in drift]),
        counts=counts(members),
    )


def _decided(item: ShownClaim) -> bool:
    return item.fresh_seeds is not None and item.fresh_seeds.verdict != "undecided"


def _drift_sentence(entries: Sequence[ChangedCall]) -> str:
    """Return how much of what is printed still does what the document shows."""
    working = sum(entry.works for entry in entries)
    changed = len(entries) - working
    does, works = "does" if changed == 1 else "do", "works" if working == 1 else "work"
    broken = f"{count(changed, 'piece')} of printed code no longer {does} what the document shows"
    more = " more" if changed else " of printed code"
    whole = f"{count(working, 'piece')}{more} still {works}, with a remark"
    return ", ".join([broken] * bool(changed) + [whole] * bool(working)) + "."
