"""Callbacks that watch a value which a fit does not report: Keras warns, trains on, and they never act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NAME = "unwatched"  # among the facts of runs


def unwatched(callbacks: Sequence[Any], reported: Sequence[Mapping[str, float]]) -> dict[str, str]:
    """Return what to say of callbacks whose `monitor` no epoch has reported, if there was an epoch."""
    names = list(dict.fromkeys(name for epoch in reported for name in epoch))
    told = []
    for one in callbacks if names else ():
        monitor = getattr(one, "monitor", None)
        if isinstance(monitor, str) and monitor not in names and type(one).__module__.startswith("keras."):
            told.append(
                f"{type(one).__name__} watches {monitor!r}, which this fit does not report, and never acts; "
                f"{_remedy(monitor, names)}"
            )
    return {NAME: "; ".join(dict.fromkeys(told))} if told else {}


def _remedy(monitor: str, names: Sequence[str]) -> str:
    there = f"there are {', '.join(names)}"
    if monitor.startswith("val_") and not any(name.startswith("val_") for name in names):
        return f"{there}: give it validation_data or a validation_split"
    return there
