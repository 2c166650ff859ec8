"""What the report shows of one claim: its drawings, its sentences, and what about it is alarming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from shlex import quote

from nnspec.claims.budget import DECIDING, most_seeds
from nnspec.claims.reading import agrees, contradicts
from nnspec.report.badge import Badge, badge
from nnspec.report.drawing.profile import Asked, profile
from nnspec.report.drawing.share_bar import share_bar
from nnspec.report.drawing.strip import Strip, strip
from nnspec.report.parts import FreshSeeds, Picture, RepairPart
from nnspec.report.scripts import Script
from nnspec.report.words.comparisons import quantity_in_words
from nnspec.report.words.reader import what_a_reader_gets
from nnspec.report.words.replay import replayed
from nnspec.report.words.result import beside_sentence, result_sentence, what_is_taken
from nnspec.report.words.suggestion import suggested_wording, what_is_true
from nnspec.report.words.title import title
from nnspec.report.words.wording import (
    counterfactual_alarm,
    counterfactual_sentence,
    number,
    resolution_sentence,
    sentence,
    where_it_turns,
)
from nnspec.results.claim_result import ClaimResult
from nnspec.results.counts import is_fact
from nnspec.results.quantities import Compared, compared
from nnspec.results.sentences import DEPENDS, ODD, Sentence, sentences

_TOGETHER = {
    DEPENDS: "It depends on which of {} readings is meant",
    "undecided": "Undecided, as one of {} readings is",
    "error": "In error, as one of {} readings is",
    "skipped": "Skipped, as one of {} readings is",
}
# how a report is read says that neither is held to a share
_KINDS = {"one case": "Of one case.", "figure": "A printed figure."}


@dataclass(frozen=True, kw_only=True)
class ShownClaim(ClaimResult):
    """A claim with what is drawn and said about it; sentences and commands are empty where there is none.

    `found` is its title. `alarms` are sentences, and `few_seeds` says that there would be some under a
    larger budget. `bar`, `large_bar` and `profile` are inline SVG. `truth` is what the runs do say,
    `wording` what the author may print instead, `asked_in_words` the question where it is one of one
    quantity, `gets` what a reader gets of each quantity, and `turns` which claimed share would turn the
    verdict. `result` is its result below the title, `beside` that of what it is compared with, and `taken`
    what only the recipe of that has. `replayed` is what the command that replays its runs has after its
    name: the worst seeds, then the best; the whole command where it does not begin so. `search` looks for a
    repair. The page adds the rest: `changed` is whether it is not as recorded or not as in the baseline,
    `together` how all readings of its sentence came out, if there are several, `skipped_as` the anchor of
    an earlier claim that was skipped for the same reason, and `arms_as` anchor and key of one that trains
    the same.
    """

    is_fact: bool
    found: str
    badge: Badge
    sentence: str
    reading_sentence: str
    counterfactual_sentence: str
    result: str
    taken: str
    beside: str
    alarms: tuple[str, ...]
    few_seeds: bool
    bar: str
    large_bar: str
    quantities: tuple[Compared, ...]
    profile: str
    strips: tuple[Strip, ...]
    truth: tuple[str, ...]
    wording: str
    asked_in_words: str
    gets: tuple[str, ...]
    resolution_sentence: str
    turns: str
    replayed: str
    search: str
    changed: bool = False
    together: str = ""
    anchor: str = ""
    skipped_as: str = ""
    arms_as: tuple[str, str] | None = None
    keras_scripts: tuple[Script, ...] = ()
    pictures: tuple[Picture, ...] = ()
    fresh_seeds: FreshSeeds | None = None
    repair: RepairPart | None = None

    @property
    def confirmed(self) -> bool:
        """Whether each block of fresh seeds came out as these runs did."""
        fresh = self.fresh_seeds
        return fresh is not None and fresh.stable and fresh.verdict == self.verdict

    @property
    def stands_out(self) -> bool:
        """Whether a reader should see it at once: it is refuted, in error, odd, or not as it was."""
        odd = any(one.places and set(one.places) <= ODD for one in self.figures.values())
        is_odd = odd or (self.reading == "figure" and bool(self.places) and set(self.places) <= ODD)
        return self.changed or is_odd or self.verdict in ("refuted", "error")

    @property
    def in_row(self) -> bool:
        """Whether a row of many readings of a sentence says all of it: it is as recorded, and not odd."""
        more = self.figures or self.notes or self.message or self.pictures or self.repair or self.few_seeds
        return bool(self.seeds and self.verdict in ("holds", "placed") and not self.stands_out and not more)

    @property
    def in_table(self) -> bool:
        """Whether its row in the table says all of it: a fact as stated of which there is no more to tell."""
        more = self.notes or self.message or self.pictures or self.drift or self.few_seeds
        return self.is_fact and not self.stands_out and not more


def evidence(claim: ClaimResult, budget: str = "standard") -> ShownClaim:
    """Return a claim with what is drawn and said about it.

    `budget` is the name of the run's budget: under a small one a verdict that differs from the recorded
    one for lack of seeds is no alarm.
    """
    other, quantities, alarms = claim.counterfactual, compared(claim), _alarms(claim)
    is_small = budget not in DECIDING
    # recorded as it was found, so that `nnspec repair` takes it where there are recipes to change
    is_wrong = claim.verdict == "refuted" and claim.expected != "holds"
    few = bool(alarms) and _is_open(claim) and is_small and (claim.seeds or 0) < most_seeds(claim.reading)
    wording, is_told = suggested_wording(claim, quantities), claim.reading in ("one case", "figure")
    found = title(claim)
    told = claim.seeds or 0, other.seeds if other else 0
    terms = {"other": other.shown if other else "counterfactual", "told": told}
    strips = tuple(strip(**vars(one) | terms) for one in quantities)
    return ShownClaim(
        **vars(claim),
        is_fact=is_fact(claim),
        found=found,
        badge=badge(claim),
        sentence=sentence(claim),
        reading_sentence=_kind(claim),
        # of what is told nothing must come out so or so
        counterfactual_sentence=counterfactual_sentence(other, "placed" if is_told else claim.verdict)
        if other
        else "",
        result=result_sentence(claim, found),
        taken=what_is_taken(claim, other) if other else "",
        beside=beside_sentence(claim, other) if other else "",
        alarms=() if few else alarms,
        few_seeds=few,
        bar=_bar(claim, labelled=False),
        large_bar=_bar(claim, labelled=True),
        quantities=quantities,
        profile=_profile(claim, quantities, strips),
        strips=strips,
        truth=tuple(what_is_true(claim, quantities)),
        wording=wording,
        asked_in_words=_asked(quantities),
        gets=tuple(_gets(claim, one) for one in quantities),
        resolution_sentence=resolution_sentence(claim.resolution) if claim.resolution else "",
        turns=where_it_turns(claim.interval) if claim.reading == "general" and claim.seeds else "",
        replayed=replayed(claim),
        search=f"nnspec repair {quote(claim.key)} --store" if is_wrong and claim.scripts else "",
    )


def with_readings(items: Sequence[ShownClaim]) -> list[ShownClaim]:
    """Return the claims, each with how all readings of its sentence came out, where there are several."""
    several = [one for one in sentences(items) if len(one.readings) > 1]
    together = {item.key: _together(one) for one in several for item in one.readings}
    return [replace(item, together=together.get(item.key, "")) for item in items]


def _kind(claim: ClaimResult) -> str:
    """Return what kind of sentence was read, or the word for which it claims more than half."""
    return _KINDS.get(claim.reading, f"“{claim.word}” asks for more than half." if claim.word else "")


def _together(one: Sentence[ShownClaim]) -> str:
    """Return what the badges of the readings, which stand beside the sentence, do not say of all."""
    if all(reading.told == one.told for reading in one.readings):
        return ""
    if one.verdict == "placed":
        return f"By {len(one.readings)} readings: {one.told}"
    return _TOGETHER[one.verdict].format(len(one.readings))


def _asked(quantities: Sequence[Compared]) -> str:
    """Return what is asked of every run, where that is one thing of one quantity; else empty."""
    if len(quantities) != 1 or len(quantities[0].thresholds) != 1:
        return ""
    ((operator, limit),) = quantities[0].thresholds
    return f"{quantity_in_words(quantities[0].label)} {operator} {number(limit)}"


def _gets(claim: ClaimResult, quantity: Compared) -> str:
    """Return what a reader gets of a quantity, but for one whose printed figure has its own row."""
    named = {name.replace("_", " ") for name in claim.figures}
    return "" if quantity.label in named else what_a_reader_gets(quantity.finite, claim.seeds or 0)


def _alarms(item: ClaimResult) -> tuple[str, ...]:
    found = []
    if not item.expected:  # of a notebook, whose figures nobody has placed before
        return ()
    if item.verdict != "skipped" and not agrees(item.told, item.expected):
        found.append(f"Recorded is “{item.expected}”, found is “{item.told}”.")
    elif not item.as_recorded and item.verdict != "skipped":
        found.append("The verdict is the recorded one, but the check failed.")
    if item.counterfactual and not _as_it_must_be(item):
        found.append(f"{counterfactual_alarm(item.counterfactual)}.")
    return tuple(found)


def _is_open(item: ClaimResult) -> bool:
    """Whether nothing but a lack of seeds speaks against the record."""
    other = item.counterfactual
    return (
        item.seeds is not None
        and not contradicts(item.told, item.expected)
        and (other is None or _as_it_must_be(item) or other.verdict == "undecided")
    )


def _as_it_must_be(item: ClaimResult) -> bool:
    """Whether the counterfactual is refuted, or the null does not hold; of what is told nothing must."""
    other = item.counterfactual
    if other is None or item.reading != "general" or other.verdict == "skipped":
        return True
    return other.verdict != "holds" if other.null else other.verdict == "refuted"


def _profile(claim: ClaimResult, quantities: Sequence[Compared], strips: Sequence[Strip]) -> str:
    """Return the profile of a claim that asks one thing of one quantity; of others there is no one curve."""
    if len(quantities) != 1 or claim.share is None or strips[0].axis is None:
        return ""
    (one,), axis = quantities, strips[0].axis
    if len(one.thresholds) != 1 or len(one.claim) != claim.seeds:
        return ""
    ((operator, limit),) = one.thresholds
    asked = Asked(operator, limit, claim.claimed_share, claim.share, claim.interval)
    return profile(one.claim, one.counterfactual, asked, axis, one.documented)


def _bar(item: ClaimResult, *, labelled: bool) -> str:
    if item.share is None:
        return ""
    return share_bar(item.share, item.interval, item.claimed_share, item.verdict, labelled=labelled)
