"""Sizes in bytes as people write them: 500 MB, 4 GB."""

from __future__ import annotations

import re

from nnspec.basics.errors import InvalidValue

_UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def parse_size(name: str, text: str, at_least: int = 0, *, unit: bool = False) -> int:
    """Return how many bytes "500 MB", "2.5GB" or, unless a `unit` must be named, "1000" are.

    Raises
    ------
    InvalidValue
        If the text is no size, or one of less than `at_least` bytes.
    """
    match = re.fullmatch(r"\s*(\d{1,15}(?:\.\d{1,6})?)\s*([KMGT]?B)?\s*", str(text).upper(), re.ASCII)
    if match is None or (unit and not match[2]):
        raise InvalidValue(name, text, "a size such as 500MB or 4GB")
    size = int(float(match[1]) * _UNITS[match[2] or "B"])
    if size < at_least:
        raise InvalidValue(name, text, f"at least {shown_size(at_least)}")
    return size


def shown_size(size: int) -> str:
    """Return a number of bytes as text of at most four digits and a unit, "1.2 GB"."""
    for unit in ("TB", "GB", "MB", "KB"):
        if size >= _UNITS[unit]:
            return f"{size / _UNITS[unit]:.4g} {unit}"
    return f"{size} B"
