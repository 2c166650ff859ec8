"""What holds of statistics and metrics whatever the numbers are.

Hypothesis takes a second to import, so it is imported when a test runs and not when it is collected.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec.statistics.figures import place
from nnspec.statistics.order_statistics import quantile
from nnspec.statistics.rank_tests import holm
from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, OUT_OF_REACH, as_well, how_often
from nnspec.statistics.shares import decide, share_interval
from nnspec.textbook import metrics


def given(**strategies: Callable[[Any], Any]) -> Any:
    """Return the decorator that runs a check for arguments drawn at random, the same in every run."""

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            import hypothesis
            from hypothesis import strategies as st

            warnings.simplefilter(
                "ignore", hypothesis.errors.HypothesisSideeffectWarning
            )  # its plugin is off
            drawn = {name: strategy(st) for name, strategy in strategies.items()}
            # other work on the machine may hold any one example up
            settings = hypothesis.settings(deadline=None, database=None, derandomize=True)
            settings(hypothesis.given(**drawn)(check))()

        test.__name__ = check.__name__
        return test

    return decorate


def counts(st: Any) -> Any:
    """Return the strategy of (successes, seeds)."""
    return st.integers(1, 2000).flatmap(lambda seeds: st.tuples(st.integers(0, seeds), st.just(seeds)))


def rates(st: Any) -> Any:
    return st.floats(1e-12, 0.5)


def shares(st: Any) -> Any:
    return st.floats(1e-3, 1 - 1e-3)


def finite(st: Any) -> Any:
    return st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


def classes(st: Any) -> Any:
    return st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=50)


@given(count=counts, rate=rates)
def test_the_interval_holds_what_was_observed_and_mirrors(count: tuple[int, int], rate: float) -> None:
    successes, seeds = count
    low, high = share_interval(successes, seeds, rate)
    assert 0 <= low <= successes / seeds <= high <= 1
    mirrored = share_interval(seeds - successes, seeds, rate)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(count=counts, rate=rates)
def test_a_smaller_error_rate_gives_a_wider_interval(count: tuple[int, int], rate: float) -> None:
    wide, narrow = share_interval(*count, rate / 10), share_interval(*count, rate)
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[1] >= narrow[1] - 1e-12


@given(count=counts, share=shares, rate=rates)
def test_a_verdict_is_given_exactly_where_the_interval_leaves_the_claimed_share_out(
    count: tuple[int, int], share: float, rate: float
) -> None:
    low, high = share_interval(*count, rate)
    # on the edge itself the bisection of the interval decides by its last bit
    if min(abs(share - low), abs(share - high)) > 1e-9:
        expected = "holds" if share < low else "refuted" if share > high else "undecided"
        assert decide(*count, share, rate) == expected


@given(count=counts, share=shares, rate=rates)
def test_one_yes_more_never_makes_a_verdict_worse(count: tuple[int, int], share: float, rate: float) -> None:
    successes, seeds = count
    order = ("refuted", "undecided", "holds")
    more = decide(min(seeds, successes + 1), seeds, share, rate)
    assert order.index(more) >= order.index(decide(successes, seeds, share, rate))


@given(p_values=lambda st: st.lists(st.floats(0, 1), max_size=30))
def test_holm_adjusts_upwards_between_once_and_bonferroni_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    for p, q in zip(p_values, adjusted, strict=True):
        assert p <= q <= min(1.0, p * len(p_values)) or q == pytest.approx(min(1.0, p * len(p_values)))
    ranked = sorted(zip(p_values, adjusted, strict=True))
    assert [q for _, q in ranked] == sorted(adjusted)


@given(values=finite, documented=lambda st: st.floats(-2e6, 2e6), rate=rates)
def test_a_figure_has_a_place_that_turns_round_with_the_values(
    values: list[float], documented: float, rate: float
) -> None:
    placed = place(documented, values, "higher", rate)
    turned = place(-documented, [-value for value in values], "lower", rate)
    assert (placed.as_well, placed.places) == (turned.as_well, turned.places)
    low, high = placed.interval
    assert 0 <= low <= placed.as_well / len(values) <= high <= 1
    assert list(placed.quantiles) == sorted(placed.quantiles)
    assert min(values) <= placed.quantiles[0] or math.isclose(min(values), placed.quantiles[0])


@given(values=finite, figures=lambda st: st.tuples(st.floats(-2e6, 2e6), st.floats(-2e6, 2e6)))
def test_fewer_seeds_do_as_well_as_a_better_figure(values: list[float], figures: tuple[float, float]) -> None:
    worse, better = sorted(figures)
    reached = [place(figure, values, "higher", 0.01).as_well for figure in (worse, better)]
    assert reached == sorted(reached, reverse=True)
    reached = [place(figure, values, "lower", 0.01).as_well for figure in (worse, better)]
    assert reached == sorted(reached)


@given(count=counts, rate=rates)
def test_every_count_has_words_that_are_neighbours_and_a_smaller_error_rate_leaves_no_fewer(
    count: tuple[int, int], rate: float
) -> None:
    for scale, said in ((HOW_OFTEN, how_often), (AS_WELL, as_well)):
        words = said(*count, rate)
        if words != (OUT_OF_REACH,):
            first = scale.words.index(words[0])
            assert words == scale.words[first : first + len(words)]
            assert set(words) <= set(said(*count, rate / 10))


@given(values=finite, probability=lambda st: st.floats(0.01, 0.99))
def test_a_quantile_and_its_interval_lie_among_the_values(values: list[float], probability: float) -> None:
    found = quantile(np.array(values), probability)
    assert {found.low, found.high} <= set(values)
    assert found.low <= found.high
    assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9
    assert 0 <= found.confidence <= 0.95


@given(pairs=classes)
def test_the_confusion_matrix_counts_every_example_once(pairs: list[tuple[int, int]]) -> None:
    true, predicted = zip(*pairs, strict=True)
    matrix = metrics.confusion_matrix(true, predicted)
    assert matrix.sum() == len(pairs)
    assert matrix.shape == (max(true + predicted) + 1,) * 2
    for row in range(len(matrix)):
        assert matrix[row].sum() == true.count(row)
        assert matrix[:, row].sum() == predicted.count(row)
    found = metrics.classification_metrics(true, predicted)
    assert found.accuracy == pytest.approx(np.trace(matrix) / len(pairs))
    assert all(0 <= value <= 1 for value in (found.precision, found.recall, found.f1))
    np.testing.assert_array_equal(metrics.confusion_matrix(predicted, true), matrix.T)


@given(pairs=classes)
def test_the_order_of_the_examples_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    (true, predicted), (turned, others) = zip(*pairs, strict=True), zip(*pairs[::-1], strict=True)
    assert metrics.classification_metrics(true, predicted) == metrics.classification_metrics(turned, others)


@given(labels=lambda st: st.lists(st.integers(0, 6), min_size=1, max_size=30))
def test_labels_of_one_hot_rows_are_the_classes(labels: list[int]) -> None:
    rows = np.eye(7)[labels]
    assert metrics.labels(rows).tolist() == labels
    assert metrics.labels(rows + 5).tolist() == labels
