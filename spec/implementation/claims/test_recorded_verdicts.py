"""Verdicts that may be recorded, what the seeds say beside them, and when the two agree."""

from __future__ import annotations

import itertools

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.reading import (
    OPEN,
    agrees,
    checked_verdict,
    contradicts,
    found_verdict,
    is_settled,
    places_of,
)
from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, OUT_OF_REACH

WORDS = {"one case": HOW_OFTEN.words, "figure": (OUT_OF_REACH, *AS_WELL.words)}
GENERAL = ("holds", "refuted", "undecided")
ERROR_RATE = 0.01


@pytest.mark.parametrize("verdict", GENERAL)
def test_a_general_sentence_has_one_of_three_verdicts(verdict: str) -> None:
    assert checked_verdict("recorded", verdict, "general") == verdict


@pytest.mark.parametrize("reading", WORDS)
def test_of_what_is_placed_a_word_or_two_neighbours_may_be_recorded_and_nothing_else(reading: str) -> None:
    words = WORDS[reading]
    assert all(checked_verdict("recorded", word, reading) == word for word in (*words, OPEN))
    for one, other in itertools.product(words, repeat=2):
        both = f"{one} or {other}"
        if abs(words.index(one) - words.index(other)) == 1:
            assert checked_verdict("recorded", both, reading) == both
        else:
            with pytest.raises(InvalidValue, match=rf"^recorded='{both}'; expected .*neighbours"):
                checked_verdict("recorded", both, reading)


@pytest.mark.parametrize("reading", WORDS)
def test_the_example_of_the_message_may_be_recorded(reading: str) -> None:
    with pytest.raises(InvalidValue, match="such as") as refused:
        checked_verdict("recorded", "often", reading)
    example = str(refused.value).partition("such as '")[2].partition("'")[0]
    assert checked_verdict("recorded", example, reading) == example


@pytest.mark.parametrize(
    ("reading", "verdict"),
    [
        *itertools.product(WORDS, ["holds", "refuted", "placed", "", "often", "undecided or holds", None, 1]),
        *(("general", word) for word in (*HOW_OFTEN.words, *AS_WELL.words, "placed", "error", "", None)),
        ("one case", "usual"),
        ("figure", "mostly"),
        ("one case", "seldom or a coin toss or mostly"),
        ("figure", "lucky or better than most or usual"),
        ("figure", "usual or undecided"),
    ],
)
def test_other_verdicts_are_refused(reading: str, verdict: object) -> None:
    with pytest.raises(InvalidValue, match=r"^recorded="):
        checked_verdict("recorded", verdict, reading)


@pytest.mark.parametrize("reading", ["general", *WORDS])
@pytest.mark.parametrize("seeds", [1, 2, 8, 64, 2048])
def test_whatever_seeds_say_may_be_recorded(reading: str, seeds: int) -> None:
    found = {found_verdict(reading, 0.5, yes, seeds, ERROR_RATE) for yes in range(seeds + 1)}
    assert all(checked_verdict("recorded", verdict, reading) == verdict for verdict in found)
    if seeds == 1:
        assert found == {OPEN}
    if seeds == 2048:
        expected = {"general": set(GENERAL), "one case": set(HOW_OFTEN.words), "figure": set(WORDS["figure"])}
        assert found >= expected[reading]


def test_more_seeds_add_nothing_once_there_is_one_verdict() -> None:
    assert [is_settled("general", verdict) for verdict in GENERAL] == [True, True, False]
    told = ["usual", "usual or lucky", OPEN, OUT_OF_REACH]
    assert [is_settled("figure", verdict) for verdict in told] == [True, False, False, True]


def test_of_two_places_that_it_may_have_one_is_enough_to_agree() -> None:
    assert places_of("seldom or a coin toss") == ("seldom", "a coin toss")
    for found, recorded in [
        ("seldom", "seldom"),
        ("seldom", "seldom or a coin toss"),
        ("a coin toss or mostly", "seldom or a coin toss"),
        ("holds", "holds"),
        (OPEN, OPEN),
    ]:
        assert agrees(found, recorded)
        assert agrees(recorded, found)
        assert not contradicts(found, recorded)


@pytest.mark.parametrize(
    ("found", "recorded"),
    [
        ("seldom", "mostly"),
        ("seldom or a coin toss", "mostly or nearly always"),
        ("holds", "refuted"),
        (OUT_OF_REACH, "usual"),
    ],
)
def test_other_places_contradict_and_a_lack_of_seeds_does_not(found: str, recorded: str) -> None:
    for one, other in [(found, recorded), (recorded, found)]:
        assert not agrees(one, other)
        assert contradicts(one, other)
    for one in (found, recorded):
        assert not agrees(one, OPEN)
        assert not contradicts(one, OPEN)
        assert not contradicts(OPEN, one)


@pytest.mark.parametrize("reading", WORDS)
def test_a_placed_claim_is_not_held_to_a_share(reading: str) -> None:
    told = {
        found_verdict(reading, share, yes, 256, ERROR_RATE) for share in (0.1, 0.5, 0.9) for yes in (3, 128)
    }
    assert len(told) == 2
