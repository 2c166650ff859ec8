"""Exit codes of all commands."""

from __future__ import annotations

from nnspec.basics import streams
from nnspec.basics.streams import NOT_TOLD, READER_GONE

__all__ = [
    "DIFFERENT",
    "DONE",
    "GO_ON",
    "HUNG_UP",
    "INTERRUPTED",
    "NOT_TOLD",
    "READER_GONE",
    "TERMINATED",
    "WRONG_USAGE",
]

DONE = 0  # and nothing is wrong: every verdict as recorded, nothing moved, nothing damaged
DIFFERENT = 1  # done, and something is not as recorded or not as it should be
WRONG_USAGE = 2
INTERRUPTED = 130
HUNG_UP = streams.HUNG_UP  # by SIGHUP
TERMINATED = 143  # by SIGTERM

GO_ON = "run the same command again to go on: what was trained is kept"
