"""Accuracies are counts: comparing them is comparing k of n with a number as it was written, exactly."""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nnspec import SGD, Arrays, Dataset, Dense, Recipe, Runs, SeedValues
from nnspec.results.quantities import HOLDS
from nnspec.runs.counts import as_written

EVERY_N = np.arange(1, 10_001)
LAST_PLACE = np.float32(2.0**-24)
COMPARISONS = [(operator.ge, operator.lt), (operator.gt, operator.le), (operator.eq, operator.ne)]


def trained(count: Any, of: Any) -> Any:
    """Return k of n as training gives it: in float32, up to three units in the last place beside."""
    count, of = np.asarray(count), np.asarray(of)
    units = (np.arange(count.size) * 5 % 7 - 3).astype(np.float32)
    return count.astype(np.float32) / of.astype(np.float32) + units * LAST_PLACE


def shares(count: Any, of: Any, label: str = "accuracy") -> SeedValues:
    return SeedValues(trained(count, of), label, counts_of=of)


@pytest.mark.parametrize(("digits", "within"), [(2, 1.0), (3, 1e-3), (4, 2e-6)])
def test_every_share_of_up_to_ten_thousand_is_compared_as_a_count_with_every_decimal(
    digits: int, within: float
) -> None:
    whole, ties = 10**digits, 0
    for written in range(whole + 1):
        counts = (EVERY_N * written + whole // 2) // whole  # the nearest
        above = counts * whole - EVERY_N * written
        # float32 errs by less than 1e-6, so that farther shares are on their side anyhow
        doubtful = np.abs(above) <= within * whole * EVERY_N
        counts, of, above = counts[doubtful], EVERY_N[doubtful], above[doubtful]
        found = SeedValues(trained(counts, of), "accuracy", counts_of=of)
        for yes, _ in COMPARISONS if digits < 4 else [COMPARISONS[written % 3]]:
            assert (yes(found, written / whole) == yes(above, 0)).all(), written / whole
        ties += int((above == 0).sum())
    # k of n is m of 10^d for every multiple of the reduced denominator
    assert ties == sum(10_000 // Fraction(m, whole).denominator for m in range(whole + 1))


@pytest.mark.parametrize("of", [7, 100, 1000, 9999, 60_000])
@pytest.mark.parametrize(("yes", "no"), COMPARISONS)
def test_differences_and_distances_of_counts_are_exact(
    of: int, yes: Callable[..., Any], no: Callable[..., Any]
) -> None:
    rng = np.random.default_rng(of)
    one, other = rng.integers(0, of + 1, 400), rng.integers(0, 1000 + 1, 400)
    a, b = shares(one, of, "a"), shares(other, 1000, "b")
    exact = [Fraction(int(k), of) - Fraction(int(m), 1000) for k, m in zip(one, other, strict=True)]
    for difference in exact[:20]:
        threshold = float(difference)
        assert yes(a - b, threshold).tolist() == [yes(d, difference) for d in exact]
        assert no(abs(b - a), abs(threshold)).tolist() == [no(abs(d), abs(difference)) for d in exact]
        assert yes((1 - a) * 100 + b / 4, 0.3).tolist() == [
            yes((1 - Fraction(int(k), of)) * 100 + Fraction(int(m), 4000), Fraction(3, 10))
            for k, m in zip(one, other, strict=True)
        ]
    assert yes(a, b).tolist() == [yes(d, 0) for d in exact]
    assert yes(b, a).tolist() == [yes(-d, 0) for d in exact]


@pytest.mark.parametrize(
    ("predicate", "answers"),
    [
        (lambda a: a >= 0.99, [False, True, True]),
        (lambda a: a > 0.99, [False, False, True]),
        (lambda a: np.float64(0.99) <= a, [False, True, True]),
        (lambda a: np.float32(0.99) < a, [False, False, True]),
        (lambda a: a >= np.array(0.99), [False, True, True]),
        (lambda a: 1 - a <= 0.01, [False, True, True]),
        (lambda a: 1 - a <= 1 - 0.99, [False, True, True]),
        (lambda a: (1 - a) * 100 <= 1, [False, True, True]),
        (lambda a: -a <= -0.99, [False, True, True]),
        (lambda a: abs(a - 0.985) <= 0.005, [True, True, False]),
        (lambda a: abs(a - 0.985) < 0.005, [False, False, False]),
        (lambda a: a / 0.99 == 1, [False, True, False]),
        (lambda a: a / a == 1, [True, True, True]),
        (lambda a: a[1:] >= 0.99, [True, True]),
        (lambda a: a[a >= 0.99] == 0.99, [True, False]),
        (lambda a: SeedValues(a - 0.9, "above") == 0.09, [False, True, False]),
        (lambda a: ~(a >= 0.99), [True, False, False]),
        (lambda a: (a >= 0.99) & (a <= 0.99), [False, True, False]),
        (lambda a: a * 3 >= 2.97, [False, True, True]),
        (lambda a: +a >= 0.99, [False, True, True]),
        (lambda a: np.minimum(a, 0.99) == 0.99, [False, True, True]),
        (lambda a: np.maximum(a, 1 - 0.01) > 0.99, [False, False, True]),
        (lambda a: a.copy() >= 0.99, [False, True, True]),
        (lambda a: a.astype(np.float64) >= 0.99, [False, True, True]),
        (lambda a: a[::-1] >= 0.99, [True, True, False]),
        (lambda a: a >= Decimal("0.99"), [False, True, True]),
        (lambda a: a >= Fraction(99, 100), [False, True, True]),
        (lambda a: a >= np.full(3, 0.99), [False, True, True]),
        (lambda a: np.array([0.98, 0.99, 0.99]) < a, [False, False, True]),
        (lambda a: a - np.array([0.01, 0.01, np.nan]) >= 0.97, [True, True, False]),
        (lambda a: a > 1e300, [False, False, False]),
        (lambda a: a > 1e-300, [True, True, True]),
        (lambda a: a < np.inf, [True, True, True]),
    ],
)
def test_one_error_of_a_hundred_is_one_of_a_hundred(predicate: Any, answers: list[bool]) -> None:
    for units in range(-3, 4):
        values = np.float32([0.98, 0.99, 1.0]) + units * LAST_PLACE
        assert predicate(SeedValues(values, "accuracy", counts_of=100)).tolist() == answers


def test_what_is_compared_is_told_on_the_side_that_the_answer_names_and_else_as_it_was() -> None:
    values = np.float32([0.98, 0.98999995, 0.99, 0.9900001, 1.0, 0.5])
    for predicate in (
        lambda a: a >= 0.99,
        lambda a: a <= 0.99,
        lambda a: a < 0.99,
        lambda a: a >= 1 - 0.01,
        lambda a: abs(a - 0.98) <= 0.01,
        lambda a: a - SeedValues(np.float32([0.99] * 6), "b", counts_of=100) > 0,
        lambda a: a > SeedValues(np.float32([0.99] * 6), "b", counts_of=100),
        lambda a: SeedValues(a.astype(np.float64).astype(np.float32), "loss") > 0.98,
    ):
        answers = predicate(SeedValues(values, "accuracy", counts_of=100))
        (told,) = answers.comparisons
        holds = HOLDS[told.operator]
        assert [holds(v, told.threshold) for v in told.values.tolist()] == answers.tolist()
    (told,) = (SeedValues(values, "accuracy", counts_of=100) >= 0.5).comparisons
    assert told.values.tolist() == values.astype(np.float64).tolist()


def test_the_range_of_a_small_distance_ends_where_the_document_says() -> None:
    values = np.float32([0.44999999, 0.55000001, 0.5, 0.551, 0.448])
    (told,) = (abs(SeedValues(values, "accuracy", counts_of=1000) - 0.5) <= 0.05).comparisons
    assert told.distance is not None
    ends = told.distance.range(told.values, told.threshold, strict=False)
    assert ends == (0.45, 0.55)
    assert told.distance.values[:2].tolist() == [0.45, 0.55]


def test_what_is_no_count_is_compared_as_the_float_that_it_is() -> None:
    odd = SeedValues(np.float32([0.98999995, 0.9885, np.nan, np.inf, 0.99]), "accuracy", counts_of=[100] * 5)
    assert (odd >= 0.99).tolist() == [True, False, False, True, True]
    assert (odd < 0.99).tolist() == [False, True, False, False, False]
    assert (odd - odd == 0).tolist() == [True, True, False, False, True]
    loss = SeedValues(np.float32([0.98999995, 0.99]), "loss")
    assert (loss >= 0.99).tolist() == [False, True]
    assert (np.sqrt(odd) >= 0.99).tolist()[1] is True
    many = SeedValues(np.float32([0.98999995]), "accuracy", counts_of=10**7)  # float32 tells them not apart
    assert many.fractions is None


def test_values_that_were_changed_in_place_are_no_counts_any_more() -> None:
    values = SeedValues(np.float32([0.98999995, 0.98999995, 0.97]), "accuracy", counts_of=100)
    values[0] = 0.98
    assert (values >= 0.99).tolist() == [False, True, False]
    values.sort()
    assert (values >= 0.98).tolist() == [False, True, True]
    values += 1
    assert (values >= 1.97).tolist() == [True, True, True]
    np.subtract(values, 1, out=values, where=np.array([True, False, True]))
    assert (values >= 1).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (0.99, "99/100"),
        (1 - 0.99, "1/100"),
        (0.1 + 0.2, "3/10"),
        (2 / 3, "2/3"),
        (np.float32(0.7), "7/10"),
        (np.float64(0.768333), "768333/1000000"),
        (0.1234567, "1234567/10000000"),
        (-0.02, "-1/50"),
        (5, "5"),
        (Fraction(1, 3), "1/3"),
        (1e-9, "1/1000000000"),
    ],
)
def test_a_number_is_taken_as_it_was_written(number: Any, meant: str) -> None:
    assert as_written(number) == Fraction(meant)


@pytest.mark.parametrize("number", [True, None, "0.99", np.nan, np.inf, 1j, [0.9]])
def test_what_is_no_number_has_no_fraction(number: Any) -> None:
    assert as_written(number) is None


@dataclass(frozen=True)
class Parts(Dataset):
    """As many examples as there are right answers to count: 200, 50 and 100."""

    def split(self) -> Arrays:
        """Return the parts."""
        x = np.zeros((200, 2), np.float32)
        y = np.arange(200) % 2
        return Arrays(x, y, x[:50], y[:50], x[:100], y[:100])


RECIPE = Recipe(Parts(), [Dense(1, "sigmoid")], "binary_crossentropy", SGD(), 2, validation_data="validation")
TWO = {"accuracy": 199, "test_accuracy": 49, "val_accuracy": 99}
SIZES = {"accuracy": 200, "test_accuracy": 50, "val_accuracy": 100}


def runs(recipe: Any = RECIPE) -> Runs:
    """Return runs with one error in each part, up to three units in the last place beside."""
    values = {name: trained([TWO[name]] * 7, np.full(7, size)) for name, size in SIZES.items()}
    history = {name: values[name][:, None].repeat(2, axis=1) for name in ("accuracy", "val_accuracy")}
    metrics = {name: values[name] for name in ("accuracy", "test_accuracy")}
    return Runs(recipe, np.arange(7), history, metrics, ())


def test_accuracies_of_runs_count_the_examples_of_their_part() -> None:
    found = runs()
    assert (found.accuracy == 0.995).all()
    assert (found.test_accuracy == 0.98).all()
    assert (found.metric("test_accuracy") <= 0.98).all()
    for epoch in (1, -1):
        assert (found.epoch("accuracy", epoch) == 0.995).all()
        assert (found.epoch("val_accuracy", epoch) >= 0.99).all()
    assert (found.accuracy - found.test_accuracy == 0.015).all()
    on_test = runs(RECIPE.with_(validation_data="test"))
    assert on_test.epoch("val_accuracy", 1).fractions is None  # 99 of 100 is none of 50
    assert (found.select([2, 0]).named("one").accuracy >= 0.995).all()
    assert (copy.copy(found).accuracy >= 0.995).all()
    assert (replace(found, name="a").accuracy >= 0.995).all()


def test_stored_values_stay_what_they_are() -> None:
    found = runs()
    assert found.accuracy.tolist() == found.metrics["accuracy"].tolist()
    assert found.epoch("accuracy", 1).tolist() == found.history["accuracy"][:, 0].tolist()
    assert (found.accuracy - found.test_accuracy).tolist() == (
        found.metrics["accuracy"] - found.metrics["test_accuracy"]
    ).tolist()
