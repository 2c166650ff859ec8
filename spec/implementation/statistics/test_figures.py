"""The place of a printed figure: how many seeds do at least as well, in the decimals that were printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.statistics.figures import does_as_well, place
from nnspec.statistics.scales import OUT_OF_REACH, as_well, middle
from nnspec.statistics.shares import share_interval

RATE = 0.01


def accuracies(of: int = 1000) -> Any:
    """Return 499, 500 and 501 of a thousand right as training gives them, in float32."""
    return np.float32([499, 500, 501]) / np.float32(of)


def test_a_printed_accuracy_is_reached_by_the_count_that_prints_so() -> None:
    for units in range(-3, 4):
        values = accuracies() + np.float32(units * 2.0**-24)
        assert does_as_well(0.5, values, "higher", 4).tolist() == [False, True, True]
        assert does_as_well(0.5, values, "lower", 4).tolist() == [True, True, False]
        assert does_as_well(0.5, values, "higher").tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("printed", "decimals", "value", "reached"),
    [
        (0.9987, 4, 0.99865, True),
        (0.9987, 4, 0.998651, True),
        (0.9987, 4, 0.998649, False),
        (0.99, 2, 0.985, True),
        (0.99, 2, 0.9849, False),
        (97.0, 0, 96.5, True),
        (97.0, 0, 96.4, False),
        (-7190.0156, 4, -7190.01562, True),
        (-7190.0156, 4, -7190.0158, False),
    ],
)
def test_a_value_that_rounds_to_the_printed_one_does_as_well(
    printed: float, decimals: int, value: float, reached: bool
) -> None:
    assert does_as_well(printed, [value], "higher", decimals).tolist() == [reached]
    # of losses the same below
    assert does_as_well(-printed, [-value], "lower", decimals).tolist() == [reached]
    assert does_as_well(printed, [2 * abs(printed)], "higher", decimals).tolist() == [True]


def test_without_decimals_values_that_agree_to_six_digits_are_alike() -> None:
    assert does_as_well(0.991, np.float32([0.991] * 2), "higher").all()
    assert does_as_well(-7190.0156, np.float32([-7190.0156] * 2), "lower").all()
    assert does_as_well(0.991, [0.9909, 0.9912], "higher").tolist() == [False, True]
    # the digits of a small number begin late
    assert does_as_well(2e-7, [0.0, 1.9999e-7, 2e-7, 2.1e-7], "higher").tolist() == [False, False, True, True]
    assert does_as_well(2e-7, np.float32([2e-7, 2.0001e-7, 9e-7]), "lower").tolist() == [True, False, False]
    assert does_as_well(0.0, [-1e-7, 0.0, 1e-7], "higher").tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("better", "expected"), [("higher", [False, True, True]), ("lower", [True, True, False])]
)
def test_better_says_which_values_do_as_well(better: str, expected: list[bool]) -> None:
    assert does_as_well(0.5, [0.4, 0.5, 0.6], better).tolist() == expected
    placed = place(0.5, [0.4, 0.5, 0.6], better, RATE)
    assert (placed.as_well, placed.seeds, placed.better) == (2, 3, better)


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_seeds_that_diverged_do_not_do_as_well_and_count(better: str) -> None:
    placed = place(0.5, [0.5, np.nan, 0.5, np.inf, -np.inf], better, RATE)
    assert (placed.as_well, placed.seeds) == (2, 5)
    assert placed.quantiles == place(0.5, [0.5, 0.5], better, RATE).quantiles


def test_a_place_is_told_by_the_share_of_the_seeds_that_do_as_well() -> None:
    values = np.linspace(0, 1, 1001)
    for documented in (-1.0, 0.0, 0.02, 0.5, 0.9, 0.99, 1.0, 2.0):
        placed = place(documented, values, "higher", RATE)
        assert placed.as_well == int((values >= documented - 1e-9).sum())
        assert placed.interval == share_interval(placed.as_well, 1001, RATE)
        assert placed.places == as_well(placed.as_well, 1001, RATE)
    assert place(2.0, values, "higher", RATE).places == (OUT_OF_REACH,)
    assert place(-1.0, values, "lower", RATE).places == (OUT_OF_REACH,)


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize(
    ("figure", "values", "places"),
    [
        (0.5, [0.5] * 4096, ("usual",)),  # what all give, is neither bad nor good
        (1.0, [1.0] * 3000 + [0.5] * 1096, ("usual",)),
        (0.5, [1.0] * 1500 + [0.5] * 2596, ("usual",)),
        (0.5, [0.5] * 40 + [1.0] * 4056, ("unlucky",)),  # nearly all do better
        (0.5, [0.5] * 2000 + [1.0] * 40, ("usual",)),
        (0.5, [0.4] * 500 + [0.5] * 100 + [1.0] * 3496, ("worse than most",)),
        (0.5, [0.5] * 500 + [0.4] * 3596, ("better than most",)),
        (0.5, [0.5] * 40 + [0.4] * 4056, ("lucky",)),
    ],
)
def test_who_got_what_most_runs_give_is_usual(
    figure: float, values: list[float], places: tuple[str, ...], better: str
) -> None:
    sign = 1 if better == "higher" else -1
    found = place(sign * figure, np.array(values) * sign, better, 1e-5, decimals=2)
    assert found.places == places
    assert found.equal == values.count(figure)


def test_the_count_of_a_place_lies_between_those_who_do_better_and_those_who_do_as_well() -> None:
    for seeds in range(1, 9):
        for reached in range(seeds + 1):
            for equal in range(reached + 1):
                counted = middle(reached, equal, seeds)
                assert reached - equal <= counted <= reached
                assert all(
                    abs(counted - seeds // 2) <= abs(end - seeds // 2) for end in (reached, reached - equal)
                )


def test_with_many_ties_wrong_places_are_as_rare_as_stated() -> None:
    rng, wrong, looks, rate = np.random.default_rng(0), 0, (64, 256, 1024), 0.05
    for better, equal, truth in [(0.2, 0.4, "usual"), (0.7, 0.29, "usual"), (0.02, 0.2, "better than most")]:
        for _ in range(400):
            drawn = rng.choice([2.0, 1.0, 0.0], size=looks[-1], p=[better, equal, 1 - better - equal])
            wrong += any(truth not in place(1.0, drawn[:seeds], "higher", rate).places for seeds in looks)
    assert wrong <= 1200 * rate


def test_between_two_groups_of_seeds_no_seed_comes_near_a_figure() -> None:
    groups = np.concatenate([np.linspace(0, 1, 32), np.linspace(9, 10, 32)])
    for better in ("higher", "lower"):
        found = place(5.0, groups, better, RATE)
        assert (found.gap, found.as_well) == ((1.0, 9.0), 32)
        assert place(0.5, groups, better, RATE).gap is None
        assert place(1.0, groups, better, RATE).gap is None  # some seed gives it
        assert place(5.0, [4.0, 6.0], better, RATE).gap is None  # two seeds are no groups
        assert place(-1.0, [0.0] * 32 + [1.0] * 32, better, RATE).gap is None


def test_there_is_no_gap_around_a_figure_that_a_value_has_in_the_printed_decimals() -> None:
    values = [0.1] * 32 + [0.9913] * 32
    assert [place(0.991, values, "lower", RATE, decimals).gap for decimals in (2, 3)] == [None, None]
    assert place(0.991, values, "lower", RATE, 4).gap == (0.1, 0.9913)


def test_quantiles_are_those_of_the_finite_values() -> None:
    quantiles = place(0.0, [*np.arange(201.0), np.nan], "higher", RATE).quantiles
    assert quantiles == pytest.approx((5.0, 50.0, 100.0, 150.0, 195.0))


def test_what_explains_a_figure_goes_with_it() -> None:
    assert place(0.5, [0.5], "higher", RATE, explained="drift-1").explained == "drift-1"
    assert place(0.5, [0.5], "higher", RATE).explained == ""


def test_values_of_which_none_is_finite_are_refused() -> None:
    with pytest.raises(InvalidValue, match="at least one finite value to compare the figure with"):
        place(0.5, [np.nan, np.inf], "higher", RATE)
    assert not does_as_well(0.5, [np.nan, np.inf, -np.inf], "higher").any()


@pytest.mark.parametrize(
    ("documented", "decimals", "printed"),
    [
        (0.5, 4, "0.5000"),
        (97.0, 0, "97"),
        (-7190.0156, 4, "-7190.0156"),
        (0.5, None, "0.5"),
        (1 / 3, None, "0.333333"),
    ],
)
def test_a_figure_is_told_as_it_was_printed(documented: float, decimals: int | None, printed: str) -> None:
    found = place(documented, [documented], "higher", RATE, decimals)
    assert (found.decimals, found.printed) == (decimals, printed)


@pytest.mark.parametrize("decimals", [-1, 101, 10**9])
def test_more_decimals_than_anybody_prints_are_refused(decimals: int) -> None:
    with pytest.raises(InvalidValue, match=rf"^decimals={decimals}; expected from 0 to 100$"):
        replace(place(0.5, [0.5], "higher", RATE), decimals=decimals)
