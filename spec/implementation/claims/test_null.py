"""The null of several arms: the first one in the place of all, from other seeds, which must not hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim
from nnspec.claims.judging import judge
from nnspec.runs.runs import Runs
from spec.implementation.claims.made_up_runs import (
    OTHER_ARM,
    RECIPE,
    THIRD_ARM,
    WITHOUT_CAUSE,
    FakeTrainer,
    always,
    better,
    declared,
    drawn,
    judged,
    of_two_arms,
)

FAR_BETTER = {RECIPE: drawn(1, mean=10.0), OTHER_ARM: drawn(2)}


def worse(this: Runs, that: Runs) -> Any:
    """Worse it is."""
    return this.accuracy < that.accuracy


def not_much_worse(this: Runs, that: Runs) -> Any:
    """Hardly worse it is."""
    return this.accuracy >= that.accuracy - 10.0


def in_order(first: Runs, second: Runs, third: Runs) -> Any:
    """They come in this order."""
    return (first.accuracy > second.accuracy) & (second.accuracy > third.accuracy)


def of_three_arms() -> Claim:
    arms = {"first": RECIPE, "second": OTHER_ARM, "third": THIRD_ARM}
    return declared(in_order, recipe=arms, counterfactual=None)


def test_of_continuous_values_half_of_the_differences_are_positive() -> None:
    for stream in range(8):
        train = FakeTrainer({RECIPE: drawn(stream), OTHER_ARM: drawn(stream + 100)})
        null = judge(of_two_arms(), train, range(256), 1e-300, at_a_time=256).counterfactual
        assert null is not None
        # of values in a ring about n / 2 are larger than their neighbour, with a variance of n / 12
        assert abs(null.successes - 128) < 5 * np.sqrt(256 / 12)
        assert null.verdict == "undecided"


def test_three_arms_come_out_in_order_one_time_in_six() -> None:
    train = FakeTrainer({RECIPE: drawn(1), OTHER_ARM: drawn(2), THIRD_ARM: drawn(3)})
    null = judge(of_three_arms(), train, range(2000), 1e-300, at_a_time=2000).counterfactual
    assert null is not None
    assert null.successes / 2000 == pytest.approx(1 / 6, abs=0.03)


def test_the_null_takes_the_runs_that_there_are_and_trains_nothing() -> None:
    train = FakeTrainer(FAR_BETTER)
    judgement = judged(train, of_two_arms())
    assert train.asked == [(RECIPE, 0, 64), (OTHER_ARM, 0, 64)]
    null = judgement.counterfactual
    assert null is not None
    assert {name: (runs.recipe, runs.name) for name, runs in null.runs.items()} == {
        "this": (RECIPE, "this"),
        "that": (RECIPE, "that"),
    }


def test_no_two_arms_of_the_null_have_the_same_seed_and_each_has_all() -> None:
    train = FakeTrainer({RECIPE: drawn(1), OTHER_ARM: drawn(2), THIRD_ARM: drawn(3)})
    for seeds in (3, 4, 64):
        null = judged(train, of_three_arms(), range(seeds)).counterfactual
        assert null is not None
        arms = np.array([runs.seeds for runs in null.runs.values()])
        assert arms.shape == (3, seeds)
        assert all(len(set(column)) == 3 for column in arms.T.tolist())
        assert all(sorted(row) == list(range(seeds)) for row in arms.tolist())


def test_fewer_seeds_than_arms_have_no_null() -> None:
    train = FakeTrainer({RECIPE: drawn(1), OTHER_ARM: drawn(2), THIRD_ARM: drawn(3)})
    assert judged(train, of_two_arms(), range(1)).counterfactual is None
    assert judged(train, of_two_arms(), range(2)).counterfactual is not None
    judgement = judged(train, of_three_arms(), range(2))
    assert (judgement.counterfactual, judgement.without_cause) == (None, "refuted")
    assert judgement.problems == ["the verdict is undecided, recorded is holds"]


def test_one_arm_and_a_pair_with_a_counterfactual_have_no_null() -> None:
    assert [declared().has_null, of_two_arms().has_null] == [False, True]
    other = of_two_arms(counterfactual={"this": WITHOUT_CAUSE})
    assert (other.has_null, set(other.counterfactual.values())) == (False, {WITHOUT_CAUSE, OTHER_ARM})


def test_a_null_that_does_not_hold_is_as_it_must_be() -> None:
    judgement = judged(FakeTrainer(FAR_BETTER), of_two_arms())
    assert judgement.evidence.verdict == "holds"
    assert judgement.problems == []
    assert (judgement.contradicted, judgement.without_cause) == (False, "refuted")


def test_a_tolerance_that_any_arm_keeps_makes_the_null_hold_and_that_is_told() -> None:
    judgement = judged(FakeTrainer(FAR_BETTER), of_two_arms(not_much_worse))
    assert judgement.counterfactual is not None
    assert [judgement.evidence.verdict, judgement.counterfactual.verdict] == ["holds", "holds"]
    (problem,) = judgement.problems
    assert problem.startswith("the null holds: the claim comes true of one arm beside itself")
    assert (judgement.contradicted, judgement.without_cause) == (True, "holds")


def test_equal_values_are_not_larger_than_one_another_but_at_least_as_large() -> None:
    def at_least(this: Runs, that: Runs) -> Any:
        """At least as good it is."""
        return this.accuracy >= that.accuracy

    train = FakeTrainer({RECIPE: always, OTHER_ARM: lambda seeds: 0.5 + 0.0 * seeds})
    assert judged(train, of_two_arms()).without_cause == "refuted"
    assert judged(train, of_two_arms(at_least)).without_cause == "holds"


def test_a_recipe_is_not_compared_with_itself_as_it_would_be_at_least_as_good_from_every_seed() -> None:
    with pytest.raises(InvalidValue, match="arms that differ: the same recipe from the same seeds"):
        of_two_arms(recipe={"this": RECIPE, "that": RECIPE.with_()})


def test_a_predicate_that_is_turned_round_or_arms_that_are_exchanged_are_noticed() -> None:
    exchanged = of_two_arms(recipe={"this": OTHER_ARM, "that": RECIPE})
    for wanted in (of_two_arms(worse), exchanged):
        judgement = judged(FakeTrainer(FAR_BETTER), wanted)
        assert judgement.problems == ["the verdict is refuted, recorded is holds"]
        assert judgement.contradicted
    both = of_two_arms(worse, recipe={"this": OTHER_ARM, "that": RECIPE})
    assert judged(FakeTrainer(FAR_BETTER), both).problems == []


def test_a_seed_that_diverged_says_no_in_both_of_its_places() -> None:
    def values(seeds: Any) -> Any:
        return np.where(seeds == 3, np.nan, 1.0)

    train = FakeTrainer({RECIPE: values, OTHER_ARM: always})
    null = judged(train, of_two_arms(not_much_worse)).counterfactual
    assert null is not None
    assert (~null.answers).sum() == 2
    assert null.diverged.tolist() == (~null.answers).tolist()


def test_of_what_is_only_placed_the_null_is_told_and_is_no_problem() -> None:
    wanted = of_two_arms(not_much_worse, says="It was as good", reading="one case", verdict="nearly always")
    judgement = judged(FakeTrainer(FAR_BETTER), wanted)
    assert judgement.counterfactual is not None
    assert judgement.counterfactual.verdict in ("nearly always", "mostly or nearly always")
    assert (judgement.problems, judgement.contradicted, judgement.without_cause) == ([], False, "refuted")


@pytest.mark.parametrize("error_rate", [0.2, 0.05])
def test_a_null_of_independent_values_holds_no_more_often_than_the_error_rate(error_rate: float) -> None:
    held = 0
    for number in range(200):
        random = np.random.default_rng(number)
        values = {recipe: random.normal(size=32) for recipe in (RECIPE, OTHER_ARM)}
        train = FakeTrainer({recipe: values[recipe].__getitem__ for recipe in values})
        # the claim ends whenever it is decided, which must not make its null hold more often
        judgement = judge(of_two_arms(better), train, range(32), error_rate, at_a_time=4)
        held += judgement.without_cause == "holds"
    assert held <= 200 * error_rate
