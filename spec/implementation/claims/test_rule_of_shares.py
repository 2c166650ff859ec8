"""The share that a sentence claims: more than half, more by a word of it, none of what is only placed."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.reading import OURS, READINGS, can_decide, checked_share, fewest_seeds, found_verdict
from spec.implementation.claims.made_up_runs import declared, of_two_arms

SAYS = "It will always converge"


def test_a_general_sentence_claims_more_than_half_of_all_runs() -> None:
    found = declared(says=SAYS)
    assert (found.reading, found.share, found.word) == ("general", 0.5, "")
    assert declared(says=SAYS, share=0.5).share == 0.5


@pytest.mark.parametrize("word", ["always", "Always", "will ALWAYS converge"])
def test_a_word_of_the_sentence_claims_nine_in_ten(word: str) -> None:
    assert declared(says=SAYS, word=word).share == 0.9
    assert declared(says=SAYS, word=word, share=0.99).share == 0.99


@pytest.mark.parametrize(
    ("share", "word"),
    [(0.9, ""), (0.51, ""), (0.49, ""), (0.1, ""), (0.5, "always"), (0.89, "always"), (0.7, "always")],
)
def test_any_other_share_is_refused_and_told_what_would_be_one(share: float, word: str) -> None:
    by_itself = r"0\.5, which a sentence claims by itself, or at least 0\.9 with the word of it that says so"
    expected = r"at least 0\.9, as 'always' is a word that says more than half" if word else by_itself
    message = rf"^claim 'line-1': share={share}; expected {expected}; as share=0\.9, word='always'$"
    with pytest.raises(InvalidValue, match=message):
        declared(says=SAYS, share=share, word=word)


@pytest.mark.parametrize("share", [0, 1, 0.0, 1.0, -0.1, 1.1, float("nan")])
@pytest.mark.parametrize("word", ["", "always"])
def test_no_number_of_seeds_shows_all_of_them_or_more(share: float, word: str) -> None:
    with pytest.raises(InvalidValue, match=r"^claim 'line-1': share="):
        declared(says=SAYS, share=share, word=word)


@pytest.mark.parametrize(
    ("says", "word"),
    [
        (SAYS, "never"),
        ("", "always"),
        ("Converges", "converges well"),
        ("A small network usually does", "all"),
        ("A small network usually does", "all network"),
        ("It always converges", "ways"),
        ("It converges (always – or so)", "–"),
    ],
)
def test_a_word_that_the_sentence_does_not_have_promises_nothing(says: str, word: str) -> None:
    expected = rf"^claim 'line-1': word='{word}'; expected a word of the sentence that `says` has"
    with pytest.raises(InvalidValue, match=expected):
        declared(says=says, word=word)


@pytest.mark.parametrize("says", ["It is always so", "Always.", "so (always) it is", "always, it is said"])
def test_a_word_may_stand_beside_any_mark(says: str) -> None:
    assert declared(says=says, word="always").share == 0.9


@pytest.mark.parametrize("reading", ["one case", "figure"])
@pytest.mark.parametrize("more", [{"share": 0.5}, {"share": 0.9}, {"word": "always"}])
def test_what_is_said_of_one_case_or_printed_of_one_run_takes_no_share(
    reading: str, more: dict[str, Any]
) -> None:
    nothing = {"one case": "what is said of one case", "figure": "the figure of one run"}[reading]
    expected = rf"^claim 'line-1': share, word=.*; expected no share and no word, as .* of {nothing}$"
    with pytest.raises(InvalidValue, match=expected):
        declared(says=SAYS, reading=reading, **more)
    # half of the seeds is what such a claim is planned by
    assert declared(says=SAYS, reading=reading, verdict="undecided").share == 0.5


def test_a_claim_of_ours_may_be_held_to_any_share() -> None:
    assert declared(share=0.7).beyond == OURS
    assert declared(says=SAYS, beyond="it is asked of two networks", share=0.7).share == 0.7
    assert declared().share == 0.5
    assert declared(says=SAYS, beyond="", share=0.5).beyond == ""


def test_spaces_of_a_sentence_do_not_count() -> None:
    found = declared(says="  It will\n    always\tconverge ", word="will always")
    assert (found.says, found.share) == (SAYS, 0.9)


def test_there_are_three_readings_and_others_are_refused() -> None:
    assert READINGS == ("general", "one case", "figure")
    with pytest.raises(InvalidValue, match=r"^claim 'line-1': reading='one-case'; expected one of"):
        declared(says=SAYS, reading="one-case")


@pytest.mark.parametrize("reading", READINGS)
def test_the_rule_is_the_same_for_one_arm_and_several(reading: str) -> None:
    verdict = "holds" if reading == "general" else "undecided"
    pair = of_two_arms(says=SAYS, reading=reading, verdict=verdict)
    assert pair.share == declared(says=SAYS, reading=reading, verdict=verdict).share
    assert pair.share == checked_share("a claim", None, "", SAYS, reading, False)


def test_one_arm_of_a_general_sentence_needs_a_counterfactual_and_what_is_placed_does_not() -> None:
    with pytest.raises(InvalidValue, match=r"^claim 'line-1': counterfactual=None; expected a recipe in"):
        declared(says=SAYS, counterfactual=None)
    for reading in ("one case", "figure"):
        found = declared(says=SAYS, reading=reading, verdict="undecided", counterfactual=None)
        assert (dict(found.counterfactual), found.has_null, found.verdicts) == ({}, False, 1)


def test_a_text_of_blanks_is_no_text_and_one_of_several_lines_is_one_line() -> None:
    found = declared(says=SAYS, word=" ", beyond=" \n", without="the\n  cause", headline="It\nconverges")
    assert declared(says=SAYS, in_short=" Half  the\nunits do ").in_short == "Half the units do"
    assert declared(says=SAYS, in_short=" ").in_short == ""
    assert (found.share, found.word, found.beyond) == (0.5, "", "")
    assert (found.without, found.headline) == ("the cause", "It converges")
    assert declared(says="It always  converges", word="always\n converges").word == "always converges"


@pytest.mark.parametrize(
    ("reading", "share", "seeds", "can"),
    [
        *[("general", 0.5, 8, False), ("general", 0.5, 24, True), ("general", 0.5, 2, False)],
        # where nine in ten are claimed, eight that say no are enough
        *[("general", 0.9, 8, True), ("general", 0.9, 2, False)],
        *[("one case", 0.5, 2, False), ("one case", 0.5, 64, True)],
        *[("figure", 0.5, 2, False), ("figure", 0.5, 256, True)],
    ],
)
def test_what_so_many_seeds_can_say_if_all_say_the_same(reading, share, seeds, can) -> None:
    assert can_decide(reading, share, seeds, 2.5e-6) is can
    verdicts = {found_verdict(reading, share, yes, seeds, 2.5e-6) for yes in range(seeds + 1)}
    assert (verdicts != {"undecided"}) is can


@pytest.mark.parametrize(
    ("share", "seeds"),
    # beyond 98 % no number of seeds that there is would decide, and none is looked for without end
    [(0.5, 24), (0.9, 176), (0.98, 984), (0.99, 0), (1 - 1e-12, 0)],
)
def test_as_many_seeds_as_decide_if_all_say_yes(share, seeds) -> None:
    assert fewest_seeds(share, 2.5e-6, 8, 1024) == seeds
