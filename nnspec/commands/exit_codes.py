"""Exit codes of all commands."""

from __future__ import annotations

AS_RECORDED, DIFFERENT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
TERMINATED = 143  # by SIGTERM
