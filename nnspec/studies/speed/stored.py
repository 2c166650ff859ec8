"""The benchmark runs that a project keeps: of every benchmark the last one that was stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnspec.basics.files import read_json
from nnspec.studies.speed.run import BenchmarkRun, benchmark_run

FOLDER = "benchmarks"  # beside the folder of the baseline


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
