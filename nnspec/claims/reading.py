"""How a sentence is read: in general, of one case, or as a printed figure; one rule for every document.

A general sentence claims *more than half* of all runs, unless a word of it (always, cannot, no trouble) says
more. What was said of one case is told as what it is: how often it happens, and no share is held against it.
A figure of one run is placed: how many runs do at least as well.
"""

from __future__ import annotations

import re
from typing import Literal

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.claims.naming import checked_line
from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, MOST_WORDS, OUT_OF_REACH, as_well, how_often
from nnspec.statistics.shares import VERDICTS, check_share, decide

Reading = Literal["general", "one case", "figure"]
READINGS: tuple[Reading, ...] = ("general", "one case", "figure")
MORE_THAN_HALF, NINE_IN_TEN = 0.5, 0.9
OURS = "no sentence of the document says it"
OPEN = "undecided"
_OR = " or "


def checked_share(name: str, share: float | None, word: object, says: str, reading: str, ours: bool) -> float:
    """Return the share that a claim is held to, 0 … 1; of what is only placed one half, to plan by.

    Raises
    ------
    InvalidValue
        If it is none, or if it is not what the sentence says: more than half, or nine in ten and more by a
        `word` of it.
    """
    promise = checked_line(name, "word", word)
    if promise and not has_word(says, promise):
        raise InvalidValue(
            f"{name}: word", promise, "a word of the sentence that `says` has", f"says={says!r}"
        )
    if reading != "general":
        if share is not None or promise:
            expected = f"no share and no word, as nothing is promised of {_NOTHING[reading]}"
            raise InvalidValue(f"{name}: share, word", (share, promise), expected)
        return MORE_THAN_HALF
    usual = NINE_IN_TEN if promise else MORE_THAN_HALF
    chosen = check_share(usual if share is None else share, f"{name}: share")
    if says and not ours and not (chosen >= NINE_IN_TEN if promise else chosen == MORE_THAN_HALF):
        expected = "0.5, which a sentence claims by itself, or at least 0.9 with the word of it that says so"
        if promise:
            expected = f"at least 0.9, as {promise!r} is a word that says more than half"
        raise InvalidValue(f"{name}: share", share, expected, "as share=0.9, word='always'")
    return chosen


def has_word(says: str, word: str) -> bool:
    """Whether a sentence has these words, whole ones: a small network is not all networks."""
    if not re.search(r"\w", word):
        return False
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", says, re.IGNORECASE) is not None


def checked_verdict(name: str, verdict: object, reading: str) -> str:
    """Return a recorded verdict: of a general sentence one of three, else how often or where it lies.

    Raises
    ------
    InvalidValue
        If it is none, or names places that are no neighbours.
    """
    if reading == "general":
        return one_of(name, verdict, VERDICTS)
    words = _scale_words(reading)
    chosen = places_of(verdict) if isinstance(verdict, str) else ()
    known = verdict == OPEN or (chosen and all(word in words for word in chosen))
    if not known or (len(chosen) > 1 and not _neighbours(chosen, words)):
        both = _OR.join(words[1:3])
        expected = f"{', '.join(words)}, two neighbours such as {both!r}, or undecided"
        remedy = "a claim that records nothing says holds; record undecided until it is found"
        raise InvalidValue(name, verdict, expected, remedy if verdict == VERDICTS[0] else "")
    return str(verdict)


def found_verdict(reading: str, share: float, successes: int, seeds: int, error_rate: float) -> str:
    """Return what the seeds say: holds, refuted or undecided; else a place, or two that it may have.

    Raises
    ------
    InvalidValue
        If a number cannot be one.
    """
    if reading == "general":
        return decide(successes, seeds, share, error_rate)
    words = places(reading, successes, seeds, error_rate)
    return _OR.join(words) if len(words) <= MOST_WORDS else OPEN


def can_decide(reading: str, share: float, seeds: int, error_rate: float) -> bool:
    """Return whether so many seeds can say anything of a claim, if all of them say the same."""
    alike = (found_verdict(reading, share, yes, seeds, error_rate) for yes in (0, seeds))
    return any(verdict != OPEN for verdict in alike)


def fewest_seeds(share: float, error_rate: float, at_a_time: int, most_seeds: int) -> int:
    """Return how many seeds, added `at_a_time`, decide a share of one half or more if all say yes.

    It is 0 where more than `most_seeds` would be needed.
    """
    tried = range(at_a_time, most_seeds + 1, at_a_time)
    return next((seeds for seeds in tried if decide(seeds, seeds, share, error_rate) != "undecided"), 0)


def is_settled(reading: str, verdict: str) -> bool:
    """Whether more seeds would add nothing to a verdict."""
    return verdict != OPEN and (reading == "general" or len(places_of(verdict)) == 1)


def agrees(found: str, recorded: str) -> bool:
    """Whether what was found is what is recorded; of two places that it may have one is enough."""
    return bool(set(places_of(found)) & set(places_of(recorded)))


def contradicts(found: str, recorded: str) -> bool:
    """Whether what was found cannot be what is recorded, and not for a lack of seeds."""
    return OPEN not in (found, recorded) and not agrees(found, recorded)


def places(reading: str, successes: int, seeds: int, error_rate: float) -> tuple[str, ...]:
    """Return the words that the seeds leave possible, of a figure or of how often something comes true."""
    return (as_well if reading == "figure" else how_often)(successes, seeds, error_rate)


def places_of(verdict: str) -> tuple[str, ...]:
    """Return the words of a verdict, several where it is open between neighbours."""
    return tuple(verdict.split(_OR))


def _scale_words(reading: str) -> tuple[str, ...]:
    return (OUT_OF_REACH, *AS_WELL.words) if reading == "figure" else HOW_OFTEN.words


def _neighbours(chosen: tuple[str, ...], words: tuple[str, ...]) -> bool:
    at = [words.index(word) for word in chosen]
    return len(at) == MOST_WORDS and abs(at[0] - at[1]) == 1


_NOTHING = {"one case": "what is said of one case", "figure": "the figure of one run"}
