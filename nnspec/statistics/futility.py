"""When seeds that are left would not decide a claim any more, and their training is spared.

Stopping for futility takes nothing from a verdict: where it stops the claim is left undecided, and that is
never wrong. Source: Lan, Simon & Halperin, "Stochastically curtailed testing in long-term clinical trials",
1982.
"""

from __future__ import annotations

import functools
import math

from nnspec.statistics.shares import decide

FEWEST = 64  # of fewer seeds the share is not known well enough, and they are soon trained
_NORMAL = 2.58  # standard errors within which the share lies in 99 of 100 cases, about


def is_futile(successes: int, seeds: int, claimed_share: float, error_rate: float, most_seeds: int) -> bool:
    """Return whether a claim stays undecided at `most_seeds`, whatever may still be expected of the rest.

    The rest is taken to say yes by a share at either end of the 99 % interval of what was seen. Seeds up to
    64 are never futile.

    Raises
    ------
    InvalidValue
        As `decide`.
    """
    rest = most_seeds - seeds
    if seeds < FEWEST or rest <= 0:
        return False
    share = successes / seeds
    error = _NORMAL * math.sqrt(share * (1 - share) / seeds)
    ends = (max(0.0, share - error), min(1.0, share + error))
    return all(
        decide(successes + round(end * rest), most_seeds, claimed_share, error_rate) == "undecided"
        for end in ends
    )


@functools.cache
def futile_range(seeds: int, claimed_share: float, error_rate: float, most_seeds: int) -> tuple[int, ...]:
    """Return the numbers of yes among so many seeds after which the rest is futile; errors as `is_futile`."""
    return tuple(
        yes for yes in range(seeds + 1) if is_futile(yes, seeds, claimed_share, error_rate, most_seeds)
    )
