"""What fresh seeds say of a claim, as the report shows it."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.statistics import Verdict


@dataclass(frozen=True)
class FreshSeeds:
    """What blocks of fresh seeds say in words, and the verdict of all of them: `successes` of `seeds`."""

    text: str
    verdict: Verdict
    successes: int
    seeds: int
