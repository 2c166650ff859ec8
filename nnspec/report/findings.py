"""What a report says first: one sentence that a person may repeat, and the few findings that matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnspec.report.badge import Badge
from nnspec.report.claim import ShownClaim
from nnspec.report.words.wording import claimed, count, percent
from nnspec.results.counts import BROKEN, Counts
from nnspec.results.sentences import DEPENDS, PrintedFigure, Sentence, printed_figures, sentences

MOST_WORDS, MOST = 25, 4
_SHORT = 14  # words of a sentence that may stand as a title
_ORDER = ("refuted", "depends", "placed", "holds", "undecided")


@dataclass(frozen=True)
class Finding:
    """One finding: the claim that shows it, what it is on, its verdict, and with which counts."""

    claim: ShownClaim
    title: str
    badge: Badge
    counted: str


def first_sentence(found: Counts, figures: Sequence[PrintedFigure]) -> str:
    """Return in at most 25 words what was found of everything that a report is on."""
    parts = []
    if figures:
        typical = sum(one.typical for one in figures)
        noun = "printed number" if len(figures) == 1 else "printed numbers"
        is_are = "is" if typical == 1 else "are"
        parts.append(f"{typical} of {len(figures)} {noun} {is_are} typical of the runs")
    noun = "general sentence" if found.of_sentences else "claim"
    verdicts = [
        (found.main["holds"], "{} {} holds", "{} {} hold"),
        (found.main["refuted"], "{} {} is refuted", "{} {} are refuted"),
        (found.main[DEPENDS], "{} {} depends on how it is read", "{} {} depend on how they are read"),
    ]
    said: list[str] = []
    for number, one, many in verdicts:
        if number:
            words = "" if said else noun if number == 1 else f"{noun}s"
            said.append(" ".join((one if number == 1 else many).format(number, words).split()))
    if said:
        parts.append(", ".join(said))
    if not parts:
        parts = list(_of_the_rest(found))
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _of_the_rest(found: Counts) -> Iterator[str]:
    """Yield what is said where nothing general is decided and no figure placed."""
    open_ones, told = found.main["undecided"], found.main["placed"]
    if told:
        yield f"of {count(told, 'case')} it is told how often they come true"
    if open_ones:
        yield f"{count(open_ones, 'claim')} left open by so few runs"
    facts, broken = found.facts["holds"], found.facts[BROKEN]
    if facts:
        yield f"{count(facts, 'fact')} {'is' if facts == 1 else 'are'} as stated"
    if broken:
        yield f"{count(broken, 'piece')} of printed code no longer {'works' if broken == 1 else 'work'}"
    if not (told or open_ones or facts or broken):
        yield "nothing was judged in this run"


def findings(items: Sequence[ShownClaim]) -> list[Finding]:
    """Return the few findings that matter most, each on another claim, the gravest first.

    One of each kind comes before a second of any: sentences that are refuted, figures that hardly any run
    gives, sentences that depend on the reading, what is told of one case, and what holds.
    """
    own = [item for item in items if not item.beyond and item.seeds]
    told = _known_first(sentences(own))
    kinds = [[_found(one) for one in told if one.verdict == "refuted"], list(_odd(own))]
    kinds += [[_found(one) for one in told if one.verdict == verdict] for verdict in (DEPENDS, "holds")]
    kinds += [[_found(one) for one in told if one.verdict == "placed" and _is_news(one)]]
    chosen: dict[str, Finding] = {}
    while any(kinds) and len(chosen) < MOST:
        for kind in kinds:
            if kind and len(chosen) < MOST:
                one = kind.pop(0)
                chosen.setdefault(one.claim.key, one)
    return sorted(chosen.values(), key=lambda one: _ORDER.index(one.badge.style))


def _found(one: Sentence[ShownClaim]) -> Finding:
    shown = next((item for item in one.readings if item.headline), one.readings[0])
    of = len(one.readings)
    if one.verdict == DEPENDS:
        title = shown.headline or (one.says if len(one.says.split()) <= _SHORT else shown.statement)
        told = Counter(item.told for item in one.readings)
        counted = ", ".join(f"{number} {verdict}" for verdict, number in told.items())
        return Finding(shown, title, Badge("depends", "±", DEPENDS), f"Read in {of} ways: {counted}.")
    others = "" if of == 1 else f", and so by all {of} readings" if one.verdict != "placed" else ""
    return Finding(shown, shown.headline or shown.statement, shown.badge, f"{_counted(shown)}{others}.")


def _counted(item: ShownClaim) -> str:
    asked = f", where {claimed(item.claimed_share)} are claimed" if item.verdict == "refuted" else ""
    return f"{item.successes or 0:,} of {count(item.seeds or 0, 'run')} ({percent(item.share)}){asked}"


def _odd(own: Sequence[ShownClaim]) -> Iterator[Finding]:
    by_key = {item.key: item for item in own}
    for figure in printed_figures(own):
        if figure.odd and not figure.explained:
            item = by_key[figure.claim.key]
            printed = item.figures.get(figure.label)
            title = f"The printed {figure.label} {printed.printed}" if printed else item.statement
            said = f"{figure.as_well:,} of {count(figure.seeds, 'run')} do at least as well."
            yield Finding(item, title, Badge("placed", "○", " or ".join(figure.places)), said)


def _is_news(one: Sentence[ShownClaim]) -> bool:
    """Whether something said of one case does not nearly always come true."""
    return "nearly always" not in one.readings[0].places


def _known_first(found: Sequence[Sentence[ShownClaim]]) -> list[Sentence[ShownClaim]]:
    """Return the sentences with those first that have a headline."""
    return sorted(found, key=lambda one: not any(item.headline for item in one.readings))
