"""Drift of what is placed and of nulls: places that exclude one another are a change, a null is none."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec.results.drift import ClaimDrift, drift
from nnspec.results.reading import records
from spec.implementation.results.drift_samples import judged, normal, results


def placed(*places: str, values: Any = None) -> dict[str, Any]:
    """Return a claim of one case at these places; without them it is open."""
    told = {"reading": "one case", "claimed_share": None, "places": list(places), "counterfactual": None}
    found = judged("a", normal(0) if values is None else values, documented=False)
    return found | told | {"verdict": "placed" if places else "undecided"}


def only(old: dict[str, Any], new: dict[str, Any]) -> ClaimDrift:
    (found,) = drift(records(results(old), "old"), records(results(new), "new")).claims
    return found


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (["seldom"], ["mostly"], True),
        (["seldom", "a coin toss"], ["mostly", "nearly always"], True),
        (["seldom"], ["seldom"], False),
        (["seldom"], ["seldom", "a coin toss"], False),
        (["seldom", "a coin toss"], ["a coin toss", "mostly"], False),
        (["seldom"], [], False),
        ([], ["seldom"], False),
    ],
)
def test_places_that_exclude_one_another_are_a_changed_verdict(
    old: list[str], new: list[str], changed: bool
) -> None:
    found = only(placed(*old), placed(*new, values=normal(1)))
    assert found.verdict_changed is changed
    assert found.finding == ("verdict changed" if changed else "no change shown")
    assert found.verdicts == (" or ".join(old) or "undecided", " or ".join(new) or "undecided")


def test_a_null_is_no_test_of_its_own_and_its_verdict_no_change() -> None:
    with_null = [judged("a", normal(number), documented=False) for number in (0, 1)]
    verdicts = [("undecided", 128), ("refuted", 40)]
    for one, (verdict, successes) in zip(with_null, verdicts, strict=True):
        one["counterfactual"] = {"null": True, "verdict": verdict, "seeds": 256, "successes": successes}
    found = only(*with_null)
    assert not found.verdict_changed
    assert [test.what for test in found.tests] == ["share", "accuracy"]
    # the same counts with a cause that is taken away are tested
    for one in with_null:
        one["counterfactual"]["null"] = False
    assert [test.what for test in only(*with_null).tests][2:] == ["share of the counterfactual"]


def test_values_of_what_is_placed_are_compared_as_those_of_any_claim() -> None:
    found = only(placed("a coin toss"), placed("mostly", values=normal(1, centre=0.7)))
    assert found.finding == "moved"
    assert found.verdict_changed
