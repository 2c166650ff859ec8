"""Reading a file of pytest-benchmark: very many rounds, and everything that cannot be used."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.studies.speed.run import MOST_ROUNDS, benchmark_run
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved, without_peer

Document = dict[str, Any]


def test_a_run_says_where_it_comes_from() -> None:
    run = benchmark_run(saved(benchmark("test_a")), "a.json")
    assert (run.label, run.date, run.commit) == ("a.json", "2026-11-21 02:04:13", "7cb558e")
    assert str(run.machine) == "vm: AMD EPYC (family 25, model 1, stepping 1), 2 cores"
    commit = {"id": "7cb558ec5ebd0541ea30675fcdf4f9dd1b97186b", "dirty": True}
    assert benchmark_run(saved(benchmark("a"), commit_info=commit), "a").commit == "7cb558e, with changes"
    assert benchmark_run(saved(benchmark("a"), commit_info={"id": "unversioned"}), "a").commit == ""


def test_of_very_many_rounds_some_are_taken_from_all_over_the_run() -> None:
    document = saved(without_peer(benchmark("test_a")))
    document["benchmarks"][0]["stats"]["data"] = [1 + place / 1e5 for place in range(100_000)]
    (found,) = benchmark_run(document, "OLD").benchmarks.values()
    seconds = found.seconds["seconds per round"]
    assert len(seconds) == MOST_ROUNDS
    assert (seconds[0], seconds[-1]) == pytest.approx((1, 2), abs=1e-4)
    assert np.median(seconds) == pytest.approx(1.5, abs=1e-3)


@pytest.mark.parametrize(
    "document", [None, 3, "text", [], {}, {"benchmarks": []}, {"machine_info": {}, "a": 1}]
)
def test_other_documents_are_rejected(document: object) -> None:
    with pytest.raises(
        InvalidValue, match=r"OLD=.*expected a file of pytest-benchmark.*--benchmark-save-data"
    ):
        benchmark_run(document, "OLD")


def extra(key: str, value: object) -> Callable[[Document], object]:
    return lambda document: document["benchmarks"][1]["extra_info"].update({key: value})


def entry(key: str, value: object) -> Callable[[Document], object]:
    return lambda document: document["benchmarks"][1].update({key: value})


def head(key: str, value: object) -> Callable[[Document], object]:
    return lambda document: document.update({key: value})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            extra("ours", [0.1, math.nan]),
            r"extra_info\.ours\[1\]=nan; expected a finite number at least 1e-12",
        ),
        (extra("ours", [math.inf]), r"ours\[0\]=inf; expected a finite number"),
        (extra("ours", [10**4000]), r"ours\[0\]=1000.*\.\.\.; expected a finite number"),
        (extra("ours", [0.0]), r"ours\[0\]=0.0; expected a finite number at least 1e-12"),
        (extra("ours", [True]), r"ours\[0\]=True; expected a finite number"),
        (extra("ours", [[[1.0]]]), r"ours\[0\]=\[\[1.0\]\]; expected a finite number"),
        (extra("ours", {"a": 1}), r"ours='names a'; expected a list with a number for each round"),
        (extra("theirs", [1.0]), r"theirs='1 rounds'; expected the 20 rounds of `ours`"),
        (extra("ratios", [1.0] * 20), r"ratios=\[1.0, .*expected theirs / ours for each round"),
        (extra("peer", 3), r"peer=3; expected a text"),
        (extra("seeds", 0.5), r"seeds=0.5; expected a positive whole number"),
        (extra("versions", [1]), r"versions='a list of 1'; expected names with their values"),
        (extra("compile_seconds", -1), r"compile_seconds=-1; expected a finite number at least 0"),
        (entry("stats", None), r"stats=None; expected names with their values"),
        (entry("stats", {"data": [1e300]}), r"stats\.data\[0\]=1e\+300; expected a finite number"),
        (entry("extra_info", [1]), r"extra_info='a list of 1'; expected names"),
        (entry("fullname", 7), r"fullname=7; expected the name of a benchmark"),
        (entry("fullname", "spec/benchmarks/test_speed.py::test_a"), r"fullname='spec.*each benchmark once"),
        (head("benchmarks", []), r"OLD: benchmarks='a list of 0'; expected at least one benchmark"),
        (head("benchmarks", [1, 2]), r"OLD: benchmarks\[0\]=1; expected names with their values"),
        (head("machine_info", 1), r"OLD: machine_info=1; expected names"),
        (head("datetime", 1), r"OLD: datetime=1; expected a text"),
        (head("commit_info", "x"), r"OLD: commit_info='x'; expected names"),
    ],
)
def test_what_cannot_be_used_is_named(spoil: Callable[[Document], object], message: str) -> None:
    document = saved(benchmark("test_a"), benchmark("test_b"))
    spoil(document)
    with pytest.raises(InvalidValue, match=message) as error:
        benchmark_run(document, "OLD")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 500
