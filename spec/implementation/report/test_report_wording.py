"""How the report says shares and places, in words that are true of the counts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from nnspec.report.words import wording
from nnspec.report.words.result import result_sentence, what_is_taken
from nnspec.results.claim_result import Counterfactual
from nnspec.statistics.figures import place
from nnspec.statistics.shares import decide, share_interval
from spec.implementation.report.report_samples import claim, placed, plain, result

RATE = 1e-5


@pytest.mark.parametrize(
    ("share", "said", "label"),
    [
        (0.5, "more than half", "claimed more than half"),
        (0.9, "at least 90 %", "claimed 90 %"),
        (1.0, "all", "claimed all"),
    ],
)
def test_what_is_claimed_is_more_than_half_or_a_share(share: float, said: str, label: str) -> None:
    assert plain(wording.claimed(share)) == said
    assert plain(wording.claimed_label(share)) == label


def test_where_nothing_is_claimed_nothing_is_said() -> None:
    assert wording.claimed(None) == ""


@pytest.mark.parametrize(
    ("successes", "said"),
    [
        (0, "out of reach: 0 of 4,096 runs do at least as well"),
        (600, "better than most: 600 of 4,096 runs do at least as well"),
        (1000, "better than most or usual: 1,000 of 4,096 runs do at least as well"),
        (4096, "unlucky: 4,096 of 4,096 runs do at least as well"),
    ],
)
def test_a_figure_is_placed_in_words_with_its_counts(successes: int, said: str) -> None:
    values = [1.0] * successes + [0.0] * (4096 - successes)
    assert plain(wording.place_in_words(place(0.5, values, "higher", RATE, 1))).partition(";")[0] == said


def test_so_few_runs_that_three_places_are_open_place_no_figure() -> None:
    said = wording.place_in_words(place(0.5, [0.0, 1.0], "higher", RATE))
    assert plain(said) == "not placed by so few runs: 1 of 2 runs do at least as well"


def test_a_figure_between_two_groups_of_runs_says_that_no_run_comes_near_it() -> None:
    said = plain(wording.place_in_words(place(0.5, [0.0] * 2048 + [1.0] * 2048, "lower", RATE)))
    assert said == "usual: 2,048 of 4,096 runs do at least as well; no run lies between 0 and 1"


@pytest.mark.parametrize("seeds", [64, 100, 512])
@pytest.mark.parametrize("share", [0.0, 0.03, 0.5, 0.97, 1.0])
def test_where_a_verdict_turns_is_where_it_does_turn(seeds: int, share: float) -> None:
    successes = round(share * seeds)
    said = plain(wording.where_it_turns(share_interval(successes, seeds, RATE)))
    held, failed = re.search(r"up to (\d+) % would hold", said), re.search(r"from (\d+) % would be", said)
    assert held or failed
    for found, verdict in ((held, "holds"), (failed, "refuted")):
        if found:
            assert decide(successes, seeds, int(found[1]) / 100, RATE) == verdict


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0.95, 1.0), "nearly always"),
        ((0.5, 0.8), "a coin toss or mostly"),
        ((0.05, 0.5), ""),
        (None, ""),
    ],
)
def test_how_often_something_comes_true_is_a_word_or_two_neighbours(
    ends: tuple[float, float] | None, said: str
) -> None:
    assert wording.how_often(ends) == said


def test_one_case_is_told_without_a_share_that_it_would_be_held_to() -> None:
    told = plain(wording.sentence(result(placed("one case", "almost never"))))
    assert told == "13 of 256 runs (5 %, interval 2–20 %)."
    few = placed("one case") | {"verdict": "undecided", "expected": "undecided", "interval": [0.0, 0.5]}
    assert wording.sentence(result(few)).endswith(": almost never to a coin toss.")
    assert "more than half are claimed" in wording.sentence(result(claim(claimed_share=0.5)))


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("refuted", ""), ("undecided", ""), ("holds", " It holds, and must not.")],
)
def test_a_null_must_not_hold(verdict: str, said: str) -> None:
    null = Counterfactual(null=True, verdict=verdict, seeds=64, successes=30)  # type: ignore[arg-type]
    assert plain(wording.counterfactual_sentence(null)) == f"30 of 64 runs (47 %).{said}"


def test_a_null_that_holds_is_an_alarm_of_its_own() -> None:
    null = Counterfactual(null=True, verdict="holds", seeds=64, successes=64)
    assert wording.counterfactual_alarm(null).startswith(
        "Compared with itself the first comes out so too, so that this is no difference"
    )


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        ("Moons: 4 relu-1, Adam(), 20 epochs", "Moons: 4 relu-1, Adam(0), 20 epochs", "Adam(0)"),
        ("Circles: 1, SGD(), 5 epochs", "Halves: 1, SGD(), 5 epochs", "Halves"),
        ("Rule, Points(n=5, gap=0.1)", "Rule, Circles(n=5, gap=0.1)", "Circles(n=5, gap=0.1)"),
        ("Moons: 4 relu-1, Adam(), 20 epochs", "Moons: 1, SGD(), 5 epochs", "Moons: 1, SGD(), 5 epochs"),
        ("Moons: 1", "Moons: 1", "Moons: 1"),
    ],
)
def test_of_a_recipe_without_a_cause_what_differs_is_told_and_all_of_it_where_that_is_most(
    own: str, other: str, said: str
) -> None:
    item = result(claim(recipes={"runs": own}))
    taken = Counterfactual(description=other, verdict="refuted", seeds=64, successes=0)
    assert what_is_taken(item, taken) == said
    assert what_is_taken(replace(item, recipes={"a": own, "b": own}), taken) == other


def test_a_result_below_a_title_repeats_no_count_of_it() -> None:
    item = result(claim(claimed_share=0.5, successes=57))
    assert plain(result_sentence(item, "It learns in 57 of 256 runs")).startswith("22 %, interval ")
    assert plain(result_sentence(item, "It learns")).startswith("57 of 256 runs, 22 %, interval ")
