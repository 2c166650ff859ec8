"""Verdicts from yes/no answers of seeds: a confidence sequence for a share.

A confidence sequence covers the true share at *every* number of seeds at once with probability
1 - error_rate, so seeds may be added until a claim is decided without inflating the error (Robbins,
"Statistical methods related to the law of the iterated logarithm", 1970; Howard, Ramdas, McAuliffe &
Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021). This one comes from
the beta-binomial mixture: the likelihood of the answers averaged over a uniform share, divided by
their likelihood under share p, is a martingale that starts at 1 when p is true, and exceeds
1 / error_rate at any time with a probability of at most error_rate (Ville's inequality).
"""

from __future__ import annotations

import math
from typing import Literal

from nnspec.basics.errors import InvalidValue, real_number, whole_number

Verdict = Literal["holds", "refuted", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("holds", "refuted", "undecided")
_SHARE = "a share strictly between 0 and 1"


def log_evidence_against(share: float, successes: int, seeds: int) -> float:
    """Return the logarithm of the mixture martingale against a true share, 0 for no seeds."""
    failures = seeds - successes
    mixture = math.lgamma(successes + 1) + math.lgamma(failures + 1) - math.lgamma(seeds + 2)
    return mixture - _times_log(successes, share) - _times_log(failures, 1 - share)


def share_interval(successes: int, seeds: int, error_rate: float) -> tuple[float, float]:
    """Return the shares in [0, 1] that the answers so far do not exclude, as (lowest, highest).

    Valid at every stopping point with probability 1 - error_rate.

    Raises
    ------
    InvalidValue
        If there are more successes than seeds or the error rate is not in (0, 1).
    """
    successes, seeds, error_rate = _checked(successes, seeds, error_rate)
    if seeds == 0:
        return 0.0, 1.0
    observed = successes / seeds
    low, high = (_edge(end, observed, successes, seeds, error_rate) for end in (0.0, 1.0))
    return low, high


def decide(successes: int, seeds: int, claimed_share: float, error_rate: float) -> Verdict:
    """Return whether the claim that at least `claimed_share` of all seeds say yes is decided, and how.

    A wrong verdict, at whatever number of seeds it is given, has a probability of at most
    `error_rate`.

    Raises
    ------
    InvalidValue
        If the claimed share or the error rate is not strictly between 0 and 1.
    """
    check_share(claimed_share)
    successes, seeds, error_rate = _checked(successes, seeds, error_rate)
    if log_evidence_against(claimed_share, successes, seeds) < -math.log(error_rate):
        return "undecided"
    return "holds" if successes > claimed_share * seeds else "refuted"


def check_share(share: float, name: str = "share") -> float:
    """Return the share; no number of seeds can show that *all* seeds, or none, say yes.

    Raises
    ------
    InvalidValue
        If it is no number strictly between 0 and 1.
    """
    if isinstance(share, int | float) and 1 < share < 100:
        raise InvalidValue(name, share, _SHARE, f"{share:g} % are {share / 100:g}")
    number = real_number(name, share, 0.0, 1.0)
    if number in (0.0, 1.0):
        raise InvalidValue(name, share, _SHARE, "0.99 says 'practically always'")
    return number


def _edge(outside: float, inside: float, successes: int, seeds: int, error_rate: float) -> float:
    """Bisect for the boundary between an excluded and a compatible share."""
    limit = -math.log(error_rate)
    if log_evidence_against(outside, successes, seeds) < limit:
        return outside
    for _ in range(60):
        middle = (outside + inside) / 2
        is_inside = log_evidence_against(middle, successes, seeds) < limit
        outside, inside = (outside, middle) if is_inside else (middle, inside)
    return inside


def _times_log(count: int, share: float) -> float:
    if count == 0:
        return 0.0
    return count * math.log(share) if share > 0 else -math.inf


def _checked(successes: int, seeds: int, error_rate: float) -> tuple[int, int, float]:
    seeds = whole_number("seeds", seeds, 0)
    successes = whole_number("successes", successes, 0)
    if successes > seeds:
        raise InvalidValue("successes", successes, f"at most the number of seeds, {seeds}")
    if not 0 < real_number("error_rate", error_rate) < 1:
        raise InvalidValue("error_rate", error_rate, "a probability strictly between 0 and 1")
    return successes, seeds, float(error_rate)
