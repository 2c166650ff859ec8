"""A value that was made once and is kept, with what making it took and read."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from nnspec.machine.outside import Told, watching

V = TypeVar("V")


class Made(NamedTuple, Generic[V]):
    """A value, the seconds that it took, and what was read for it, as a watch was told of it."""

    value: V
    seconds: float
    read: list[Told]


def making(make: Callable[[], V]) -> Made[V]:
    """Make a value, and note what that reads."""
    started, read = time.perf_counter(), list[Told]()
    with watching(lambda *told: read.append(told), of_training=True):
        value = make()
    return Made(value, time.perf_counter() - started, read)
