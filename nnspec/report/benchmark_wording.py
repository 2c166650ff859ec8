"""Times and ratios of benchmarks in plain words, as every report on them says them."""

from __future__ import annotations

from nnspec.benchmark_run import BenchmarkRun
from nnspec.rank_tests import CONFIDENCE, Estimate
from nnspec.report.wording import percent

INTERVALS = (
    f"Intervals are {percent(CONFIDENCE)} intervals, each for itself; where so few rounds cannot give that, "
    "they are the whole range with its confidence. NEW / OLD is the median over all pairs of a new and an "
    "old round (Hodges–Lehmann), with the factors that the rank test does not reject; a ratio to a peer is "
    "the median of the interleaved rounds, with the interval of the sign test. Both hold for any "
    "distribution and resample nothing."
)


def run_in_words(run: BenchmarkRun) -> str:
    """Return where a run comes from: file, date, commit and machine."""
    parts = [run.label, run.date, f"commit {run.commit}" if run.commit else ""]
    return "; ".join([part for part in parts if part] + [str(run.machine or "unknown machine")])


def times(estimate: Estimate) -> str:
    """Return a factor with its interval: 1.02 × (0.98–1.06)."""
    if estimate.low == estimate.high:
        return f"{_number(estimate.value)} ×"
    less = f"; {percent(estimate.confidence)}" if estimate.confidence < CONFIDENCE else ""
    return f"{_number(estimate.value)} × ({_number(estimate.low)}–{_number(estimate.high)}{less})"


def _number(value: float) -> str:
    """Return three significant digits, all digits of larger numbers: 0.0123, 1.02, 2,016."""
    if value >= 1e6 or value < 1e-3:
        return f"{value:.2e}"
    return f"{value:,.0f}" if value >= 99.95 else f"{value:#.3g}"


def unit_in_words(value: float) -> str:
    """Return a time (seconds) with three significant digits in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= 0.9995 * size:
            return f"{_number(value / size)}\N{NO-BREAK SPACE}{unit}"
    return f"{_number(value / 1e-9)}\N{NO-BREAK SPACE}ns"


def short(name: str) -> str:
    """Return the name of a benchmark without its file."""
    return name.partition("::")[2] or name
