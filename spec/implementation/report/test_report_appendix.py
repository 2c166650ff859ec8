"""The appendix on what the verdicts are worth: sentences and tables of every study, as stored pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nnspec.project.kept import appendix, stored_reruns
from nnspec.report.page import render
from nnspec.report.parts import FreshSeeds
from nnspec.statistics.shares import Verdict
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.section import calibration_section
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.record import Flakiness
from nnspec.studies.flakiness.reruns import Reruns
from nnspec.studies.mutation import record as mutation_record
from nnspec.studies.mutation.record import Mutated
from spec.folders import BASELINES
from spec.implementation.report.report_samples import Page, claim, plain, results
from spec.implementation.stored_pages import readable
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

TESTS = tuple(f"t.py::test_it_is_{i}[{j}]" for i in range(5) for j in "ab")
BY_CLAIM = Mutated("a", "training", "Biases <stay>.", ("m:f: x → y",), ("tfc-history",), (), 6, 1, 1.0)
BY_TEST = Mutated("b", "metrics", "Axes.", (), (), TESTS, 2, 90, 1.0)
SURVIVOR = Mutated("lives", "statistics", "Nothing.", (), (), (), 2, 3, 1.0)
STABLE = Reruns("a", "doc", "holds", 0.9, 64, ("holds",) * 2, ("refuted",) * 2, (64, 60), (64, 64), 1024)
OPEN = replace(STABLE, key="b", verdicts=("holds", "undecided"), successes=(64, 58))
CONTRARY = replace(STABLE, key="c", verdicts=("holds", "refuted"), successes=(64, 9))
CLOSE = Reruns(
    "d", "doc", "holds", 0.9, 512, ("undecided",) * 20, ("refuted",) * 20, (490,) * 20, (512,) * 20, 1024
)
WITHOUT = replace(CLOSE, key="e", counterfactuals=("undecided",) * 20)
FLAKY = Flakiness("standard", 0.01, (STABLE, OPEN), {})
CALIBRATION = calibration_record.read(BASELINES / "calibration.json")[:2]


def kept(folder: Path, mutants: list[Mutated], reruns: Flakiness, benchmarks: Any) -> None:
    """Store what the appendix is made of."""
    mutation_record.write(folder / "mutants.json", mutants, {})
    flakiness_record.write(folder / "flakiness.json", reruns)
    (folder / "benchmarks").mkdir()
    (folder / "benchmarks/0001_peers.json").write_text(json.dumps(benchmarks))


def said(folder: Path, calibration: Any) -> str:
    """Return what the report says after its method."""
    section = calibration_section(calibration, drawn=False)
    page = render(results(), appendix=(section, *appendix(folder)))
    return "Calibration\n" + readable(page).partition("\nCalibration\n")[2]


def test_what_the_appendix_says_of_each_study_is_stored(tmp_path: Path, stored_page: Any) -> None:
    assert appendix(tmp_path) == ()
    kept(tmp_path, [BY_CLAIM, BY_TEST], FLAKY, saved(benchmark("test_a"), benchmark("test_b", peer="JAX")))
    stored_page("appendix", said(tmp_path, CALIBRATION))


def test_what_the_appendix_says_where_something_is_wrong_is_stored(tmp_path: Path, stored_page: Any) -> None:
    kept(tmp_path, [BY_CLAIM, SURVIVOR], replace(FLAKY, claims=(CONTRARY,)), [])
    exceeded = replace(CALIBRATION[0], ever_excluded=2 * CALIBRATION[0].error_rate)
    stored_page("appendix_with_faults", said(tmp_path, [exceeded]))


def test_what_is_stable_or_cannot_be_read_is_said_too(tmp_path: Path) -> None:
    kept(tmp_path, [BY_CLAIM], replace(FLAKY, claims=(STABLE,)), [])
    (tmp_path / "mutants.json").write_text("{")
    broken, stable, _ = appendix(tmp_path)
    assert [section.name for section in (broken, stable)] == ["mutants", "flakiness"]
    assert "could not be made" in broken.sentences[0]
    assert "JSON" in broken.sentences[0]
    assert stable.rows == ()
    assert "Some or all" not in " ".join(stable.sentences)


def test_a_claim_says_in_the_report_how_fresh_seeds_came_out(tmp_path: Path, stored_page: Any) -> None:
    assert stored_reruns(tmp_path) == {}
    several = replace(FLAKY, claims=(STABLE, OPEN, CONTRARY, CLOSE, WITHOUT))
    flakiness_record.write(tmp_path / "flakiness.json", several)
    reruns = stored_reruns(tmp_path)
    page = Page(render(results(claim(id="b"), claim(id="other")), reruns=reruns))
    assert page.texts("dt").count("Fresh seeds") == 1
    stored_page("fresh_seeds", "\n".join(f"{key}: {one.text}" for key, one in reruns.items()))
    (tmp_path / "flakiness.json").write_text("{")
    assert stored_reruns(tmp_path) == {}


@pytest.mark.parametrize(
    ("verdict", "stable", "told"), [("refuted", True, 0), ("refuted", False, 1), ("holds", True, 1)]
)
def test_fresh_seeds_that_gave_the_same_verdict_in_each_block_are_counted_for_a_document(
    verdict: Verdict, stable: bool, told: int
) -> None:
    fresh = FreshSeeds("as told.", verdict, 1, 64, stable)
    page = Page(render(results(claim(id="b"), claim(id="other")), reruns={"b": fresh}))
    assert page.texts("dt").count("Fresh seeds") == told
    counted = "1 claim with the same verdict in each block of fresh seeds"
    assert sum(counted in plain(text) for text in page.texts("p")) == 1 - told


def test_the_page_shows_the_sections_with_every_text_escaped(tmp_path: Path) -> None:
    survivor = replace(SURVIVOR, statement="Biases <stay>.")
    kept(tmp_path, [BY_CLAIM, BY_TEST, survivor], FLAKY, [])
    page = Page(render(results(), appendix=appendix(tmp_path)))
    assert page.unbalanced == []
    assert "Mutants" in page.texts("h2", id="mutants")
    assert "Biases <stay>." in page.texts("td")
    assert "mutants" not in Page(render(results())).attributes("id")
