"""What `model.fit` would have cost: counted work, and seconds that stored benchmarks give for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec import Adam, Dense, Recipe
from nnspec.basics.errors import InvalidValue
from nnspec.data import Circles
from nnspec.project.kept import cost_by_fit
from nnspec.studies.speed.fit_cost import fit_cost
from nnspec.studies.speed.run import BenchmarkRun, benchmark_run
from nnspec.studies.speed.stored import last_measured
from nnspec.training.cost import FitWork, fit_work
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

COSTS = {"epochs": 0.03, "steps": 0.002, "multiplications": 2e-11}
WORK = [(100, 2500, 1e7), (5000, 5000, 1e9), (1, 1875, 2e10), (50, 500, 1e6)]


def fitted(number: int, epochs: int, steps: int, multiplications: float, **changes: Any) -> dict[str, Any]:
    work = {"epochs": epochs, "steps": steps, "multiplications": multiplications}
    seconds = sum(COSTS[kind] * work[kind] for kind in COSTS)
    told = {"their_work": work, "ours": [1.0] * 3, "theirs": [seconds] * 3, "ratios": None}
    return benchmark(f"test_{number}", rounds=3, **told | changes)


def run(*benchmarks: dict[str, Any]) -> BenchmarkRun:
    return benchmark_run(saved(*benchmarks), "run.json")


def test_fit_takes_every_batch_of_every_epoch_validation_included() -> None:
    data = Circles(n_samples=1000, train_size=800)
    recipe = Recipe(data, (Dense(4), Dense(1, "sigmoid")), "binary_crossentropy", Adam(), epochs=10)
    work = fit_work(recipe)
    assert (work.epochs, work.steps) == (10, 10 * 25)
    assert work.multiplications == 3 * 10 * 800 * (2 * 4 + 4)
    validated = fit_work(recipe.with_(validation_data="test"))
    assert validated.steps == 10 * (25 + 7)
    assert validated.multiplications == pytest.approx(10 * (3 * 800 + 200) * 12)
    assert work.times(3) == work + work + work
    assert work - work == FitWork()


def test_measured_trainings_give_the_cost_of_each_kind_of_work() -> None:
    cost = fit_cost(run(*(fitted(n, *work) for n, work in enumerate(WORK))).benchmarks.values())
    assert cost is not None
    assert cost.rows == 4
    assert cost.factor == pytest.approx(1)
    assert cost.seconds == pytest.approx(COSTS)
    assert cost.of({"epochs": 2, "steps": 3, "multiplications": 1e9}) == pytest.approx(0.06 + 0.006 + 0.02)


def test_seconds_per_epoch_are_those_of_all_epochs_of_a_round() -> None:
    entry = fitted(0, *WORK[0], unit="seconds per seed and epoch", their_epochs=100)
    (found,) = run(entry).benchmarks.values()
    assert found.their_seconds is not None
    assert found.their_seconds.tolist() == pytest.approx([100 * (3.0 + 5.0 + 2e-4)] * 3)


def test_of_too_few_trainings_nothing_is_estimated() -> None:
    few = run(*(fitted(n, *work) for n, work in enumerate(WORK[:2])), benchmark("test_without_work"))
    assert fit_cost(few.benchmarks.values()) is None


def test_the_factor_tells_how_far_off_the_worst_is() -> None:
    rows = [fitted(n, *work) for n, work in enumerate(WORK)]
    rows.append(fitted(9, *WORK[0], theirs=[2 * 8.0] * 3))
    cost = fit_cost(run(*rows).benchmarks.values())
    assert cost is not None
    assert 1.3 < cost.factor < 2


@pytest.mark.parametrize("work", [[], {"epochs": 1}, {"epochs": -1, "steps": 1, "multiplications": 1}])
def test_work_that_cannot_be_is_refused(work: Any) -> None:
    with pytest.raises(InvalidValue, match="their_work"):
        run(fitted(0, *WORK[0], their_work=work))


def test_the_report_says_what_the_seeds_would_have_cost(tmp_path: Path) -> None:
    claims = [
        {"fit_work": {"epochs": 1e6, "steps": 1e8, "multiplications": 1e12}},
        {"id": "of an older file"},
    ]
    assert cost_by_fit(tmp_path, claims) == ""
    (tmp_path / "0001.json").write_text(json.dumps(saved(*(fitted(n, *w) for n, w in enumerate(WORK)))))
    said = cost_by_fit(tmp_path, claims).replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("about 2.7 days for the same seeds")  # 3e4 + 2e5 + 20 seconds
    assert "4 measured trainings" in said
    assert cost_by_fit(tmp_path, claims[1:]) == ""
    (tmp_path / "0002.json").write_text("{")
    assert cost_by_fit(tmp_path, claims) == ""


def test_of_every_benchmark_the_last_stored_run_counts(tmp_path: Path) -> None:
    for name, group, entries in (("0001", "old", "ab"), ("0002", "new", "b")):
        document = saved(*(benchmark(f"test_{entry}", group=group) for entry in entries))
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    first, second = last_measured(tmp_path)
    assert [one.group for one in first.benchmarks.values()] == ["old"]
    assert [one.group for one in second.benchmarks.values()] == ["new"]
    assert last_measured(tmp_path / "none") == []
