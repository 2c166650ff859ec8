"""The benchmark runs that a project keeps: of every benchmark the last one that was stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnspec.benchmark_run import BenchmarkRun, benchmark_run
from nnspec.json_file import read_json

FOLDER = "benchmarks"  # beside the folder of the baseline


def last_measured(folder: Path) -> list[BenchmarkRun]:
    """Return the stored runs with those of their benchmarks that no later file holds, none of them empty.

    Files are in the order of their names, which pytest-benchmark numbers.

    Raises
    ------
    InvalidValue
        If a file is not one of pytest-benchmark.
    """
    runs = [
        benchmark_run(read_json(path, "pytest-benchmark"), path.name)
        for path in sorted(folder.rglob("*.json"))
    ]
    last = {name: index for index, run in enumerate(runs) for name in run.benchmarks}
    kept = [
        replace(run, benchmarks={n: b for n, b in run.benchmarks.items() if last[n] == index})
        for index, run in enumerate(runs)
    ]
    return [run for run in kept if run.benchmarks]
