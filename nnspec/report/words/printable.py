"""Text that any browser and terminal can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


# Terminal colours and the characters that HTML forbids; failure messages may hold both.
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(value: Any) -> Any:
    """Return texts, also inside lists and dicts, without terminal colours and what HTML forbids."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _ESCAPES.sub("", value))
    if isinstance(value, dict):
        return {printable(key): printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value
