"""Callbacks that only look: they are left out, and the runs say so."""

from __future__ import annotations

from typing import Any

# classes of Keras that write files or to the terminal and change nothing in a training
_OBSERVERS = ("TensorBoard", "ModelCheckpoint", "CSVLogger", "ProgbarLogger", "RemoteMonitor", "History")


def without_observers(callbacks: list[Any]) -> tuple[list[Any], dict[str, str]]:
    """Return the callbacks that may change a training, and what to say of those left out."""
    names = [type(one).__name__ for one in callbacks]
    kept = [one for one, name in zip(callbacks, names, strict=True) if not _is_observer(one, name)]
    out = sorted({name for one, name in zip(callbacks, names, strict=True) if _is_observer(one, name)})
    return kept, {"left out": ", ".join(out)} if out else {}


def _is_observer(callback: Any, name: str) -> bool:
    return name in _OBSERVERS and type(callback).__module__.startswith("keras.")
