"""Text for the standard output, whose reader may have gone."""

from __future__ import annotations

import os
import sys
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


def say(text: str) -> None:
    """Print `text`; that `| head` has seen enough is no failure."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
