"""What a run measured beside its rounds: how cost grows with the seeds, how near it is to the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, whole_number

Rounds = NDArray[np.float64]
_MACHINE = ("small_gflops", "large_gflops", "copied_gigabytes")


@dataclass(frozen=True)
class Growth:
    """What a seed cost for each number of seeds that were trained in one call.

    `seconds` are the rounds by the number of seeds, seconds a seed; `memory` the most that the process
    held in the end, MiB.
    """

    group: str
    seconds: Mapping[int, tuple[float, ...]]
    memory: Mapping[int, float]


@dataclass(frozen=True, eq=False)
class MachineShare:
    """The rounds (n,) of a training and of its machine, measured in turn.

    `reached` are the operations of the training's matrix products, `small` and `large` those of NumPy's own
    products, of the same shape and of two large matrices, all in 1e9 a second; `copied` is how much large
    copies read and write, 1e9 bytes a second.
    """

    group: str
    reached: Rounds
    small: Rounds
    large: Rounds
    copied: Rounds


def growth(document: Mapping[str, Any], label: str) -> Growth | None:
    """Return what a document of pytest-benchmark holds about growth, None if nothing; `label` names it.

    Raises
    ------
    InvalidValue
        If the figures are not positive numbers for numbers of seeds.
    """
    for where, extra in _extras(document, label):
        if isinstance(extra.get("seconds_per_seed"), dict):
            name = f"{where}.seconds_per_seed"
            seconds = {
                seeds: tuple(real_number(name, value, 1e-12, 1e9) for value in rounds)
                for seeds, rounds in _by_seeds(name, extra["seconds_per_seed"])
            }
            name = f"{where}.peak_memory_mib"
            given = _by_seeds(name, extra.get("peak_memory_mib"))
            memory = {seeds: real_number(name, value, 0, 1e9) for seeds, value in given}
            if set(seconds) != set(memory) or not all(seconds.values()):
                raise InvalidValue(where, sorted(memory), f"rounds and memory for {sorted(seconds)} seeds")
            return Growth(str(extra.get("group", "")), seconds, memory)
    return None


def machine_share(document: Mapping[str, Any], label: str) -> MachineShare | None:
    """Return what a document of pytest-benchmark holds about the machine, None if nothing; `label` names it.

    Raises
    ------
    InvalidValue
        If the figures are not positive numbers, as many of the machine as of the training.
    """
    for where, extra in _extras(document, label):
        if "reached_gflops" in extra:
            machine = extra.get("machine")
            if not isinstance(machine, dict):
                raise InvalidValue(f"{where}.machine", machine, "figures of the machine by name")
            given = {name: machine.get(name) for name in _MACHINE}
            given = {"reached_gflops": extra["reached_gflops"], **given}
            rounds = [_rounds(f"{where}.{name}", values) for name, values in given.items()]
            if len({len(values) for values in rounds}) != 1:
                raise InvalidValue(where, [*map(len, rounds)], f"as many rounds of {list(given)}")
            return MachineShare(str(extra.get("group", "")), *rounds)
    return None


def _extras(document: Mapping[str, Any], label: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what stands beside the rounds of each benchmark, after where that is."""
    for number, entry in enumerate(document["benchmarks"]):
        yield f"{label}: benchmarks[{number}].extra_info", entry.get("extra_info") or {}


def _by_seeds(where: str, given: object) -> list[tuple[int, Any]]:
    if not isinstance(given, dict) or not all(str(seeds).isdecimal() for seeds in given):
        raise InvalidValue(where, given, "figures by numbers of seeds")
    return sorted((whole_number(where, int(seeds)), value) for seeds, value in given.items())


def _rounds(where: str, given: object) -> Rounds:
    if not isinstance(given, list) or not given:
        raise InvalidValue(where, given, "a list with a number for each round")
    return np.array([real_number(where, value, 1e-9, 1e12) for value in given])
