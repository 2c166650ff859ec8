"""Two runs of the benchmarks compared: which became slower, as far as a rank test on the rounds shows it.

On one machine seconds are compared; of runs on different machines only the ratios to the peers that did
the same work in the same run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nnspec.basics.errors import InvalidValue, real_number
from nnspec.results.drift import changed_versions
from nnspec.statistics.rank_tests import Estimate, enough_rounds, holm, median, p_larger, quotient, smallest_p
from nnspec.studies.speed.run import REMEDY, Benchmark, BenchmarkRun
from nnspec.studies.speed.scaling import Rounds

LEVEL = 0.05
TOLERANCE = 0.05  # whole runs on one machine differ by a few percent, which rounds within a run do not show
Verdict = Literal["slower", "faster", "no change shown", "too few rounds"]


@dataclass(frozen=True)
class Change:
    """How a benchmark changed.

    `measure` says what was compared: seconds per seed, seconds per round, or the cost relative to a peer.
    `cost` is by what factor the new one costs more. `seconds` are the medians of OLD and NEW, None where
    seconds may not be compared; `ratios` how many times less OLD and NEW cost than the peer, None without
    a common peer. `p` is Holm's p-value for faster where that is the verdict, else for slower.
    """

    name: str
    group: str
    peer: str
    measure: str
    verdict: Verdict
    cost: Estimate
    p: float
    rounds: tuple[int, int]
    seconds: tuple[Estimate, Estimate] | None
    ratios: tuple[Estimate, Estimate] | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All changes, in the order of NEW, why others are not compared, and under which terms."""

    old: BenchmarkRun
    new: BenchmarkRun
    same_machine: bool
    level: float
    tolerance: float
    changes: tuple[Change, ...]
    not_compared: Mapping[str, str]
    versions: Mapping[str, tuple[str, str]]

    @property
    def regressions(self) -> tuple[Change, ...]:
        """The benchmarks that became slower."""
        return tuple(change for change in self.changes if change.verdict == "slower")


@dataclass(frozen=True)
class _Pair:
    old: Benchmark
    new: Benchmark
    measure: str
    before: Rounds
    after: Rounds
    absolute: bool = True
    note: str = ""


def compare(
    old: BenchmarkRun, new: BenchmarkRun, *, level: float = LEVEL, tolerance: float = TOLERANCE
) -> Comparison:
    """Return how the benchmarks that both runs have changed.

    A benchmark is slower if a one-sided Mann–Whitney test shows that it costs more than 1 + `tolerance`
    times as much; the probability that this happens to any of them by chance is at most `level` by Holm's
    correction, as far as rounds are independent. Likewise for faster.

    Raises
    ------
    InvalidValue
        If the runs have no benchmark in common, none can be compared, `level` is not from 1e-9 to 0.5,
        or `tolerance` is not from 0 to 10.
    """
    level = real_number("level", level, 1e-9, 0.5)
    tolerance = real_number("tolerance", tolerance, 0.0, 10.0)
    common = [name for name in new.benchmarks if name in old.benchmarks]
    if not common:
        names, remedy = list(old.benchmarks), "compare two runs of the same benchmarks"
        few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        received, expected = ", ".join(new.benchmarks), f"a benchmark of {old.label}: {few}"
        raise InvalidValue(new.label, received, expected, remedy)
    same_machine = old.machine is not None and old.machine == new.machine
    pairs, reasons = [], {}
    for name in common:
        pair = _pair(old.benchmarks[name], new.benchmarks[name], same_machine)
        if isinstance(pair, str):
            reasons[name] = pair
        else:
            pairs.append(pair)
    if not pairs:
        name, reason = next(iter(reasons.items()))
        raise InvalidValue(new.label, name, "a benchmark that can be compared", reason)
    reasons |= {name: "only in NEW" for name in new.benchmarks if name not in old.benchmarks}
    reasons |= {name: "only in OLD" for name in old.benchmarks if name not in new.benchmarks}
    changes = _changes(pairs, level, tolerance)
    versions = changed_versions([(old.benchmarks[name], new.benchmarks[name]) for name in common])
    return Comparison(old, new, same_machine, level, tolerance, changes, reasons, versions)


def _pair(old: Benchmark, new: Benchmark, same_machine: bool) -> _Pair | str:
    """Return what may be compared of a benchmark, or why nothing."""
    for name, value in new.work.items():
        if old.work.get(name, value) != value:
            return f"other work: {name} {old.work[name]} in OLD, {value} in NEW"
    if same_machine:
        for unit, after in new.seconds.items():
            if unit in old.seconds:
                return _Pair(old, new, unit, old.seconds[unit], after)
    if old.ratios is None or new.ratios is None:
        missing = " and ".join(role for role, one in (("OLD", old), ("NEW", new)) if one.ratios is None)
        if same_machine:
            return f"no raw rounds of one kind in both; {REMEDY}"
        return f"no ratios to a peer of the same run in {missing}, and seconds only compare on one machine"
    costs = _relative(old, new)
    if costs is None:
        return f"other peers: {old.peer or 'none named'} in OLD, {new.peer or 'none named'} in NEW"
    note = "seconds of one kind are not in both files, so the ratios are compared" if same_machine else ""
    return _Pair(old, new, f"cost relative to {_named(new)}", *costs, absolute=False, note=note)


def _relative(old: Benchmark, new: Benchmark) -> tuple[Rounds, Rounds] | None:
    """Return the costs relative to the peer that both have, None without one."""
    if old.ratios is None or new.ratios is None or old.peer != new.peer:
        return None
    return np.reciprocal(old.ratios), np.reciprocal(new.ratios)


def _changes(pairs: Sequence[_Pair], level: float, tolerance: float) -> tuple[Change, ...]:
    most = 1 + tolerance
    slower = holm([p_larger(pair.after, pair.before * most) for pair in pairs])
    faster = holm([p_larger(pair.before, pair.after * most) for pair in pairs])
    changes = []
    for pair, p_slower, p_faster in zip(pairs, slower, faster, strict=True):
        rounds = len(pair.before), len(pair.after)
        verdict: Verdict = "no change shown"
        if p_slower <= level:
            verdict = "slower"
        elif p_faster <= level:
            verdict = "faster"
        elif smallest_p(*rounds) * len(pairs) > level:
            verdict = "too few rounds"
        cost = quotient(pair.after, pair.before)
        ratios = _both(pair.old.ratios, pair.new.ratios) if pair.old.peer == pair.new.peer else None
        seconds = _both(pair.before, pair.after) if pair.absolute else None
        notes = _notes(pair, verdict, most, enough_rounds(level / len(pairs)))
        new = pair.new
        told = new.name, new.group, _named(new) if ratios else "", pair.measure
        p = p_faster if verdict == "faster" else p_slower
        changes.append(Change(*told, verdict, cost, p, rounds, seconds, ratios, notes))
    return tuple(changes)


def _notes(pair: _Pair, verdict: Verdict, most: float, enough: int) -> tuple[str, ...]:
    old, new, notes = pair.old, pair.new, [pair.note] if pair.note else []
    if verdict == "too few rounds":
        rounds = f"{len(pair.before)} and {len(pair.after)} rounds"
        notes.append(f"{rounds} cannot show a change, {enough} each can")
    costs = _relative(old, new)
    if pair.absolute and verdict == "slower" and costs and quotient(costs[1], costs[0]).low <= most:
        notes.append(f"the ratio to {_named(new)} shows no such change: maybe the machine was busy")
    before, after = old.compile_seconds, new.compile_seconds
    if pair.absolute and before and after and not 1 / most <= after / before <= most:
        notes.append(f"compilation {before:.3g} → {after:.3g} s, measured once and not tested")
    return tuple(notes)


def _both(old: Rounds | None, new: Rounds | None) -> tuple[Estimate, Estimate] | None:
    return None if old is None or new is None else (median(old), median(new))


def _named(benchmark: Benchmark) -> str:
    return benchmark.peer or "the peer"
