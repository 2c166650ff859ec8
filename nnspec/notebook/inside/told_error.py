"""An error of Keras or TensorFlow in a line: what went wrong, without where in the graph."""

from __future__ import annotations

import re

from nnspec.basics.error_text import text_of

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_EMPTY = (
    "Exception encountered when calling",
    "Graph execution error",
    "Detected at node",
    "[[{{node",
    "[Op:",
)
_MOST = 200  # characters


def told_error(error: BaseException) -> str:
    """Return the class of an error and the first line that says something."""
    return told(type(error).__name__, text_of(error))


def told(name: str, text: str) -> str:
    """Return an error by the name of its class and its text, which may be long and coloured, in a line."""
    parts = [" ".join(part.split()) for part in _ANSI.sub("", text).split("\n")]
    saying = [
        part
        for part in parts
        if part and not part.startswith(_EMPTY) and part != "<stack traces unavailable>"
    ]
    if parts[0].startswith("Graph execution error"):
        saying = saying[-1:]  # TensorFlow says where before what
    first = next(iter(saying), "")[:_MOST]
    return f"{name}: {first}" if first else name
