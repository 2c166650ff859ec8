"""What one run of pytest-benchmark measured: machine, versions, and the raw rounds of every benchmark.

Beside pytest-benchmark's own `stats.data` (seconds a round), `extra_info` of a benchmark may hold

- `peer`: the name of what did the same work in the same run, interleaved round by round
- `ours`, `theirs`: seconds of both in `unit`, a figure for each round; without `unit` seconds per seed
- `ratios`: how many times less ours costs than theirs, `theirs / ours`, a figure for each round
- `seeds`, `epochs`, `their_seeds`, `their_epochs`, `size`: what work a round is; other work is not compared
- `versions`: a version for each library
- `compile_seconds`: compilation, which is in none of the rounds

Nothing of it is obligatory, and other keys are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue, real_number, whole_number
from nnspec.studies.speed.scaling import Growth, MachineShare, Rounds, growth, machine_share

MOST_ROUNDS = 1000  # of more, so many are taken, evenly spaced in time
REMEDY = "write one with `pytest spec/benchmarks --benchmark-save=NAME --benchmark-save-data`"
_SECONDS = (1e-12, 1e9)
_RATIOS = (1e-12, 1e12)


@dataclass(frozen=True)
class Machine:
    """What a machine is known by: its name, its processor and how many cores it has."""

    node: str
    cpu: str
    cores: int

    def __str__(self) -> str:
        return f"{self.node}: {self.cpu}, {self.cores} core{'s' * (self.cores > 1)}"


@dataclass(frozen=True, eq=False)
class Benchmark:
    """One benchmark of a run.

    `work` is what a round does, by name. `seconds` are the rounds (n,) by their unit, such as "seconds per
    seed"; `ratios` (n,) how many times less the work cost than with the peer, or None.
    """

    name: str
    group: str
    peer: str
    work: Mapping[str, int | str]
    seconds: Mapping[str, Rounds]
    ratios: Rounds | None
    versions: Mapping[str, str]
    compile_seconds: float | None


@dataclass(frozen=True, eq=False)
class BenchmarkRun:
    """A run: where it comes from, its benchmarks by name, and what it found about growth and the machine.

    No machine if the file does not tell it; `growth` and `share` are None where they were not measured.
    """

    label: str
    date: str
    commit: str
    machine: Machine | None
    benchmarks: Mapping[str, Benchmark]
    growth: Growth | None = None
    share: MachineShare | None = None


def benchmark_run(document: object, label: str) -> BenchmarkRun:
    """Return what a document in pytest-benchmark's format says, checked; `label` names it in messages.

    Raises
    ------
    InvalidValue
        If it has another format, no benchmark, one name twice, or a time that is not a finite number
        from a picosecond to 1e9 seconds.
    """
    if not isinstance(document, dict) or not {"benchmarks", "machine_info"} <= set(document):
        expected = "a file of pytest-benchmark, with benchmarks and machine_info"
        raise InvalidValue(label, _kind(document), expected, REMEDY)
    listed = document["benchmarks"]
    if not isinstance(listed, list) or not listed:
        raise InvalidValue(f"{label}: benchmarks", _kind(listed), "at least one benchmark", REMEDY)
    machine_info = _dict(f"{label}: machine_info", document["machine_info"])
    python = _text(f"{label}: machine_info.python_version", machine_info.get("python_version"))
    benchmarks: dict[str, Benchmark] = {}
    for number, entry in enumerate(listed):
        where = f"{label}: benchmarks[{number}]"
        found = _benchmark(where, _dict(where, entry), {"python": python} if python else {})
        if found.name in benchmarks:
            raise InvalidValue(f"{where}.fullname", found.name, "each benchmark once in a file", REMEDY)
        benchmarks[found.name] = found
    commit = _dict(f"{label}: commit_info", document.get("commit_info") or {})
    sha = _text(f"{label}: commit_info.id", commit.get("id"))
    changed = ", with changes" if commit.get("dirty") is True else ""
    return BenchmarkRun(
        label,
        _text(f"{label}: datetime", document.get("datetime"))[:19].replace("T", " "),
        sha[:7] + changed if len(sha) == 40 else "",  # outside a repository it is a word
        _machine(f"{label}: machine_info", machine_info),
        benchmarks,
        growth(document, label),
        machine_share(document, label),
    )


def _machine(where: str, info: Mapping[str, Any]) -> Machine | None:
    cpu = _dict(f"{where}.cpu", info.get("cpu") or {})
    node = _text(f"{where}.node", info.get("node"))
    brand = _text(f"{where}.cpu.brand_raw", cpu.get("brand_raw"))
    if not (node and brand and cpu.get("count")):
        return None
    # virtual machines hide the model's name, but not its numbers
    numbers = [f"{key} {cpu[key]}" for key in ("family", "model", "stepping") if type(cpu.get(key)) is int]
    cpu_name = brand + (f" ({', '.join(numbers)})" if numbers else "")
    return Machine(node, cpu_name, whole_number(f"{where}.cpu.count", cpu["count"]))


def _benchmark(where: str, entry: Mapping[str, Any], versions: Mapping[str, str]) -> Benchmark:
    name = entry.get("fullname")
    if not isinstance(name, str) or not name:
        raise InvalidValue(f"{where}.fullname", _kind(name), "the name of a benchmark", REMEDY)
    stats = _dict(f"{where}.stats", entry.get("stats"))
    extra = _dict(f"{where}.extra_info", entry.get("extra_info") or {})
    of_extra = f"{where}.extra_info"
    rounds = _rounds(f"{where}.stats.data", stats.get("data"), _SECONDS)
    ours, theirs = (_rounds(f"{of_extra}.{key}", extra.get(key), _SECONDS) for key in ("ours", "theirs"))
    unit = _text(f"{of_extra}.unit", extra.get("unit")) or "seconds per seed"
    given = {unit: ours, "seconds per round": rounds}
    ratios = _rounds(f"{of_extra}.ratios", extra.get("ratios"), _RATIOS)
    compilation = extra.get("compile_seconds")
    libraries = _dict(f"{of_extra}.versions", extra.get("versions") or {})
    return Benchmark(
        name,
        _text(f"{where}.group", extra.get("group") or entry.get("group")),
        _text(f"{of_extra}.peer", extra.get("peer")),
        _work(of_extra, extra),
        {name: _thinned(values) for name, values in given.items() if values is not None},
        _ratios(of_extra, ours, theirs, ratios),
        {**versions, **{key: _text(f"{of_extra}.versions", value) for key, value in libraries.items()}},
        None if compilation is None else real_number(f"{of_extra}.compile_seconds", compilation, 0, 1e9),
    )


def _work(where: str, extra: Mapping[str, Any]) -> dict[str, int | str]:
    work: dict[str, int | str] = {}
    for name in ("unit", "size", "seeds", "epochs", "their_seeds", "their_epochs"):
        value = extra.get(name)
        if value is not None:
            told = name in ("unit", "size")
            work[name] = _text(f"{where}.{name}", value) if told else whole_number(f"{where}.{name}", value)
    return work


def _ratios(where: str, ours: Rounds | None, theirs: Rounds | None, given: Rounds | None) -> Rounds | None:
    if ours is None or theirs is None:
        return None if given is None else _thinned(given)
    if len(ours) != len(theirs):
        raise InvalidValue(f"{where}.theirs", f"{len(theirs)} rounds", f"the {len(ours)} rounds of `ours`")
    if given is not None and (len(given) != len(ours) or not np.allclose(given, theirs / ours, rtol=1e-6)):
        raise InvalidValue(f"{where}.ratios", given.tolist(), "theirs / ours for each round")
    return _thinned(theirs / ours)


def _rounds(where: str, given: object, bounds: tuple[float, float]) -> Rounds | None:
    """Return figures within the bounds as an array, None where there are none."""
    if given is None or given == []:
        return None
    if not isinstance(given, list):
        raise InvalidValue(where, _kind(given), "a list with a number for each round")
    return np.array([real_number(f"{where}[{n}]", value, *bounds) for n, value in enumerate(given)])


def _thinned(values: Rounds) -> Rounds:
    if len(values) <= MOST_ROUNDS:
        return values
    taken = np.linspace(0, len(values) - 1, MOST_ROUNDS).round().astype(int)
    return np.take(values, taken)


def _dict(where: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidValue(where, _kind(value), "names with their values, as pytest-benchmark saves", REMEDY)
    return value


def _text(where: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidValue(where, _kind(value), "a text")
    return value


def _kind(value: object) -> object:
    """Return what a message shows of a value: of lists and dicts no more than their kind."""
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return f"names {', '.join(map(str, list(value)[:4]))}" if isinstance(value, dict) else value
