"""One benchmark run alone: ratios to its peers, and how time and memory grow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.commands.main import main
from nnspec.studies.speed.figure import growth as growth_figure
from nnspec.studies.speed.run import benchmark_run
from nnspec.studies.speed.run_report import html, markdown
from nnspec.studies.speed.scaling import Growth, growth
from nnspec.studies.speed.section import performance_section
from nnspec.studies.speed.wording import limits
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved, without_peer

GROWTH = {
    "group": "growth of the circles",
    "seconds_per_seed": {"1024": [0.004, 0.0042], "64": [0.005, 0.0052]},
    "peak_memory_mib": {"1024": 900.0, "64": 800.0},
}


def with_growth(**changes: Any) -> dict[str, Any]:
    return saved(
        benchmark("test_a"),
        benchmark("test_growth", peer=None, ratios=None, theirs=None, **{**GROWTH, **changes}),
    )


def test_markdown_and_html_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, page = with_growth(), tmp_path / "run.html"
    (tmp_path / "run.json").write_text(json.dumps(document), encoding="utf-8")
    assert main(["compare", str(tmp_path / "run.json"), "--html", str(page)]) == 0
    printed = capsys.readouterr().out
    assert printed == markdown(benchmark_run(document, str(tmp_path / "run.json"))) + "\n"
    assert "| circles 4-4-1 | model.fit |" in printed
    shown = page.read_text(encoding="utf-8")
    assert "circles 4-4-1" in shown
    assert shown.count("<img ") == 1
    assert "64 seeds 5.00\N{NO-BREAK SPACE}ms, 1,024 seeds 4.00\N{NO-BREAK SPACE}ms" in shown


def test_without_growth_there_is_no_picture_and_names_are_escaped() -> None:
    run = benchmark_run(saved(benchmark("test_a", peer="<script>")), "run.json")
    page = html(run)
    assert "<img" not in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("option", [("--level", "0.1"), ("--tolerance", "0.1")])
def test_a_run_alone_has_nothing_to_test(option, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.json").write_text(json.dumps(saved(benchmark("test_a"))), encoding="utf-8")
    assert main(["compare", str(tmp_path / "run.json"), *option]) == 2
    assert "expected no such option for one run" in capsys.readouterr().err


def test_growth_is_read_in_the_order_of_the_seeds() -> None:
    found = growth(with_growth(), "run.json")
    assert found == Growth(
        "growth of the circles", {64: (0.005, 0.0052), 1024: (0.004, 0.0042)}, {64: 800.0, 1024: 900.0}
    )
    assert growth(saved(benchmark("test_a")), "run.json") is None


def with_share(**changes: Any) -> dict[str, Any]:
    """Return a run that reached half of the machine's small products, about."""
    machine = {"small_gflops": [60.0, 62.0], "large_gflops": [100.0] * 2, "copied_gigabytes": [8.0] * 2}
    told = {"reached_gflops": [30.0, 31.0], "machine": machine, "peer": None, "ratios": None, "theirs": None}
    return saved(benchmark("test_a"), benchmark("test_share", group="a wide network", **told | changes))


def test_what_one_run_says_and_its_limits_are_stored(stored_page: Any) -> None:
    documents = {
        "a run": saved(benchmark("test_a"), without_peer(benchmark("test_b"))),
        "growth": with_growth(),
        "share of the machine": with_share(),
    }
    runs = {name: benchmark_run(document, "run.json") for name, document in documents.items()}
    stored_page("one_run", "\n\n".join(f"# {name}\n{markdown(run)}" for name, run in runs.items()))
    assert limits(runs["a run"]) == ()


def test_the_section_of_several_runs_has_the_last_limits_of_each_kind(tmp_path: Path) -> None:
    stored = {"0001": with_growth(), "0002": with_share(), "0003": with_growth(group="last")}
    for name, document in stored.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    said = [sentence.partition(":")[0] for sentence in performance_section(tmp_path).sentences[1:3]]
    assert said == ["A wide network", "Last"]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (with_share(machine=None), "expected figures of the machine by name"),
        (with_share(machine={"small_gflops": [1.0, 1.0]}), "large_gflops"),
        (with_share(reached_gflops=[1.0]), "as many rounds"),
        (with_share(reached_gflops=[0.0, 1.0]), "reached_gflops"),
        (with_growth(peak_memory_mib={"64": 1.0}), r"expected rounds and memory for \[64, 1024\] seeds"),
        (with_growth(peak_memory_mib=None), "expected figures by numbers of seeds"),
        (with_growth(seconds_per_seed={"many": [1.0]}), "expected figures by numbers of seeds"),
        (with_growth(seconds_per_seed={"64": [-1.0], "1024": [1.0]}), "seconds_per_seed=-1.0"),
        (with_growth(seconds_per_seed={"64": [], "1024": [1.0]}), "expected rounds and memory"),
    ],
)
def test_impossible_growth_and_shares_are_refused(document: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        benchmark_run(document, "run.json"), growth(document, "run.json")


def test_the_picture_shows_every_round_and_begins_at_zero() -> None:
    found = Growth("circles", {64: (0.005, 0.0052), 1024: (0.004, 0.0042)}, {64: 800.0, 1024: 1024.0})
    time, memory = growth_figure(found).axes
    *rounds, medians = time.lines
    assert [list(line.get_ydata()) for line in rounds] == [[5.0, 5.2], [4.0, 4.2]]
    assert list(medians.get_ydata()) == pytest.approx([5.1, 4.1])
    assert list(memory.lines[0].get_ydata()) == pytest.approx([0.78125, 1.0])
    assert [ax.get_ylim()[0] for ax in (time, memory)] == [0, 0]
    assert [label.get_text() for label in time.get_xticklabels()] == ["64", "1,024"]
    assert time.get_ylabel() == "milliseconds a seed"
