"""How close to a machine's own throughput a training comes, as a benchmark run measured it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number

Rounds = NDArray[np.float64]
_MACHINE = ("small_gflops", "large_gflops", "copied_gigabytes")


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


def machine_share(document: Mapping[str, Any], label: str) -> MachineShare | None:
    """Return what a document of pytest-benchmark holds about it, None if nothing; `label` names it.

    Raises
    ------
    InvalidValue
        If the figures are not positive numbers, as many of the machine as of the training.
    """
    for number, entry in enumerate(document["benchmarks"]):
        extra = entry.get("extra_info") or {}
        if "reached_gflops" in extra:
            where = f"{label}: benchmarks[{number}].extra_info"
            machine = extra.get("machine")
            if not isinstance(machine, dict):
                raise InvalidValue(f"{where}.machine", machine, "figures of the machine by name")
            given = [extra["reached_gflops"], *(machine.get(name) for name in _MACHINE)]
            names = ["reached_gflops", *_MACHINE]
            rounds = [_rounds(f"{where}.{n}", values) for n, values in zip(names, given, strict=True)]
            if len({len(values) for values in rounds}) != 1:
                raise InvalidValue(where, [len(values) for values in rounds], f"as many rounds of {names}")
            return MachineShare(str(extra.get("group", "")), *rounds)
    return None


def _rounds(where: str, given: object) -> Rounds:
    if not isinstance(given, list) or not given:
        raise InvalidValue(where, given, "a list with a number for each round")
    return np.array([real_number(where, value, 1e-9, 1e12) for value in given])
