"""The report's appendix on speed: of every benchmark that a project keeps the last run, beside its peers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nnspec.basics.files import read_json
from nnspec.basics.grouping import grouped
from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.statistics.rank_tests import median
from nnspec.studies.speed.run import Benchmark, BenchmarkRun, benchmark_run
from nnspec.studies.speed.wording import limits, short, short_number, times, unit_in_words

_BY_PEER = ("against", "comparisons", "costs less, times")
COLUMNS = ("work", "against", "costs less", "rounds", "here", "compilation apart")


def rows(run: BenchmarkRun) -> list[tuple[str, ...]]:
    """Return a row of text for every benchmark with a peer, in the columns of `COLUMNS`."""
    found: list[tuple[str, ...]] = []
    for benchmark in run.benchmarks.values():
        if benchmark.ratios is not None and benchmark.peer:
            unit, seconds = next(iter(benchmark.seconds.items()))
            compilation = benchmark.compile_seconds
            name, rounds = benchmark.group or short(benchmark.name), str(len(benchmark.ratios))
            here = f"{unit_in_words(median(seconds).value)} {unit.removeprefix('seconds ')}"
            apart = "–" if compilation is None else unit_in_words(compilation)
            found.append((name, benchmark.peer, times(median(benchmark.ratios)), rounds, here, apart))
    return found


def performance_section(folder: Path) -> Section:
    """Return the appendix on the runs that are stored in a folder, the last one of every benchmark.

    Raises
    ------
    InvalidValue
        If a file in it is not one of pytest-benchmark.
    """
    runs = last_measured(folder)
    machines = ", ".join(dict.fromkeys(str(run.machine or "unknown machine") for run in runs))
    every = (one for run in runs for one in run.benchmarks.values())
    compared = [one for one in every if one.ratios is not None and one.peer]
    sentences = (
        f"{count(len(compared), 'comparison')} with peers that did the same work in turn, in one run each, "
        f"on {machines}: how many times less it costs here, from the least to the most. nnspec compare shows "
        "a run by itself. Compiling is not counted on either side, but for the peer that is traced anew for "
        "every seed.",
        *(sentence for run in runs for sentence in limits(run)),
    )
    return Section("performance", "Performance", sentences, _BY_PEER, tuple(_by_peer(compared)))


def _by_peer(compared: Sequence[Benchmark]) -> Iterator[tuple[str, ...]]:
    for peer, group in grouped(compared, lambda one: one.peer).items():
        factors = [median(one.ratios).value for one in group if one.ratios is not None]
        ends = dict.fromkeys(short_number(factor) for factor in (min(factors), max(factors)))
        yield peer, f"{len(group)}", " … ".join(ends)


def last_measured(folder: Path) -> list[BenchmarkRun]:
    """Return the stored runs with what no later file holds; those of which nothing is left are left out.

    Files are in the order of their names, which pytest-benchmark numbers.

    Raises
    ------
    InvalidValue
        If a file is not one of pytest-benchmark.
    """
    paths = sorted(folder.rglob("*.json"))
    runs = [benchmark_run(read_json(path, "pytest-benchmark"), path.name) for path in paths]
    kept: list[BenchmarkRun] = []
    seen: set[str] = set()
    growth = share = False
    for run in reversed(runs):
        benchmarks = {name: found for name, found in run.benchmarks.items() if name not in seen}
        if benchmarks:
            grown, shared = None if growth else run.growth, None if share else run.share
            kept.append(replace(run, benchmarks=benchmarks, growth=grown, share=shared))
        seen |= set(run.benchmarks)
        growth, share = growth or run.growth is not None, share or run.share is not None
    return kept[::-1]
