"""What prints tables and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(given: Console | None = None) -> Console:
    """Return what prints tables and progress, in a file at least 120 columns wide."""
    from rich.console import Console

    made = given or Console(highlight=False)
    if not made.is_terminal:
        made.width = max(made.width, 120)
    return made
