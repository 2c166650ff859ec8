"""Text that any browser and terminal can show."""

from __future__ import annotations

import re
from typing import Any

from nnspec.basics.plain_data import T, mapped

# Terminal colours and the characters that HTML forbids; failure messages may hold both.
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(value: T) -> T:
    """Return texts, also inside records, lists and dicts, without terminal colours and what HTML forbids."""
    return mapped(_cleaned, value)


def _cleaned(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _ESCAPES.sub("", value))
