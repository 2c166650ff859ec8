"""Times and ratios of benchmarks in plain words, as every report on them says them."""

from __future__ import annotations

import numpy as np

from nnspec.report.words.wording import percent
from nnspec.statistics.order_statistics import CONFIDENCE
from nnspec.statistics.rank_tests import Estimate, median
from nnspec.studies.speed.run import BenchmarkRun

INTERVALS = (
    f"Intervals are {percent(CONFIDENCE)} intervals, each for itself; where so few rounds cannot give that, "
    "they are the whole range with its confidence. A ratio to a peer is the median of the interleaved "
    "rounds, with the interval of the sign test, which holds for any distribution and resamples nothing."
)
NEW_AGAINST_OLD = (
    "NEW / OLD is the median over all pairs of a new and an old round (Hodges–Lehmann), with the factors "
    "that the rank test does not reject, for any distribution."
)


def run_in_words(run: BenchmarkRun) -> str:
    """Return where a run comes from: file, date, commit and machine."""
    parts = [run.label, run.date, f"commit {run.commit}" if run.commit else ""]
    return "; ".join([part for part in parts if part] + [str(run.machine or "unknown machine")])


def limits(run: BenchmarkRun) -> tuple[str, ...]:
    """Return how cost grows with the seeds and how close to the machine's limit a network comes."""
    said = []
    if run.growth is not None:
        grown = run.growth
        few, many = min(grown.seconds), max(grown.seconds)
        costs = {seeds: median(np.array(grown.seconds[seeds])).value for seeds in grown.seconds}
        worst = max(costs.values()) / costs[few]
        said.append(
            f"{grown.group}: a seed takes {unit_in_words(costs[few])} where {few:,} are trained in one call "
            f"and {unit_in_words(costs[many])} where {many:,} are, and at the numbers in between at most "
            f"{short_number(worst)} times the former; the process holds {grown.memory[few] / 1024:.2f} and "
            f"{grown.memory[many] / 1024:.2f} GiB at most, results included."
        )
    if run.share is not None:
        found = run.share
        small, large = (median(found.reached / own) for own in (found.small, found.large))
        said.append(
            f"{found.group}: {short_number(median(found.reached).value)} GFLOP/s in matrix products, "
            f"evaluation included, {_shares(small)} of what NumPy's products of the same shape reach on all "
            f"cores in the same run and {_shares(large)} of what products of large matrices do; copies move "
            f"{short_number(median(found.copied).value)} GB/s."
        )
    return tuple(sentence[:1].upper() + sentence[1:] for sentence in said)


def _shares(share: Estimate) -> str:
    return f"{percent(share.value)} ({100 * share.low:.0f}–{100 * share.high:.0f})"


def times(estimate: Estimate) -> str:
    """Return a factor with its interval: 1.02 × (0.98–1.06)."""
    if estimate.low == estimate.high:
        return f"{short_number(estimate.value)} ×"
    less = f"; {percent(estimate.confidence)}" if estimate.confidence < CONFIDENCE else ""
    return (
        f"{short_number(estimate.value)} × ({short_number(estimate.low)}–{short_number(estimate.high)}{less})"
    )


def short_number(value: float) -> str:
    """Return three significant digits, all digits of larger numbers: 0.0123, 1.02, 2,016."""
    if value >= 1e6 or value < 1e-3:
        return f"{value:.2e}"
    return f"{value:,.0f}" if value >= 99.95 else f"{value:#.3g}"


def unit_in_words(value: float) -> str:
    """Return a time (seconds) with three significant digits in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= 0.9995 * size:
            return f"{short_number(value / size)}\N{NO-BREAK SPACE}{unit}"
    return f"{short_number(value / 1e-9)}\N{NO-BREAK SPACE}ns"


def short(name: str) -> str:
    """Return the name of a benchmark without its file."""
    return name.partition("::")[2] or name
