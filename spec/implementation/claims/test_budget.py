"""Budgets: names, and every form in which seeds may be spelled out."""

from __future__ import annotations

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import MOST, MOST_TOLD, TOLD, WORK, Budget, are_few, parse


@pytest.mark.parametrize("name", ["quick", "checks", "standard", "full"])
def test_a_named_budget_is_an_amount_of_work_and_counts_its_seeds_from_zero(name: str) -> None:
    assert parse(name, None) == Budget(name, tuple(range(MOST)), WORK[name], TOLD[name])


@pytest.mark.parametrize(
    ("name", "cost", "at_a_time", "general", "told"),
    [
        # circles: a seed in three thousandths of a second
        *[("quick", 0.003, 64, 1536, 320), ("checks", 0.003, 64, 640, 320)],
        *[("standard", 0.003, 64, MOST, MOST_TOLD), ("full", 0.003, 64, MOST, MOST_TOLD)],
        # moons: a third of a second for both arms
        *[("quick", 0.3, 64, 64, 64), ("checks", 0.3, 64, 0, 0)],
        *[("standard", 0.3, 64, 768, 64), ("full", 0.3, 64, 7168, 640)],
        # images: ten seconds
        *[
            ("quick", 10, 8, 8, 8),
            ("checks", 10, 8, 0, 0),
            ("standard", 10, 8, 24, 8),
            ("full", 10, 8, 224, 16),
        ],
    ],
)
def test_seeds_are_as_many_as_the_work_allows(
    name: str, cost: float, at_a_time: int, general: int, told: int
) -> None:
    budget = parse(name, None)
    assert budget.seeds_for(cost, at_a_time) == tuple(range(general))
    for reading in ("one case", "figure"):
        assert budget.seeds_for(cost, at_a_time, reading) == tuple(range(told))


@pytest.mark.parametrize(("name", "seeds"), [("quick", 8), ("checks", 0), ("standard", 176), ("full", 176)])
@pytest.mark.parametrize("reading", ["general", "one case"])
def test_from_the_standard_on_there_are_as_many_seeds_as_a_verdict_takes_if_all_say_yes(
    name: str, seeds: int, reading: str
) -> None:
    assert len(parse(name, None).seeds_for(100, 8, reading, fewest=176)) == seeds
    assert len(parse("standard", "4").seeds_for(100, 8, reading, fewest=176)) == 4


def test_what_costs_nothing_takes_no_more_seeds_than_there_are() -> None:
    assert len(parse("full", None).seeds_for(0.0, 64)) == MOST


def test_of_what_no_verdict_is_asked_of_two_seeds_are_shown_at_least() -> None:
    assert [parse("checks", None).seeds_told(cost) for cost in (0.0, 0.01, 0.3, 100)] == [512, 100, 3, 2]
    assert [parse("standard", None).seeds_told(cost) for cost in (0.0, 0.1, 0.3, 100)] == [512, 200, 66, 24]
    assert parse("checks", "7").seeds_told(100) == 7


def test_every_named_budget_is_tried_above() -> None:
    assert sorted(WORK) == sorted(TOLD) == ["checks", "full", "quick", "standard"]


@pytest.mark.parametrize(
    ("text", "seeds"),
    [("128", range(128)), ("1", [0]), ("256-511", range(256, 512)), ("7-7", [7]), ("4,11", [4, 11]),
     ("11,4", [11, 4]), ("4,", [4]), ("4,11,", [4, 11]), (" 4, 11 ", [4, 11]), ("10 - 12", [10, 11, 12]),
     ("4294967295,", [4294967295]), ("4294967294-4294967295", [4294967294, 4294967295])],
)  # fmt: skip
def test_seeds_may_be_a_number_a_range_or_a_list(text: str, seeds: list[int]) -> None:
    budget = parse("standard", text)
    assert budget.seeds == tuple(seeds)
    assert budget.name == "seeds " + text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    ["", " ", ",", "0", "5-3", "-5", "5-", "4,,11", ",4", "1.5", "1e3", "a", "4;11", "1-2-3", "4,a", "+4",
     "99999999", "٤٢"],
)  # fmt: skip
def test_other_forms_are_rejected_and_told_the_right_ones(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse("standard", text)
    assert str(caught.value).startswith(f"seeds={text!r}; expected a number of seeds such as 128, a range")


def test_a_seed_that_keras_cannot_take_is_rejected() -> None:
    with pytest.raises(InvalidValue, match="seed=4294967296; expected at most 4294967295"):
        parse("standard", "4294967296,")


def test_a_seed_may_not_come_twice() -> None:
    with pytest.raises(InvalidValue, match=r"seeds=\[4, 11, 4\]; expected every seed once"):
        parse("standard", "4,11,4")


@pytest.mark.parametrize("seeds", [None, "128"])
def test_an_unknown_budget_is_told_the_nearest_one(seeds: str | None) -> None:
    with pytest.raises(
        InvalidValue, match=r"budget='standrad'; expected one of checks, full, .*did you mean 'standard'\?"
    ):
        parse("standrad", seeds)


def test_fewer_seeds_than_the_standard_may_leave_a_claim_undecided() -> None:
    costs = (0.003, 64), (0.3, 64), (10, 8)
    few = [parse("quick", None), parse("full", "7")]
    assert all(are_few(len(budget.seeds_for(0.003, 64)), 0.003, 64) for budget in few)
    enough = [parse("quick", str(MOST)), parse("standard", None), parse("full", None)]
    assert not any(are_few(len(budget.seeds_for(*cost)), *cost) for budget in enough for cost in costs)
    assert all(are_few(len(parse("checks", None).seeds_for(*cost)), *cost) for cost in costs)


def test_a_figure_that_has_all_its_seeds_under_a_small_budget_has_not_too_few() -> None:
    cheap, dear = (len(parse("quick", None).seeds_for(cost, 64, "figure")) for cost in (3e-4, 3e-3))
    assert cheap == MOST_TOLD
    assert not are_few(cheap, 3e-4, 64, "figure")
    assert are_few(dear, 3e-3, 64, "figure")
