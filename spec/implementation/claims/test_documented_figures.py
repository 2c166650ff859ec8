"""Figures that a document prints: which value of a seed each is compared with, and what does as well."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Figure
from nnspec.claims.figure import lower_or_higher
from nnspec.runs.runs import Runs
from nnspec.statistics.figures import Placed
from spec.implementation.claims.made_up_runs import (
    OTHER_ARM,
    RECIPE,
    FakeTrainer,
    always,
    better,
    declared,
    every_other,
    judged,
    of_two_arms,
)


def placed(documented: Any, seeds: int = 64) -> Placed:
    """Return the place of a figure among so many seeds of accuracy one."""
    train = FakeTrainer({RECIPE: always, OTHER_ARM: every_other})
    (found,) = judged(train, declared(documented=documented), range(seeds)).figures.values()
    return found


def runs(recipe: Any = RECIPE) -> Runs:
    values = np.float32([1, 2, 3])
    return Runs(recipe, np.arange(3), {}, {"loss": values, "accuracy": values / 4}, ())


def test_a_documented_number_is_compared_with_the_metric_of_its_name() -> None:
    figure = declared(documented={"loss": 2}).documented["loss"]
    assert (figure.documented, figure.number, figure.decimals, figure.better) == (2.0, 2.0, None, "lower")
    assert figure.values({"runs": runs()}).tolist() == [1.0, 2.0, 3.0]


def test_of_several_recipes_the_first_one_gives_the_figures() -> None:
    found = of_two_arms(documented={"loss": 2}).documented["loss"]
    other = Runs(OTHER_ARM, np.arange(1), {}, {"loss": np.float32([9])}, ())
    assert found.values({"this": runs(), "that": other}).tolist() == [1.0, 2.0, 3.0]


def test_a_figure_may_say_itself_what_it_is_compared_with() -> None:
    figure = Figure(4.0, lambda runs: runs.loss * 2, "lower")
    assert declared(documented={"twice the loss": figure}).documented["twice the loss"] is figure


@pytest.mark.parametrize(
    ("metric", "better"),
    [
        ("loss", "lower"),
        ("val_loss", "lower"),
        ("test_Loss", "lower"),
        ("mean_squared_error", "lower"),
        ("accuracy", "higher"),
        ("test_accuracy", "higher"),
    ],
)
def test_of_losses_and_errors_lower_ones_do_as_well_and_of_other_metrics_higher(
    metric: str, better: str
) -> None:
    assert lower_or_higher(metric) == better


def test_lower_losses_and_higher_accuracies_do_as_well() -> None:
    # the accuracies are 1, the losses 0
    assert [placed({"accuracy": 0.9}).as_well, placed({"accuracy": 1.1}).as_well] == [64, 0]
    assert [placed({"loss": 0.1}).as_well, placed({"loss": -0.1}).as_well] == [64, 0]
    assert placed({"a": Figure(0.9, lambda runs: runs.accuracy, "lower")}).as_well == 0


@pytest.mark.parametrize(
    ("printed", "number", "decimals"),
    [
        ("0.5000", 0.5, 4),
        ("0.991", 0.991, 3),
        ("97", 97.0, 0),
        ("-7190.0156", -7190.0156, 4),
        ("+1.0", 1.0, 1),
    ],
)
def test_a_figure_as_it_is_printed_says_in_how_many_decimals(
    printed: str, number: float, decimals: int
) -> None:
    of_metric = declared(documented={"loss": printed}).documented["loss"]
    for figure in (of_metric, Figure(printed, lambda runs: runs.loss, "lower")):
        assert (figure.documented, figure.number, figure.decimals) == (printed, number, decimals)


def test_values_are_compared_in_the_decimals_that_were_printed() -> None:
    of: dict[str, Any] = {"of": lambda runs: runs.accuracy - 0.0004, "better": "higher"}
    assert placed({"a": Figure("1.000", **of)}).as_well == 64
    assert placed({"a": Figure("1.0000", **of)}).as_well == 0
    assert placed({"a": Figure(1.0, **of)}).as_well == 0
    found = placed({"a": Figure("1.000", **of, explained="drift-1")})
    assert (found.documented, found.explained) == (1.0, "drift-1")


@pytest.mark.parametrize("printed", ["99 %", "", "0.5.0", "1e-3", "five", ".5", "5.", " 0.5", "0,5", "nan"])
def test_what_is_no_printed_number_is_refused_and_the_claim_is_named(printed: str) -> None:
    expected = "expected a number, or one as it is printed, such as '0.5000'"
    with pytest.raises(InvalidValue, match=rf"^claim 'line-1': documented loss='{printed}'; {expected}"):
        declared(documented={"loss": printed})
    with pytest.raises(InvalidValue, match=rf"^documented='{printed}'; {expected}"):
        Figure(printed, lambda runs: runs.loss, "lower")


@pytest.mark.parametrize(
    "printed", ["1" * 400, "0." + "1" * 150, "0." + "0" * 101, "0.12345678901234567890", "1" * 20]
)
def test_digits_that_could_not_be_told_again_are_refused(printed: str) -> None:
    expected = "expected no more digits than a float tells apart, about sixteen"
    with pytest.raises(InvalidValue, match=rf"^claim 'line-1': documented loss='[0-9.]+'?; {expected}"):
        declared(documented={"loss": printed})
    with pytest.raises(InvalidValue, match=rf"^documented='[0-9.]+'?; {expected}"):
        Figure(printed, lambda runs: runs.loss, "lower")


@pytest.mark.parametrize("printed", ["0.9909999966621399", "7.712474346160889", "-0.0", "00.50", "1" * 15])
def test_digits_as_a_program_prints_a_float_are_taken(printed: str) -> None:
    assert Figure(printed, lambda runs: runs.loss, "lower").number == float(printed)


def test_a_figure_with_a_memory_is_refused() -> None:
    calls = itertools.count()
    figure = Figure(1.0, lambda runs: runs.loss + next(calls), "lower")
    with pytest.raises(InvalidValue, match=r"claim 'line-1': documented loss='other values, asked again"):
        placed({"loss": figure})


def test_a_seed_that_diverged_has_no_value_and_does_not_do_as_well() -> None:
    figure = Figure(1.0, lambda runs: np.where(np.arange(len(runs)) == 3, np.nan, runs.accuracy), "higher")
    found = placed({"accuracy": figure})
    assert (found.as_well, found.seeds) == (63, 64)


def test_of_a_seed_that_diverged_no_value_does_as_well_though_it_be_a_number() -> None:
    train = FakeTrainer({RECIPE: lambda seeds: np.where(seeds % 4 == 0, np.nan, 1.0)})
    # weights that are no numbers have an accuracy too: no output is above one half
    figure = Figure("0.5", lambda runs: np.nan_to_num(runs.accuracy, nan=0.5), "higher")
    (found,) = judged(train, declared(documented={"accuracy": figure}), range(64)).figures.values()
    assert (found.as_well, found.seeds, found.quantiles) == (48, 64, (1.0,) * 5)


@pytest.mark.parametrize(
    "of",
    [
        lambda r: r.loss,
        lambda runs: runs.loss,
        lambda *, runs: runs.loss,
        lambda **arms: arms["runs"].loss,
        lambda *arms: arms[0].loss,
        lambda x, n=2: x.loss,
        functools.partial(lambda n, x: x.loss, 2),
    ],
)
def test_the_figure_of_one_arm_takes_its_runs_by_position(of: Callable[..., Any]) -> None:
    assert placed({"printed": Figure(1.0, of, "lower")}).documented == 1.0


def test_the_figure_of_several_arms_takes_them_by_name_in_any_order() -> None:
    gap = Figure("0.50", lambda that, this: this.accuracy - that.accuracy, "higher")
    train = FakeTrainer({RECIPE: always, OTHER_ARM: every_other})
    found = judged(train, of_two_arms(better, documented={"gap": gap})).figures["gap"]
    assert (found.as_well, found.seeds) == (128, 256)


@pytest.mark.parametrize(
    ("declare", "of", "arms"),
    [
        (declared, lambda: 1.0, "runs"),
        (declared, lambda runs, more: runs.loss, "runs"),
        (of_two_arms, lambda runs: runs.loss, "this, that"),
        (of_two_arms, lambda that, thi: that.loss, "this, that"),
    ],
)
def test_a_figure_that_does_not_take_the_arms_is_refused_where_it_is_declared(
    declare: Callable[..., Any], of: Callable[..., Any], arms: str
) -> None:
    with pytest.raises(
        InvalidValue, match=rf"claim 'line-1': documented x=.*; expected a function of {arms}"
    ):
        declare(documented={"x": Figure(1.0, of, "lower")})
