"""Scales of a share in words: how often something comes true, and where a printed figure lies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nnspec.statistics.shares import share_interval

Interval = tuple[float, float]
MOST_WORDS = 2  # neighbours, of which both may still be the place; three say nothing


@dataclass(frozen=True)
class Scale:
    """Words for the ranges of a share, from the lowest to the highest; `cuts` are the limits between them."""

    cuts: tuple[float, ...]
    words: tuple[str, ...]

    def possible(self, interval: Interval) -> tuple[str, ...]:
        """Return the words for the shares, 0 … 1, that an interval holds."""
        low, high = interval
        edges = pairwise((0.0, *self.cuts, 1.0))
        return tuple(
            word for word, (start, end) in zip(self.words, edges, strict=True) if low <= end and start <= high
        )


HOW_OFTEN = Scale(
    (0.1, 1 / 3, 2 / 3, 0.9), ("almost never", "seldom", "a coin toss", "mostly", "nearly always")
)
"""How often something comes true; thirds, so that hundreds of seeds can tell a coin toss from the others."""

OUT_OF_REACH = "out of reach"
AS_WELL = Scale(
    (0.025, 0.25, 0.75, 0.975), ("lucky", "better than most", "usual", "worse than most", "unlucky")
)
"""What a figure is of which this share of the runs do at least as well; `middle` says which share."""


def middle(as_well: int, equal: int, seeds: int) -> int:
    """Return how many seeds count as better than a figure that `as_well` reach and `equal` have themselves.

    Of those that have the figure itself as many count as bring it nearest to the middle of all. So a figure
    is good where few seeds do *at least* as well, bad where most do *better*, and usual where it is what
    most of them give: nobody is unlucky who got what everybody gets.

    The places of this count are as certain as those of one of its two ends. If at most a quarter of all runs
    do at least as well, they are wrong only where those of `as_well` are; if three quarters do better, only
    where those of `as_well - equal` are; and for a figure between these either would have to be wrong by
    more than a quarter, which adds less than a hundredth to the error rate.
    """
    return min(max(seeds // 2, as_well - equal), as_well)


def in_words(words: tuple[str, ...]) -> str:
    """Return what is possible in words: usual, lucky to usual if it is three; empty where everything is."""
    if len(words) >= len(HOW_OFTEN.words):
        return ""
    # more than two are a range of neighbours
    return f" {'or' if len(words) <= MOST_WORDS else 'to'} ".join(dict.fromkeys((words[0], words[-1])))


def how_often(successes: int, seeds: int, error_rate: float) -> tuple[str, ...]:
    """Return how often something comes true of which so many of so many seeds said yes, in words.

    There are several words where the seeds leave it open. That none of them is right has a probability of
    at most `error_rate`, at whatever number of seeds one stops.

    Raises
    ------
    InvalidValue
        As `share_interval`.
    """
    return HOW_OFTEN.possible(share_interval(successes, seeds, error_rate))


def as_well(successes: int, seeds: int, error_rate: float) -> tuple[str, ...]:
    """Return what a figure is that so many of so many seeds do at least as well as, in words.

    As `how_often`. A figure that no seed reaches, where one of forty would be lucky, is out of reach.

    Raises
    ------
    InvalidValue
        As `share_interval`.
    """
    found = AS_WELL.possible(share_interval(successes, seeds, error_rate))
    return (OUT_OF_REACH,) if successes == 0 and found == AS_WELL.words[:1] else found
