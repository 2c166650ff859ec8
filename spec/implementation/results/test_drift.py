"""Drift: what has moved is found, what has not is left alone, and at which rate it errs."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.report.drift import html, markdown
from nnspec.results.drift import Drift, drift
from nnspec.results.drift_tests import difference_of_shares, every_test
from nnspec.results.reading import records
from nnspec.statistics.looks import weight
from nnspec.statistics.rank_tests import holm, p_other, shift
from spec.implementation.report.report_samples import Page
from spec.implementation.results.drift_samples import fact, judged, normal, results
from spec.implementation.stored_pages import readable

SIDES = {"OLD": "a.json", "NEW": "<b>.json"}


def compared(old: Any, new: Any, **terms: float) -> Drift:
    return drift(records(old, "old.json"), records(new, "new.json"), **terms)


def findings(found: Drift) -> dict[str, str]:
    return {claim.key: claim.finding for claim in found.claims}


def placed(name: str, values: Any) -> dict[str, Any]:
    """Return the record of a figure, which is placed among all the seeds of a run."""
    return judged(name, values) | {"reading": "figure", "claimed_share": None}


def test_identical_values_say_that_nothing_moved() -> None:
    run = results(judged("a", normal(0)), judged("b", normal(1)), fact("c"))
    found = compared(run, copy.deepcopy(run))
    assert findings(found) == {"a": "identical", "b": "identical", "c": "same verdict"}
    assert found.changed == ()


def test_values_that_agree_to_six_digits_are_identical() -> None:
    old, new = results(judged("a", [0.1234561] * 64)), results(judged("a", [0.12345612] * 64))
    assert findings(compared(old, new)) == {"a": "identical"}


def test_the_common_seeds_decide_what_is_identical() -> None:
    values = normal(0)
    old, new = results(judged("a", values)), results(judged("a", values[:64]), budget="quick")
    assert findings(compared(old, new)) == {"a": "identical"}


@pytest.mark.parametrize(
    "moved",
    [
        normal(1, centre=0.6),
        normal(1, spread=0.25),  # the same middle and the same share, which a test of location misses
        np.where(np.arange(256) % 4 == 0, np.nan, normal(1)),  # a quarter diverges
        np.where(np.arange(256) % 4 == 0, 0.0, normal(1)),  # a quarter gets stuck
    ],
    ids=["shift", "spread", "diverged", "stuck"],
)
def test_a_distribution_that_moved_is_flagged_among_many_that_did_not(moved: Any) -> None:
    others = range(40)
    old = results(placed("a", normal(0)), *(placed(f"b{i}", normal(100 + i)) for i in others))
    new = results(placed("a", moved), *(placed(f"b{i}", normal(200 + i)) for i in others))
    found = compared(old, new)
    assert [claim.key for claim in found.changed] == ["a"]
    assert found.changed[0].finding == "moved"
    assert found.family == 3 * 41


def test_a_share_without_values_is_tested_too() -> None:
    old, new = judged("a", [1.0] * 100 + [0.0] * 156), judged("a", [1.0] * 200 + [0.0] * 56)
    old["values"], new["values"] = [], []
    found = compared(results(old), results(new))
    assert findings(found) == {"a": "moved"}
    assert [test.what for test in found.claims[0].tests] == ["share", "share of the counterfactual"]
    assert found.claims[0].notes == ("without values in both, the shares alone are compared",)


def test_by_how_much_is_told_with_an_interval_that_contains_the_truth() -> None:
    found = compared(results(judged("a", normal(0))), results(judged("a", normal(1, centre=0.6))))
    share, values, _ = found.claims[0].tests
    assert values.by is not None
    assert values.by.low < 0.1 < values.by.high
    assert values.by.high - values.by.low < 0.04  # 2 · 1.96 · 0.1 · √(2 / 256) = 0.035 for normal values
    assert share.by is not None
    assert share.by.low < 0.34 < share.by.high  # the normal distribution's share above its centre less 1 sd


def test_of_another_random_stream_hardly_ever_anything_moves() -> None:
    """At a level of 1 % at most 1 % of comparisons err; of 200 more than 8 with a probability below 3e-4."""
    rng = np.random.default_rng(0)
    moved = 0
    for _ in range(200):
        old, new = (results(judged("a", rng.normal(size=64)), judged("b", rng.random(64))) for _ in range(2))
        moved += bool(compared(old, new).changed)
    assert moved <= 8


def test_fewer_looks_ask_for_less_evidence() -> None:
    """Seeds are added until a verdict is decided, and each number of seeds to stop at is a chance to err."""
    old, new = normal(0), normal(1, centre=0.56)
    fixed = compared(results(placed("a", old)), results(placed("a", new)))
    stopped = compared(results(judged("a", old)), results(judged("a", new)))
    of_both = [found.claims[0].tests[1].p for found in (fixed, stopped)]
    assert of_both[1] == pytest.approx(weight(len(old), 64) ** 2 * of_both[0])


def test_so_few_seeds_that_nothing_can_be_shown_are_said_to_be_too_few() -> None:
    old, new = results(judged("a", [0.0, 0.1])), results(judged("a", [1.0, 1.1]))
    old["claims"][0]["counterfactual"] = new["claims"][0]["counterfactual"] = None
    assert findings(compared(old, new)) == {"a": "too few seeds"}


def test_a_changed_verdict_counts_though_nothing_is_shown_to_have_moved() -> None:
    old = results(judged("a", normal(0), verdict="holds"), fact("b"), fact("c"))
    new = results(judged("a", normal(1), verdict="refuted"), fact("b", "error"), fact("c"))
    found = compared(old, new)
    assert findings(found) == {"a": "verdict changed", "b": "verdict changed", "c": "same verdict"}


@pytest.mark.parametrize("seeds", [64, 256])
def test_a_verdict_that_is_left_open_is_no_changed_verdict(seeds: int) -> None:
    old, new = judged("a", normal(0), verdict="holds"), judged("a", normal(1, seeds))
    found = compared(results(old), results(new, budget="quick" if seeds == 64 else "standard"))
    assert findings(found) == {"a": "no change shown"}


def test_a_changed_counterfactual_is_a_changed_verdict() -> None:
    old, new = results(judged("a", normal(0))), results(judged("a", normal(0)))
    new["claims"][0]["counterfactual"] = {"verdict": "holds", "seeds": 64, "successes": 64}
    found = compared(old, new)
    assert findings(found) == {"a": "moved"}
    assert found.claims[0].verdict_changed
    assert found.claims[0].notes == ("counterfactual: refuted → holds",)


def test_another_question_is_not_compared_by_its_share() -> None:
    old, new = results(judged("a", normal(0))), results(judged("a", normal(1), threshold=0.6))
    found = compared(old, new)
    assert findings(found) == {"a": "no change shown"}
    assert [test.what for test in found.claims[0].tests] == ["accuracy", "share of the counterfactual"]


def test_what_one_run_lacks_or_skipped_is_not_compared_and_listed() -> None:
    old = results(fact("a"), fact("b"), fact("old"))
    new = results(fact("a"), fact("b", "skipped"), fact("new"))
    found = compared(old, new)
    reasons = {"new": "only in NEW", "old": "only in OLD", "b": "holds in OLD, skipped in NEW"}
    assert found.not_compared == reasons
    with pytest.raises(InvalidValue, match="expected a claim that both runs examined"):
        compared(results(fact("a")), results(fact("b")))


def test_holm_is_applied_over_the_whole_suite() -> None:
    pairs = [(normal(i), normal(50 + i, centre=0.5 + 0.01 * i)) for i in range(6)]
    old = results(*(judged(f"c{i}", pair[0]) for i, pair in enumerate(pairs)))
    new = results(*(judged(f"c{i}", pair[1]) for i, pair in enumerate(pairs)))
    tests = [test for claim in compared(old, new).claims for test in claim.tests]
    raw = []
    for old_claim, new_claim in zip(old["claims"], new["claims"], strict=True):
        one, other = (records(results(claim), "x")[claim["id"]] for claim in (old_claim, new_claim))
        raw += [test.found.p for test in every_test("x", one, other)]
    assert [test.p for test in tests] == holm(raw)
    assert any(p < test.p < 1 for p, test in zip(raw, tests, strict=True))


def test_a_p_value_that_rounds_to_more_than_one_is_one() -> None:
    """Three of 256 places apart, scipy's sum is 1 + 2e-16, which it takes for a failure and warns of."""
    values = np.arange(256.0)
    assert p_other(values, values - 2.5) == 1.0


def several() -> Drift:
    """Return what moved, is identical, has another verdict or version, and is in one run only."""
    nasty = "<script>|</script>\x1b[31m\ud800"
    alike = judged("c", normal(2)), fact("d")
    old = results(judged(nasty, normal(0)), *alike, judged("e", normal(3), verdict="holds"), fact("old"))
    moved = (
        judged(nasty, normal(1, centre=0.7)),
        judged("e", normal(4, centre=0.53), verdict="refuted"),
        fact("new"),
    )
    return compared(old, results(*moved, *alike, keras="3.16.0"))


@pytest.mark.parametrize("kind", ["several", "nothing", "opened"])
def test_what_is_said_of_drift_as_markdown_and_as_a_page_is_stored(kind: str, stored_page: Any) -> None:
    run = results(judged("a", normal(0), verdict="holds"))
    left_open = results(judged("a", normal(0)))
    found = several() if kind == "several" else compared(run, run if kind == "nothing" else left_open)
    page = html(found, SIDES)
    assert Page(page).unbalanced == []
    assert "<script>" not in page
    text = f"{markdown(found, SIDES)}\n\nAs a page:\n{readable(page)}"
    assert not {"\x1b", "\ud800"} & set(page + text)
    stored_page(f"drift_{kind}", text)


@pytest.mark.parametrize("level", [0.0, 0.6, float("nan")])
def test_a_level_out_of_range_is_refused(level: float) -> None:
    with pytest.raises(InvalidValue, match="level="):
        compared(results(fact("a")), results(fact("a")), level=level)


def test_the_interval_of_a_difference_of_shares_is_newcombes() -> None:
    """56 of 70 and 48 of 80, an example of Newcombe's paper: 0.2 (0.0524 to 0.3339)."""
    found = difference_of_shares((48, 56), (80, 70))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_the_shift_and_the_test_of_any_change_are_those_of_the_textbooks() -> None:
    values, others = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 2.0])
    assert shift(values, others).value == 1.0
    # three against three fully apart: 2 of C(6, 3) arrangements
    assert p_other(values + 10, others) == pytest.approx(0.1)
    assert p_other(np.array([np.inf] * 4), np.array([np.inf] * 4)) == 1.0
    assert p_other(np.array([np.inf] * 9), np.zeros(9)) < 1e-4
