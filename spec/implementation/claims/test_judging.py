"""Judging with hand-made runs: when seeds are added, what counts as a no, what is a problem."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Figure
from nnspec.claims.judging import SEEDS_AT_A_TIME, judge
from nnspec.runs.runs import Runs
from spec.implementation.claims.made_up_runs import (
    ERROR_RATE,
    OTHER_ARM,
    RECIPE,
    WITHOUT_CAUSE,
    Accuracies,
    FakeTrainer,
    always,
    better,
    declared,
    every_other,
    judged,
    mostly,
)


def yes(runs: Runs) -> Any:
    """Yes is the answer to everything."""
    return np.ones(len(runs), bool)


def test_no_more_seeds_are_trained_once_a_claim_is_decided() -> None:
    train = FakeTrainer({RECIPE: always})
    judgement = judged(train)
    assert judgement.evidence.verdict == "holds"
    assert judgement.counterfactual.verdict == "refuted"
    assert train.asked == [(RECIPE, 0, SEEDS_AT_A_TIME), (WITHOUT_CAUSE, 0, SEEDS_AT_A_TIME)]
    assert judgement.problems == []
    assert not judgement.contradicted


def test_seeds_are_added_until_a_claim_is_decided() -> None:
    # 0.9 needs 169 yes in a row at this error rate, which is three blocks of 64
    train = FakeTrainer({RECIPE: always})
    judgement = judged(train, declared(share=0.9))
    assert judgement.evidence.verdict == "holds"
    assert [start for recipe, start, _ in train.asked if recipe == RECIPE] == [0, 64, 128]
    assert judgement.evidence.seeds.tolist() == list(range(192))


@pytest.mark.parametrize(("accuracies", "successes", "seeds"), [(every_other, 32, 64), (mostly, 120, 192)])
def test_a_claim_that_the_budget_would_not_decide_is_left_undecided(accuracies, successes, seeds) -> None:
    train = FakeTrainer({RECIPE: accuracies})
    judgement = judged(train)
    assert judgement.evidence.verdict == "undecided"
    # of 256 more than 67 % would have to say yes
    assert (judgement.evidence.successes, train.seeds(RECIPE)) == (successes, seeds)
    assert judgement.evidence.interval[0] < 0.5 < judgement.evidence.interval[1]
    assert judgement.problems == ["the verdict is undecided, recorded is holds"]
    assert not judgement.contradicted


def test_a_last_block_may_be_smaller_and_seeds_are_taken_in_their_order() -> None:
    train, seeds = FakeTrainer({RECIPE: every_other}), [*range(500, 530), 7]
    judgement = judge(declared(), train, seeds, ERROR_RATE, at_a_time=20)
    assert [number for recipe, _, number in train.asked if recipe == RECIPE] == [20, 11]
    assert judgement.evidence.seeds.tolist() == seeds
    assert judgement.evidence.answers.tolist() == [seed % 2 == 1 for seed in seeds]


def test_a_refuted_claim_is_a_problem_unless_it_is_recorded_as_refuted() -> None:
    found = judged(FakeTrainer({RECIPE: lambda seeds: 0.25 + 0.0 * seeds}))
    assert found.problems == ["the verdict is refuted, recorded is holds"]
    assert found.contradicted
    recorded = judged(FakeTrainer({RECIPE: lambda seeds: 0.25 + 0.0 * seeds}), declared(verdict="refuted"))
    assert recorded.problems == []


@pytest.mark.parametrize(
    ("accuracies", "told", "contradicted"),
    [
        (always, "holds too: the claim's cause is not what makes it true, so take away another cause", True),
        (
            every_other,
            "is undecided: whether the claim's cause makes it true is open, so take more seeds",
            False,
        ),
    ],
)
def test_a_counterfactual_that_is_not_refuted_is_a_problem(
    accuracies: Accuracies, told: str, contradicted: bool
) -> None:
    judgement = judged(FakeTrainer({RECIPE: always, WITHOUT_CAUSE: accuracies}))
    assert judgement.evidence.verdict == "holds"
    (problem,) = judgement.problems
    assert problem.startswith(f"the counterfactual {told}, or ")
    assert judgement.contradicted is contradicted


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_seed_that_diverged_counts_as_a_no(value: float) -> None:
    train = FakeTrainer({RECIPE: lambda seeds: np.where(seeds % 4 == 0, value, 1.0)})
    judgement = judged(train, declared(yes, share=0.7))
    seeds = len(judgement.evidence.seeds)
    assert judgement.evidence.diverged.tolist() == [seed % 4 == 0 for seed in range(seeds)]
    assert judgement.evidence.successes == seeds * 3 / 4


@pytest.mark.parametrize("mask", [True, False])
def test_an_answer_with_a_mask_is_refused(mask: bool) -> None:
    def masked(runs: Runs) -> Any:
        """Leave out some seeds."""
        return np.ma.masked_array(np.asarray(runs.accuracy) >= 0.5, mask=mask)

    expected = r"predicate result='a masked array'; expected an array without a mask; use \.filled\(value\)$"
    with pytest.raises(InvalidValue, match=expected):
        judged(FakeTrainer({RECIPE: always}), declared(masked))


def test_a_seed_counts_as_a_no_if_either_arm_diverged() -> None:
    train = FakeTrainer(
        {
            RECIPE: lambda seeds: np.where(seeds == 3, np.inf, 1.0),
            OTHER_ARM: lambda seeds: np.where(seeds == 5, -np.inf, 0.0),
        }
    )
    wanted = declared(
        better, recipe={"this": RECIPE, "that": OTHER_ARM}, counterfactual={"this": WITHOUT_CAUSE}
    )
    evidence = judged(train, wanted).evidence
    assert evidence.seeds[evidence.diverged].tolist() == [3, 5]
    assert evidence.seeds[~evidence.answers].tolist() == [3, 5]


def test_both_arms_see_the_same_seeds_under_their_names() -> None:
    train = FakeTrainer({RECIPE: always, OTHER_ARM: every_other})
    wanted = declared(
        better, recipe={"this": RECIPE, "that": OTHER_ARM}, counterfactual={"this": WITHOUT_CAUSE}, share=0.1
    )
    evidence = judged(train, wanted).evidence
    assert evidence.answers.tolist() == [seed % 2 == 0 for seed in range(64)]
    assert [c.label for c in evidence.comparisons] == ["accuracy of this - accuracy of that"]
    assert {name: (runs.recipe, runs.name) for name, runs in evidence.runs.items()} == {
        "this": (RECIPE, "this"),
        "that": (OTHER_ARM, "that"),
    }


def test_the_worst_seeds_are_the_noes_farthest_from_the_threshold() -> None:
    def accuracies(seeds: NDArray[np.int64]) -> Any:
        return np.where(seeds < 60, 0.9, (64 - seeds) / 10)  # 60 … 63 have 0.4 … 0.1

    evidence = judged(FakeTrainer({RECIPE: accuracies}), seeds=range(64)).evidence
    assert evidence.worst_seeds == [63, 62, 61]


def test_below_a_threshold_the_worst_seeds_are_the_largest_values() -> None:
    def low(runs: Runs) -> Any:
        """Low losses are reached."""
        return runs.loss <= 0.5

    def accuracies(seeds: NDArray[np.int64]) -> Any:
        return np.where(seeds < 2, (1 + seeds) / 10, 0.9)  # losses of 0.9 and 0.8, then 0.1

    evidence = judged(FakeTrainer({RECIPE: accuracies}), declared(low), seeds=range(64)).evidence
    assert evidence.worst_seeds == [0, 1]


def test_seeds_that_diverged_are_the_worst() -> None:
    def accuracies(seeds: NDArray[np.int64]) -> Any:
        return np.select([seeds == 9, seeds == 30], [0.1, np.nan], 1.0)

    evidence = judged(FakeTrainer({RECIPE: accuracies}), seeds=range(64)).evidence
    assert evidence.worst_seeds == [30, 9]


def test_without_a_no_there_is_no_worst_seed() -> None:
    assert judged(FakeTrainer({RECIPE: always})).evidence.worst_seeds == []


def test_comparisons_and_runs_hold_all_seeds() -> None:
    evidence = judged(FakeTrainer({RECIPE: mostly})).evidence
    (comparison,) = evidence.comparisons
    assert (comparison.label, comparison.operator, comparison.threshold) == ("accuracy", "≥", 0.5)
    assert comparison.values.tolist() == [float(seed % 8 < 5) for seed in range(192)]
    assert len(evidence.runs["runs"]) == 192


def test_figures_use_all_seeds_and_the_counterfactual_does_not() -> None:
    train = FakeTrainer({RECIPE: lambda seeds: 1 + seeds / 1000})
    thousandths = Figure("128", lambda runs: 1000 * (runs.accuracy - 1), "lower")
    judgement = judged(train, declared(documented={"accuracy": 1.0, "thousandths": thousandths}))
    assert (train.seeds(RECIPE), train.seeds(WITHOUT_CAUSE)) == (256, 64)
    assert judgement.evidence.verdict == "holds"
    assert [(one.as_well, one.seeds) for one in judgement.figures.values()] == [(256, 256), (129, 256)]
    assert judgement.figures["thousandths"].quantiles[2] == pytest.approx(127.5, abs=1e-3)
    assert [one.places for one in judgement.figures.values()] == [("worse than most", "unlucky"), ("usual",)]


@pytest.mark.parametrize(
    ("reading", "accuracies", "place"),
    [
        ("one case", always, "nearly always"),
        ("one case", every_other, "a coin toss"),
        ("figure", every_other, "usual"),
    ],
)
def test_seeds_are_added_until_one_place_is_left(reading: str, accuracies: Accuracies, place: str) -> None:
    train = FakeTrainer({RECIPE: accuracies})
    wanted = declared(says="It was 0.5", reading=reading, counterfactual=None, verdict=place)
    judgement = judged(train, wanted, seeds=range(1024))
    assert (judgement.evidence.verdict, judgement.counterfactual, judgement.problems) == (place, None, [])
    assert judgement.evidence.claimed_share is None
    asked = train.seeds(RECIPE)
    assert SEEDS_AT_A_TIME < asked < 1024
    fewer = judged(train, wanted, seeds=range(asked - SEEDS_AT_A_TIME))
    assert fewer.evidence.verdict != place
    assert not fewer.contradicted


def test_another_place_than_the_recorded_one_contradicts_it() -> None:
    wanted = declared(says="It was 0.5", reading="figure", counterfactual=None, verdict="lucky")
    judgement = judged(FakeTrainer({RECIPE: every_other}), wanted)
    assert judgement.problems == ["the verdict is usual, recorded is lucky"]
    assert judgement.contradicted


@pytest.mark.parametrize("accuracies", [always, every_other, lambda seeds: 0.0 * seeds])
def test_without_its_cause_one_case_may_come_true_as_often(accuracies: Accuracies) -> None:
    wanted = declared(says="It was 0.5", reading="one case", verdict="nearly always")
    judgement = judged(FakeTrainer({RECIPE: always, WITHOUT_CAUSE: accuracies}), wanted)
    assert judgement.counterfactual is not None
    assert (judgement.problems, judgement.contradicted) == ([], False)
