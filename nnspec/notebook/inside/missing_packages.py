"""Callbacks that only look, and whose package is not installed: left out, and told."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

_NEEDS = {"TensorBoard": "tensorboard"}  # which TensorFlow does not bring along any more


def runnable(named: Mapping[str, Any], told: Callable[[str], None]) -> dict[str, Any]:
    """Return the named arguments of `fit` without callbacks of Keras that would end it at once."""
    given = named.get("callbacks")
    callbacks: list[Any] = [] if given is None else [given]
    if isinstance(given, list | tuple):
        callbacks = list(given)
    kept = [one for one in callbacks if not _lacks_its_package(one)]
    if len(kept) == len(callbacks):
        return dict(named)
    told("fits with TensorBoard, which is not installed; it only looks, and was left out")
    return {**named, "callbacks": kept}


def _lacks_its_package(callback: Any) -> bool:
    kind = type(callback)
    package = _NEEDS.get(kind.__name__) if kind.__module__.startswith("keras.") else None
    return package is not None and importlib.util.find_spec(package) is None
