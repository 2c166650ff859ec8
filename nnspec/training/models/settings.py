"""Keras's settings for a whole process: a model's function may change them, the next must not meet that."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator
from typing import Any

_SETTINGS = ("floatx", "epsilon", "image_data_format")  # what `clear_session` leaves as it is


@contextlib.contextmanager
def settings_kept() -> Iterator[Callable[[], list[str]]]:
    """Put Keras's settings back afterwards, and tell meanwhile the names of those that were changed."""
    keras: Any = importlib.import_module("keras")

    def now() -> dict[str, Any]:
        return {name: getattr(keras.config, name)() for name in _SETTINGS}

    before = now()
    try:
        yield lambda: [name for name, value in now().items() if value != before[name]]
    finally:
        for name, value in before.items():
            getattr(keras.config, f"set_{name}")(value)
