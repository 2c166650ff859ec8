"""The report's appendix on speed: what a seed costs here, and by peers that did the same work."""

from __future__ import annotations

from pathlib import Path

from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.statistics.rank_tests import median
from nnspec.studies.speed.run import BenchmarkRun
from nnspec.studies.speed.stored import last_measured
from nnspec.studies.speed.wording import INTERVALS, limits, run_in_words, short, times, unit_in_words

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
    shown = [cells for run in runs for cells in rows(run)]
    machines = "; ".join(dict.fromkeys(run_in_words(run) for run in runs))
    sentences = (
        f"{count(len(shown), 'comparison')} with peers that did the same work in turn, in one run each: "
        f"{machines}. "
        "Compiling is not counted on either side, but for the peer that is traced anew for every seed. "
        "Measured by pytest spec/benchmarks.",
        *(sentence for run in runs for sentence in limits(run)),
        INTERVALS,
    )
    return Section("performance", "Performance", sentences, COLUMNS, tuple(shown))
