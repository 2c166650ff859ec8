"""How long work still takes, estimated from the speed at which it has gone so far."""

from __future__ import annotations

from nnspec.basics.duration import rough
from nnspec.machine.process import available_cores

# Seconds of work that the expected costs alone are believed for: enough that one quick claim decides nothing.
_BELIEVED = 20.0
_MOST_OF_IT = 0.9  # of what is under way never counts as done


class TimeLeft:
    """Follows work whose pieces are expected to cost so many seconds of a core, `total` of them in all.

    What is expected is wrong by a factor; what is finished tells that factor. Pieces that took no work,
    because they were done in an earlier run, tell nothing of it, and neither does the time that passed for
    them, unless something else was under way. Times are seconds since the work began.
    """

    def __init__(self, total: float, cores: int | None = None) -> None:
        self._cores = cores or available_cores()
        self._total, self._gone = total, 0.0
        self._done = self._last = self._idle = 0.0

    def finished(self, cost: float, elapsed: float, *, worked: bool = True, alone: bool = True) -> None:
        """Note that a piece is done that was expected to cost so much; `alone` if it was the only one."""
        self._gone += cost
        self._done += cost * worked
        self._idle += elapsed - self._last if alone and not worked else 0.0
        self._last = elapsed

    def expect(self, total: float) -> None:
        """Expect another number of seconds of all pieces together, where more has become known of them."""
        self._total = total

    def seconds(self, elapsed: float) -> float:
        """Return the seconds left after `elapsed` ones."""
        left = self._total - self._gone
        measured = self._last - self._idle
        factor = (measured + _BELIEVED / self._cores) / (self._done + _BELIEVED)
        under_way = min((elapsed - self._last) / factor, _MOST_OF_IT * left)
        return max(0.0, factor * (left - under_way))

    def text(self, elapsed: float) -> str:
        """Return the same in words, empty at the end."""
        seconds = self.seconds(elapsed)
        if seconds < 0.5:
            return ""
        return f"about {rough(round(seconds))} left"
