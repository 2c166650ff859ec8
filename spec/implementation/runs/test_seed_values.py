"""Values per seed: labels, comparisons that are remembered, and plain NumPy otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec.results.quantities import HOLDS
from nnspec.runs.seed_values import Comparison, SeedValues, concatenated


def accuracy() -> SeedValues:
    return SeedValues(np.array([0.5, 0.98, 1.0]), "accuracy")


def loss() -> SeedValues:
    return SeedValues(np.array([0.7, 0.1, 0.2], np.float32), "loss")


def only(result: Any) -> Comparison:
    (comparison,) = result.comparisons
    return comparison  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("compare", "operator", "expected"),
    [
        (lambda values: values > 0.98, ">", [False, False, True]),
        (lambda values: values >= 0.98, "≥", [False, True, True]),
        (lambda values: values < 0.98, "<", [True, False, False]),
        (lambda values: values <= 0.98, "≤", [True, True, False]),
        (lambda values: np.float64(0.98) < values, ">", [False, False, True]),
        (lambda values: np.less_equal(0.98, values), "≥", [False, True, True]),
        (lambda values: np.greater(0.98, values), "<", [True, False, False]),
        (lambda values: np.greater_equal(0.98, values), "≤", [True, True, False]),
    ],
)
def test_a_comparison_remembers_what_was_compared(
    compare: Callable[[SeedValues], Any], operator: str, expected: list[bool]
) -> None:
    result = compare(accuracy())
    assert result.tolist() == expected
    comparison = only(result)
    assert (comparison.label, comparison.operator, comparison.threshold) == ("accuracy", operator, 0.98)
    np.testing.assert_array_equal(comparison.values, [0.5, 0.98, 1.0])


def test_two_values_per_seed_are_compared_through_their_difference_with_zero() -> None:
    before = SeedValues(np.array([0.5, 0.75, 1.0]), "accuracy of before")
    result = accuracy() > before
    assert result.tolist() == [False, True, False]
    comparison = only(result)
    assert comparison.label == "accuracy - accuracy of before"
    assert (comparison.operator, comparison.threshold) == (">", 0.0)
    np.testing.assert_allclose(comparison.values, [0.0, 0.23, 0.0], atol=1e-15)


def test_a_plain_array_may_stand_on_the_left() -> None:
    result = np.array([0.6, 0.6, 0.6]) < accuracy()
    assert result.tolist() == [False, True, True]
    # Python asks the subclass on the right first, so the comparison comes out mirrored
    assert (only(result).label, only(result).operator) == ("accuracy - value", ">")


@pytest.mark.parametrize("combine", [np.logical_and, np.bitwise_and, np.logical_or, np.bitwise_or])
def test_a_combination_remembers_both_comparisons(combine: np.ufunc) -> None:
    first, second = accuracy() >= 0.98, loss() < 0.15
    result = combine(first, second)
    assert result.tolist() == combine(np.asarray(first), np.asarray(second)).tolist()
    assert [(c.label, c.operator, c.threshold) for c in result.comparisons] == [
        ("accuracy", "≥", 0.98),
        ("loss", "<", 0.15),
    ]


def test_a_combination_with_plain_bools_keeps_the_comparison() -> None:
    result = (accuracy() >= 0.98) & np.array([True, True, False])
    assert result.tolist() == [False, True, False]
    assert only(result).label == "accuracy"


@pytest.mark.parametrize(
    ("calculate", "label"),
    [
        (lambda a, b: a - b, "accuracy - loss"),
        (lambda a, b: a + b, "accuracy + loss"),
        (lambda a, b: a * 2, "accuracy · 2"),
        (lambda a, b: 1 - a, "1 - accuracy"),
        (lambda a, b: a / b, "accuracy / loss"),
        (lambda a, b: abs(a - b), "|accuracy - loss|"),
        (lambda a, b: np.sqrt(a), "sqrt(accuracy)"),
        (lambda a, b: np.minimum(a, b), "minimum(accuracy, loss)"),
    ],
)
def test_a_calculation_names_its_result(
    calculate: Callable[[SeedValues, SeedValues], SeedValues], label: str
) -> None:
    found = calculate(accuracy(), loss())
    assert found.label == label
    plain: Any = calculate
    np.testing.assert_array_equal(found, plain(np.asarray(accuracy()), np.asarray(loss())))


def test_a_comparison_of_a_calculation_carries_its_name() -> None:
    result = abs(accuracy() - loss()) <= 0.5
    assert (only(result).label, only(result).threshold) == ("|accuracy - loss|", 0.5)
    # the losses are float32, so are the differences' errors
    np.testing.assert_allclose(only(result).values, [0.2, 0.88, 0.8], atol=1e-7)


def ends(result: Any) -> tuple[float, float] | None:
    comparison = only(result)
    assert comparison.distance is not None
    strict = comparison.operator == "<"
    found: tuple[float, float] | None = comparison.distance.range(
        comparison.values, comparison.threshold, strict=strict
    )
    return found


@pytest.mark.parametrize(
    ("near", "label", "low", "high"),
    [
        (lambda a: abs(a - 0.9) <= 0.1, "accuracy", 0.8, 1.0),
        (lambda a: abs(a / 0.8 - 1) < 0.375, "accuracy", 0.5, 1.1),
        (lambda a: abs((a - 0.5) / -0.5 - 1) <= 0.5, "accuracy", -0.25, 0.25),
        (lambda a: np.float64(0.1) >= abs(a - 0.9), "accuracy", 0.8, 1.0),
        (lambda a: abs(a) <= 0.5, "accuracy", -0.5, 0.5),
        (lambda a: abs(1 - a) <= 0.5, "1 - accuracy", -0.5, 0.5),
        (lambda a: abs((1 - a) * 100 - 2) <= 1, "(1 - accuracy) · 100", 1.0, 3.0),
        (lambda a: abs(a - loss()) <= 0.5, "accuracy - loss", -0.5, 0.5),
        (lambda a: (abs(a[1:] - 0.9) <= 0.1)[:1], "accuracy", 0.8, 1.0),
    ],
)
def test_that_a_distance_is_small_is_remembered_as_what_is_near_too(
    near: Callable[[SeedValues], Any], label: str, low: float, high: float
) -> None:
    comparison = only(near(accuracy()))
    assert comparison.label.startswith("|")
    assert comparison.distance is not None
    assert comparison.distance.label == label
    assert ends(near(accuracy())) == pytest.approx((low, high))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("reach", [0.05, 0.1, 0.010001])
@pytest.mark.parametrize("compare", [np.less, np.less_equal])
def test_the_range_has_every_seed_on_its_side_also_at_its_ends(
    dtype: Any, reach: float, compare: Any
) -> None:
    for center in np.arange(0.1, 0.9, 0.01):
        accuracies = SeedValues(np.arange(0, 201).astype(dtype) / dtype(200), "accuracy")
        result = compare(abs(accuracies - center), reach)
        comparison, found = only(result), ends(result)
        assert found is not None
        low, high = found
        assert comparison.distance is not None
        x, small = comparison.distance.values, HOLDS[comparison.operator]
        inside = (x > low) & (x < high) if compare is np.less else (x >= low) & (x <= high)
        assert inside.tolist() == [small(d, comparison.threshold) for d in comparison.values.tolist()]
        assert found == pytest.approx((center - reach, center + reach), abs=1e-6)


@pytest.mark.parametrize(
    "far",
    [
        lambda a: abs(a - 0.9) >= 0.1,
        lambda a: abs(a - 0.9) <= -0.1,
        lambda a: abs(a - 0.9) <= 0.0,
        lambda a: abs(a - 0.9) + 0.1 <= 0.3,
        lambda a: abs(a - loss()) <= loss(),
        lambda a: a - 0.9 <= 0.1,
        lambda a: ~(abs(a - 0.9) <= 0.1),
    ],
)
def test_what_does_not_say_that_a_distance_is_small_is_no_range(far: Callable[[SeedValues], Any]) -> None:
    assert only(far(accuracy())).distance is None


def test_a_distance_that_was_changed_in_place_has_no_range() -> None:
    distance = abs(accuracy() - 0.9)
    distance[0] = 0.0
    assert ends(distance <= 0.1) is None
    distance = abs(accuracy() - 0.9)
    distance.sort()
    assert ends(distance <= 0.09) is None
    assert ends(abs(SeedValues(np.array([1, 3], np.uint8), "n") - np.uint8(2)) <= 1) is None


def test_values_that_are_no_numbers_are_compared_as_before() -> None:
    assert (SeedValues(np.array(["a", "b"]), "kind") == "a").tolist() == [True, False]
    none: Any = accuracy() == None  # noqa: E711  # NumPy compares each with it
    assert none.tolist() == [False] * 3
    assert (SeedValues(np.array([1j]), "root") * 2).tolist() == [2j]


def test_comparisons_of_blocks_of_seeds_are_joined_with_what_is_near() -> None:
    blocks = [only(abs(accuracy()[part] - 0.9) <= 0.1) for part in (slice(0, 1), slice(1, 3))]
    joined = concatenated(blocks)
    assert joined.values.tolist() == only(abs(accuracy() - 0.9) <= 0.1).values.tolist()
    assert joined.distance is not None
    assert joined.distance.values.tolist() == accuracy().tolist()
    others = [blocks[0], only(abs(accuracy() - 0.9000000001) <= 0.1)]
    assert concatenated(others).distance is None


@pytest.mark.parametrize("part", [slice(1, None), [1, 2], np.array([False, True, True])])
def test_a_part_keeps_the_name_and_compares_its_own_values(part: Any) -> None:
    result = accuracy()[part] >= 0.99
    assert accuracy()[part].label == "accuracy"
    assert result.tolist() == [False, True]
    np.testing.assert_array_equal(only(result).values, [0.98, 1.0])


def test_compared_values_are_float64_also_for_float32_results() -> None:
    assert only(loss() < 0.15).values.dtype == np.float64


def test_numbers_have_no_comparisons() -> None:
    assert accuracy().comparisons == ()
    difference: Any = accuracy() - loss()
    assert difference.comparisons == ()


def test_reductions_give_plain_numbers() -> None:
    assert accuracy().max() == 1.0
    assert (accuracy() >= 0.98).sum() == 2
    assert not isinstance(accuracy().mean(), SeedValues)
