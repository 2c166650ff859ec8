"""How long something takes on a core of its own, also where others want the same core."""

from __future__ import annotations

import time
from pathlib import Path

_WAITS = Path("/proc/thread-self/schedstat")  # Linux: ns on a core, ns waiting for one, times on one


class Stopwatch:
    """Measures the calling thread from now on.

    What the thread waits for a core is left out where the system tells it, so that a busy machine measures
    what an idle one does; what it waits for something else counts. Elsewhere all the time counts.
    """

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._waited = _waited()

    def seconds(self) -> float:
        """Return the seconds since the beginning, as far as they were not waits for a core."""
        waited = _waited() - self._waited  # within the time that follows, so never more than that
        return time.perf_counter() - self._started - waited


def _waited() -> float:
    """Return the seconds that this thread has waited for a core, 0 where the system does not tell it."""
    try:
        return int(_WAITS.read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
