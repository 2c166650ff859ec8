"""Two benchmark runs: what is flagged, how often wrongly, and what is not compared."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.studies.speed.comparison import Comparison, compare
from nnspec.studies.speed.run import benchmark_run
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved, without_peer, without_times

Document = dict[str, Any]


def compared(old: Document, new: Document, **terms: float) -> Comparison:
    return compare(benchmark_run(old, "OLD.json"), benchmark_run(new, "NEW.json"), **terms)


def several(rng: np.random.Generator, number: int = 6, **changes: Any) -> list[dict[str, Any]]:
    return [benchmark(f"test_{place}", rng, **changes) for place in range(number)]


@pytest.mark.parametrize("rounds", [1, 2, 5, 20])
@pytest.mark.parametrize("node", ["vm", "other"])
@pytest.mark.parametrize("tolerance", [0.0, 0.05])
def test_a_file_against_itself_never_flags(rounds: int, node: str, tolerance: float) -> None:
    document = saved(*several(np.random.default_rng(rounds), rounds=rounds))
    found = compared(document, saved(*document["benchmarks"], node=node), level=0.5, tolerance=tolerance)
    assert {change.verdict for change in found.changes} <= {"no change shown", "too few rounds"}
    assert [change.cost.value for change in found.changes] == [1.0] * 6


@pytest.mark.parametrize("node", ["vm", "other"])
def test_a_fifth_more_is_flagged_among_many_that_did_not_change(node: str) -> None:
    rng = np.random.default_rng(0)
    for _ in range(5):
        old = several(rng, 12)
        new = [*several(rng, 11), benchmark("test_11", rng, slower=1.2)]
        found = compared(saved(*old), saved(*new, node=node))
        assert [change.name.rpartition("_")[2] for change in found.regressions] == ["11"]
        (slower,) = found.regressions
        assert 1.1 < slower.cost.low < slower.cost.value < slower.cost.high < 1.3


def test_a_fifth_less_is_faster_and_no_regression() -> None:
    rng = np.random.default_rng(0)
    found = compared(saved(benchmark("test_a", rng)), saved(benchmark("test_a", rng, slower=0.8)))
    assert [change.verdict for change in found.changes] == ["faster"]
    assert found.changes[0].p < 1e-6
    assert found.regressions == ()


@pytest.mark.parametrize(("rounds", "level"), [(8, 0.05), (20, 0.2)])
def test_noise_alone_is_flagged_at_most_at_the_stated_rate(rounds: int, level: float) -> None:
    """Any of four benchmarks in 120 pairs of runs; without tolerance, which would hide all of it."""
    rng, runs = np.random.default_rng(rounds), 120
    flagged = 0
    for _ in range(runs):
        old, new = (saved(*several(rng, 4, rounds=rounds)) for _ in range(2))
        flagged += bool(compared(old, new, level=level, tolerance=0.0).regressions)
    assert flagged <= runs * level + 3 * math.sqrt(runs * level * (1 - level))
    # a test that never flags anything would pass as well
    assert flagged >= runs * level / 5


def test_less_than_the_tolerance_is_no_regression_however_many_rounds_show_it() -> None:
    rng = np.random.default_rng(0)
    old, new = (saved(benchmark("test_a", rng, rounds=500, slower=slower)) for slower in (1, 1.03))
    assert compared(old, new).regressions == ()
    assert len(compared(old, new, tolerance=0.0).regressions) == 1


def test_too_few_rounds_are_told_with_how_many_are_needed() -> None:
    rng = np.random.default_rng(0)
    old, new = (saved(*several(rng, 13, rounds=5, slower=slower)) for slower in (1, 2))
    found = compared(old, new)
    assert {change.verdict for change in found.changes} == {"too few rounds"}
    assert found.changes[0].notes == ("5 and 5 rounds cannot show a change, 6 each can",)
    assert {change.verdict for change in compared(old, new, level=0.1).changes} == {"slower"}


@pytest.mark.parametrize("differing", [{"node": "other"}, {"cores": 4}, {"machine_info": {}}])
def test_seconds_of_different_machines_are_never_compared(differing: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    old = saved(benchmark("test_a", rng), without_peer(benchmark("test_b", rng)))
    new = saved(benchmark("test_a", rng, busy=3.0), without_peer(benchmark("test_b", rng)), **differing)
    found = compared(old, new)
    assert not found.same_machine
    (change,) = found.changes
    assert change.seconds is None
    assert change.measure == "cost relative to model.fit"
    assert change.verdict == "no change shown"
    assert change.cost.low < 1 < change.cost.high
    assert found.not_compared == {
        "spec/benchmarks/test_speed.py::test_b": "no ratios to a peer of the same run in OLD and NEW, and "
        "seconds only compare on one machine"
    }


def test_two_unknown_machines_are_not_taken_for_one() -> None:
    document = saved(benchmark("test_a"), machine_info={})
    assert not compared(document, document).same_machine


def test_a_processor_of_another_generation_is_another_machine() -> None:
    old = saved(benchmark("test_a"))
    new = copy.deepcopy(old)
    new["machine_info"]["cpu"]["model"] = 17
    assert not compared(old, new).same_machine


def test_on_one_machine_the_peer_tells_that_the_machine_was_busy() -> None:
    rng = np.random.default_rng(0)
    old = saved(benchmark("test_a", rng))
    busy, slower = (saved(benchmark("test_a", rng, **{why: 1.3})) for why in ("busy", "slower"))
    note = "the ratio to model.fit shows no such change: maybe the machine was busy"
    assert compared(old, busy).regressions[0].notes == (note,)
    assert compared(old, slower).regressions[0].notes == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seeds": 1024}, "other work: seeds 256 in OLD, 1024 in NEW"),
        ({"unit": "seconds per epoch"}, "other work: unit seconds per seed in OLD, seconds per epoch in NEW"),
    ],
)
def test_other_work_is_not_compared(change: dict[str, Any], reason: str) -> None:
    old = saved(benchmark("test_a"), benchmark("test_b"))
    found = compared(old, saved(benchmark("test_a"), benchmark("test_b", **change)))
    assert list(found.not_compared.values()) == [reason]


def test_ratios_to_different_peers_are_not_compared() -> None:
    old = saved(benchmark("test_a"), benchmark("test_b"))
    new = saved(benchmark("test_a"), benchmark("test_b", peer="jax"), node="other")
    assert list(compared(old, new).not_compared.values()) == ["other peers: model.fit in OLD, jax in NEW"]
    here = compared(old, new | {"machine_info": old["machine_info"]})
    assert here.changes[1].measure == "seconds per seed"
    assert here.changes[1].ratios is None


def test_without_seconds_in_both_the_ratios_are_compared_and_that_is_told() -> None:
    (change,) = compared(saved(without_times(benchmark("test_a"))), saved(benchmark("test_a"))).changes
    assert change.measure == "cost relative to model.fit"
    assert change.notes == ("seconds of one kind are not in both files, so the ratios are compared",)


def test_rounds_of_pytest_benchmark_serve_where_there_is_nothing_else() -> None:
    (change,) = compared(saved(without_peer(benchmark("test_a"))), saved(benchmark("test_a"))).changes
    assert change.measure == "seconds per round"
    assert change.ratios is None


def test_what_is_in_one_file_only_and_what_versions_changed_is_told() -> None:
    old = saved(benchmark("test_a"), benchmark("test_old"))
    new = saved(benchmark("test_a", versions={"keras": "3.16.0", "jax": "0.9"}), benchmark("test_new"))
    found = compared(old, new)
    assert [(name[-8:], why) for name, why in found.not_compared.items()] == [
        ("test_new", "only in NEW"),
        ("test_old", "only in OLD"),
    ]
    assert found.versions == {"keras": ("3.15.1", "3.16.0")}


def test_compilation_is_told_where_it_changed_and_seconds_are_compared() -> None:
    old = saved(benchmark("test_a"))
    new = saved(benchmark("test_a", compile_seconds=5.0))
    assert compared(old, new).changes[0].notes == ("compilation 2.5 → 5 s, measured once and not tested",)
    assert compared(old, new | {"machine_info": {}}).changes[0].notes == ()


def test_runs_without_a_common_benchmark_are_rejected() -> None:
    with pytest.raises(
        InvalidValue, match=r"NEW\.json='.*test_b'; expected a benchmark of OLD\.json: .*test_a"
    ):
        compared(saved(benchmark("test_a")), saved(benchmark("test_b")))


def test_runs_of_which_nothing_can_be_compared_are_rejected_with_the_reason() -> None:
    old = saved(without_peer(benchmark("test_a")))
    with pytest.raises(InvalidValue, match=r"can be compared; no ratios to a peer of the same run in OLD"):
        compared(old, saved(*old["benchmarks"], node="other"))


@pytest.mark.parametrize("terms", [{"level": 0.0}, {"level": 0.7}, {"level": math.nan}, {"tolerance": -0.1}])
def test_terms_are_checked(terms: dict[str, float]) -> None:
    document = saved(benchmark("test_a"))
    with pytest.raises(InvalidValue, match="expected a finite number at least"):
        compared(document, document, **terms)
