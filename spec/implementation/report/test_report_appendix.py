"""The appendix on what the verdicts are worth: sentences and tables of mutants and of reruns."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from nnspec.project.kept import appendix, stored_reruns
from nnspec.report.page import render
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.record import Flakiness
from nnspec.studies.flakiness.reruns import Reruns
from nnspec.studies.flakiness.section import flakiness_section, told
from nnspec.studies.mutation import record as mutation_record
from nnspec.studies.mutation.record import Mutated
from nnspec.studies.mutation.section import mutation_section
from spec.implementation.report.report_samples import Page, claim, plain, results
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

BY_CLAIM = Mutated("a", "training", "Biases <stay>.", ("m:f: x → y",), ("tfc-history",), (), 6, 1, 1.0)
BY_TEST = Mutated(
    "b",
    "metrics",
    "Axes.",
    (),
    (),
    tuple(f"t.py::test_it_is_{i}[{j}]" for i in range(5) for j in "ab"),
    2,
    90,
    1.0,
)
SURVIVOR = Mutated("lives", "statistics", "Nothing.", (), (), (), 2, 3, 1.0)
STABLE = Reruns("a", "doc", "holds", 0.9, 64, ("holds",) * 2, ("refuted",) * 2, (64, 60), (64, 64))
OPEN = Reruns("b", "doc", "holds", 0.9, 64, ("holds", "undecided"), ("refuted",) * 2, (64, 58), (64, 64))
FLAKY = Flakiness("standard", 0.01, 1024, (STABLE, OPEN), {})


def test_the_table_of_mutants_names_who_notices_and_of_how_many() -> None:
    section = mutation_section([BY_CLAIM, BY_TEST])
    assert section.rows[0] == ("Biases <stay>.", "1 of 6: tfc-history", "none of 1")
    assert section.rows[1][1:] == ("none of 2", "10 of 90: it is 0; it is 1; it is 2, and 2 more")
    said = " ".join(section.sentences)
    assert "None survives." in said
    assert "Claims notice 1 of them, 1 of these alone; tests of nnspec alone notice 1" in said


def test_a_survivor_is_told_by_name() -> None:
    said = " ".join(mutation_section([BY_CLAIM, SURVIVOR]).sentences)
    assert "lives" in said
    assert "None survives" not in said


def test_the_section_on_fresh_seeds_lists_the_claims_that_change_and_the_rate() -> None:
    section = flakiness_section(FLAKY)
    assert [row[:3] for row in section.rows] == [("b", "holds", "holds 1, undecided 1")]
    assert [plain(cell) for cell in section.rows[0][3:]] == [
        "122 of 128 seeds (95 %, interval 84–99 %)",
        "90 %",
        "undecided",
    ]
    said = " ".join(section.sentences)
    assert "1 of the claims have one verdict in every block" in said
    assert "Of 4\N{NO-BREAK SPACE}verdicts 1 are not the recorded one, 25 %; where" in said
    assert "every claim counts alike, however many blocks it had, 25 %." in said
    assert "No block contradicts another" in said
    assert plain(said).endswith(
        "Some or all blocks leave 1 claim open; the seeds of all blocks together decide 0 of them."
    )
    decided = flakiness_section(Flakiness("standard", 0.01, 1024, (STABLE,), {}))
    assert decided.rows == ()
    assert "Some or all" not in " ".join(decided.sentences)
    contrary = Reruns("c", "doc", "holds", 0.9, 64, ("holds", "refuted"), ("refuted",) * 2, (64, 9), (64, 64))
    told = " ".join(flakiness_section(Flakiness("standard", 0.01, 0, (contrary,), {})).sentences)
    assert "decide what other blocks decide otherwise" in told
    assert "No block contradicts" not in told


def test_a_claim_too_close_to_call_has_its_share_restated_from_all_blocks() -> None:
    assert told(STABLE, 0.01) == "holds in each of 2 blocks of at most 64\N{NO-BREAK SPACE}fresh seeds."
    close = Reruns(
        "d", "doc", "holds", 0.9, 512, ("undecided",) * 20, ("refuted",) * 20, (490,) * 20, (512,) * 20
    )
    said = plain(told(close, 1e-6))
    assert said.startswith(
        "undecided 20 in 20 blocks of at most 512 fresh seeds, too few for a share so close to the "
        "claimed one"
    )
    assert "by all of them together it holds: 9,800 of 10,240 seeds (96 %, interval " in said
    contrary = Reruns("c", "doc", "holds", 0.9, 64, ("holds", "refuted"), ("refuted",) * 2, (64, 9), (64, 64))
    assert told(contrary, 0.01).startswith("holds 1, refuted 1 in 2 blocks")
    assert "which contradict each other" in told(contrary, 0.01)
    without = replace(close, verdicts=("undecided",) * 20, counterfactuals=("undecided",) * 20)
    assert "undecided 20; counterfactual undecided 20 in 20 blocks" in told(without, 1e-6)


def test_a_claim_says_in_the_report_how_fresh_seeds_came_out(tmp_path: Path) -> None:
    assert stored_reruns(tmp_path) == {}
    flakiness_record.write(tmp_path / "flakiness.json", FLAKY)
    reruns = stored_reruns(tmp_path)
    assert set(reruns) == {"a", "b"}
    page = Page(render(results(claim(id="b"), claim(id="other")), reruns=reruns))
    assert page.texts("dt").count("Fresh seeds") == 1
    assert any(plain(text).startswith("holds 1, undecided 1 in 2 blocks") for text in page.texts("dd"))
    (tmp_path / "flakiness.json").write_text("{")
    assert stored_reruns(tmp_path) == {}


def test_the_appendix_has_what_the_folder_has(tmp_path: Path) -> None:
    assert appendix(tmp_path) == ()
    mutation_record.write(tmp_path / "mutants.json", [BY_CLAIM], {})
    flakiness_record.write(tmp_path / "flakiness.json", FLAKY)
    assert [section.name for section in appendix(tmp_path)] == ["mutants", "flakiness"]
    (tmp_path / "mutants.json").write_text("{")
    broken, whole = appendix(tmp_path)
    assert "could not be made" in broken.sentences[0]
    assert "JSON" in broken.sentences[0]
    assert whole == flakiness_section(FLAKY)


def test_the_section_on_performance_has_a_row_for_every_peer(tmp_path: Path) -> None:
    (tmp_path / "benchmarks").mkdir()
    stored = tmp_path / "benchmarks/0001_peers.json"
    stored.write_text(json.dumps(saved(benchmark("test_a"), benchmark("test_b", peer="JAX"))))
    (section,) = appendix(tmp_path)
    assert (section.name, len(section.rows), len(section.headings)) == (
        "performance",
        2,
        len(section.rows[0]),
    )
    assert "2\N{NO-BREAK SPACE}comparisons" in section.sentences[0]
    assert "0001_peers.json" in section.sentences[0]
    stored.write_text("[]")
    assert "could not be made" in appendix(tmp_path)[0].sentences[0]


def test_the_page_shows_the_sections_with_every_text_escaped(tmp_path: Path) -> None:
    mutation_record.write(tmp_path / "mutants.json", [BY_CLAIM, BY_TEST], {})
    page = Page(render(results(), appendix=appendix(tmp_path)))
    assert page.unbalanced == []
    assert "Mutants" in page.texts("h2", id="mutants")
    assert "Biases <stay>." in page.texts("td")
    assert "mutants" not in Page(render(results())).attributes("id")
