"""The power of verdicts: exact, monotone, and what `judge` really does."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from nnspec.statistics.power import power, resolution
from nnspec.statistics.shares import decide

OF_A_SUITE = 1e-3 / 300


def test_the_probabilities_are_those_of_a_full_enumeration() -> None:
    """Of twelve seeds in blocks of four every sequence of answers is gone through."""
    true, claimed, error_rate = 0.3, 0.8, 0.2
    found = {"holds": 0.0, "refuted": 0.0}
    by_seeds = {4: 0.0, 8: 0.0, 12: 0.0}
    for answers in itertools.product([0, 1], repeat=12):
        chance = true ** sum(answers) * (1 - true) ** (12 - sum(answers))
        for seeds in (4, 8, 12):
            verdict = decide(sum(answers[:seeds]), seeds, claimed, error_rate)
            if verdict != "undecided":
                found[verdict] += chance
                by_seeds[seeds] += chance
                break
    exact = power(true, claimed, error_rate, most_seeds=12, at_a_time=4)
    assert (exact.holds, exact.refuted) == pytest.approx((found["holds"], found["refuted"]))
    assert found["refuted"] > 0.5
    sums = np.cumsum(list(by_seeds.values()))
    assert exact.seeds == [4, 8, 12][int(np.argmax(sums >= 0.5))]


@pytest.mark.parametrize("claimed", [0.5, 0.9, 0.99])
@pytest.mark.parametrize(("most_seeds", "at_a_time"), [(256, 64), (24, 8), (100, 64), (1024, 64)])
def test_a_wrong_verdict_is_as_rare_as_stated(claimed: float, most_seeds: int, at_a_time: int) -> None:
    budget = {"most_seeds": most_seeds, "at_a_time": at_a_time}
    assert power(claimed, claimed, OF_A_SUITE, **budget).refuted <= OF_A_SUITE
    assert power(claimed - 1e-9, claimed, OF_A_SUITE, **budget).holds <= OF_A_SUITE


def test_the_farther_the_truth_the_sooner_it_is_decided() -> None:
    found = [power(true, 0.9, OF_A_SUITE, most_seeds=1024, at_a_time=64) for true in np.arange(81) / 100]
    refuted = [one.refuted for one in found]
    assert (np.diff(refuted) <= 1e-12).all()
    seeds = [one.seeds for one in found]
    assert seeds == sorted(seeds, key=lambda number: number or 0)
    assert seeds[0] == 64
    assert power(0.9, 0.9, OF_A_SUITE, most_seeds=1024, at_a_time=64).seeds is None


def test_certain_answers_have_certain_verdicts() -> None:
    assert power(1.0, 0.9, OF_A_SUITE, most_seeds=256, at_a_time=64).seeds == 192  # 169 in a row decide
    assert power(1.0, 0.9, OF_A_SUITE, most_seeds=256, at_a_time=64).holds == 1.0
    assert power(0.0, 0.9, OF_A_SUITE, most_seeds=24, at_a_time=8).seeds == 8
    assert power(1.0, 0.9, OF_A_SUITE, most_seeds=24, at_a_time=8).holds == 0.0


@pytest.mark.parametrize("claimed", [0.5, 0.9])
def test_at_the_resolution_the_chance_is_just_enough(claimed: float) -> None:
    terms = {"most_seeds": 256, "at_a_time": 64}
    found = resolution(claimed, OF_A_SUITE, **terms)
    assert found.refuted_up_to is not None
    assert found.holds_from is not None
    assert 0 < found.refuted_up_to < claimed < found.holds_from < 1
    below = [power(found.refuted_up_to + step, claimed, OF_A_SUITE, **terms) for step in (0, 1e-5)]
    assert below[0].refuted >= 0.9 > below[1].refuted
    above = [power(found.holds_from - step, claimed, OF_A_SUITE, **terms) for step in (0, 1e-5)]
    assert above[0].holds >= 0.9 > above[1].holds


def test_more_seeds_resolve_more_and_so_few_that_nothing_can_hold_say_so() -> None:
    few, some, many = (resolution(0.9, OF_A_SUITE, most_seeds=most, at_a_time=8) for most in (24, 256, 1024))
    assert few.holds_from is None
    assert many.holds_from is not None
    assert some.holds_from is not None
    assert many.holds_from < some.holds_from
    assert (few.refuted_up_to or 0) < (some.refuted_up_to or 0) < (many.refuted_up_to or 0) < 0.9


@pytest.mark.parametrize("most_seeds", [1280, 4096])
@pytest.mark.parametrize("claimed", [0.5, 0.9])
def test_what_is_told_of_many_seeds_errs_on_the_safe_side(claimed: float, most_seeds: int) -> None:
    terms = {"most_seeds": most_seeds, "at_a_time": 64}
    found = resolution(claimed, OF_A_SUITE, **terms)
    assert found.refuted_up_to is not None
    assert found.holds_from is not None
    low, high = (
        power(true, claimed, OF_A_SUITE, **terms) for true in (found.refuted_up_to, found.holds_from)
    )
    assert 0.9 <= low.refuted <= 0.96
    assert 0.9 <= high.holds <= 0.96


def test_the_command_lists_what_can_be_told_apart(all_kinds, capsys) -> None:
    all_kinds.configure(nnspec_verdicts="300")
    assert all_kinds.nnspec("claims", "--power") == 0
    head, *_, cheap, medium, costly = capsys.readouterr().out.splitlines()
    assert head.startswith("Error rate of a verdict 3.3e-06.")
    assert cheap.split()[:6] == ["90%", "4", "0.003", "s", "32768", "64"]
    assert cheap.endswith("≤ 88.7 % or ≥ 91.2 %")
    assert medium.split()[:6] == ["90%", "4", "0.3", "s", "768", "64"]
    assert costly.split()[:6] == ["90%", "4", "10", "s", "176", "8"]
    assert all_kinds.trainings == []


def test_the_same_as_json_and_for_another_budget(all_kinds, capsys) -> None:
    all_kinds.configure(nnspec_verdicts="300")
    assert all_kinds.nnspec("claims", "--power", "--json", "--budget", "full") == 0
    cheap, medium, _ = json.loads(capsys.readouterr().out)
    assert (medium["claimed_share"], medium["claims"], medium["cost"]) == (0.9, 4, 0.3)
    assert (cheap["most_seeds"], medium["most_seeds"]) == (32768, 7168)
    assert cheap["resolution"]["chance"] == 0.9
    assert cheap["powers"][0] == pytest.approx({"true_share": 0.01, "holds": 0, "refuted": 1, "seeds": 64})
    assert all_kinds.nnspec("claims", "--power", "--budget", "rich") == 2
