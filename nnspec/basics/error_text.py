"""The text of an exception, also of one whose text cannot be made."""

from __future__ import annotations


def text_of(error: BaseException) -> str:
    """Return `str(error)`; where that raises, a sentence that says so."""
    try:
        return str(error)
    except Exception as problem:
        return f"its text cannot be made, {type(problem).__name__} in __str__"
