"""Text for the standard output, whose reader may have gone."""

from __future__ import annotations

import os
import sys


def say(text: str) -> None:
    """Print `text`; that `| head` has seen enough is no failure."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
