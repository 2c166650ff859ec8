"""Budgets: names, and every form in which seeds may be spelled out."""

from __future__ import annotations

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import SEEDS, Budget, parse


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("quick", (64, 64, 8)),
        ("checks", (512, 32, 2)),
        ("standard", (512, 512, 48)),
        ("full", (1024, 1024, 128)),
    ],
)
def test_a_named_budget_counts_its_seeds_from_zero(name: str, limits: tuple[int, int, int]) -> None:
    budget = parse(name, None)
    told = (512, 256, 24) if name == "standard" else limits
    assert budget == Budget(name, budget.seeds, limits, told)
    assert budget.seeds[: limits[0]] == tuple(range(limits[0]))
    for level in range(3):
        assert budget.seeds_for(level) == tuple(range(limits[level]))
        assert budget.seeds_for(level, "one case") == tuple(range(told[level]))


@pytest.mark.parametrize(("name", "seeds"), [("quick", 8), ("checks", 2), ("standard", 176), ("full", 176)])
def test_from_the_standard_on_there_are_as_many_seeds_as_a_verdict_takes_if_all_say_yes(
    name: str, seeds: int
) -> None:
    assert len(parse(name, None).seeds_for(2, "general", fewest=176)) == seeds
    assert len(parse("standard", "4").seeds_for(2, "general", fewest=176)) == 4


def test_every_named_budget_is_tried_above() -> None:
    assert sorted(SEEDS) == ["checks", "full", "quick", "standard"]


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
    few = [parse("quick", None), parse("full", "23")]
    assert all(budget.may_leave_undecided(level) for budget in few for level in range(3))
    enough = [parse("quick", "512"), parse("standard", None), parse("full", None)]
    assert not any(budget.may_leave_undecided(level) for budget in enough for level in range(3))
    assert [parse("checks", None).may_leave_undecided(level) for level in range(3)] == [False, True, True]
