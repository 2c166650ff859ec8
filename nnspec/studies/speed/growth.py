"""How time and memory grow with the number of seeds, as a benchmark run measured it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnspec.basics.errors import InvalidValue, real_number, whole_number


@dataclass(frozen=True)
class Growth:
    """What a seed cost for each number of seeds that were trained in one call.

    `seconds` are the rounds by the number of seeds, seconds a seed; `memory` the most that the process
    held in the end, MiB.
    """

    group: str
    seconds: Mapping[int, tuple[float, ...]]
    memory: Mapping[int, float]


def growth(document: Mapping[str, Any], label: str) -> Growth | None:
    """Return what a document of pytest-benchmark holds about growth, None if nothing; `label` names it.

    Raises
    ------
    InvalidValue
        If the figures are not positive numbers for numbers of seeds.
    """
    for number, entry in enumerate(document["benchmarks"]):
        extra = entry.get("extra_info") or {}
        if "seconds_per_seed" in extra and isinstance(extra["seconds_per_seed"], dict):
            where = f"{label}: benchmarks[{number}].extra_info"
            seconds = {
                seeds: tuple(real_number(f"{where}.seconds_per_seed", value, 1e-12, 1e9) for value in rounds)
                for seeds, rounds in _by_seeds(f"{where}.seconds_per_seed", extra["seconds_per_seed"])
            }
            memory = {
                seeds: real_number(f"{where}.peak_memory_mib", value, 0, 1e9)
                for seeds, value in _by_seeds(f"{where}.peak_memory_mib", extra.get("peak_memory_mib"))
            }
            if set(seconds) != set(memory) or not all(seconds.values()):
                raise InvalidValue(where, sorted(memory), f"rounds and memory for {sorted(seconds)} seeds")
            return Growth(str(extra.get("group", "")), seconds, memory)
    return None


def _by_seeds(where: str, given: object) -> list[tuple[int, Any]]:
    if not isinstance(given, dict) or not all(str(seeds).isdecimal() for seeds in given):
        raise InvalidValue(where, given, "figures by numbers of seeds")
    return sorted((whole_number(where, int(seeds)), value) for seeds, value in given.items())
