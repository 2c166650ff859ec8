"""A time in words, as roughly as an estimate is known."""

from __future__ import annotations


def rough(seconds: float) -> str:
    """Return a time (seconds) in words: 0.5 s, 45 s, 12 min, 2 h 5 min."""
    if seconds < 10:
        return f"{seconds:.2g} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
