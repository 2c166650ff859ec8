"""Flakiness: the same claims judged again from fresh seeds, block after block, and whether verdicts agree.

A test is flaky that passes and fails on the same code (Luo, Hariri, Eloussi & Marinov, "An empirical
analysis of flaky tests", FSE 2014). Here nothing but the seeds changes, and no two blocks share one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.claims.budget import MOST, Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Judgement
from nnspec.statistics.shares import Verdict

FIRST_SEED = MOST  # beyond the seeds of every budget, from which the recorded verdicts were found


@dataclass(frozen=True)
class Reruns:
    """The verdicts of one claim on several blocks of seeds, in the order of the blocks.

    `successes` of `seeds` said yes in each block; `counterfactuals` are the verdicts of the counterfactual,
    "refuted" for a null that does not hold.
    `expected` is the recorded verdict, `limit` the most seeds that a verdict could use, `first_seed` the
    first seed of the first block.
    """

    key: str
    document: str
    expected: Verdict
    claimed_share: float
    limit: int
    verdicts: tuple[Verdict, ...]
    counterfactuals: tuple[Verdict, ...]
    successes: tuple[int, ...]
    seeds: tuple[int, ...]
    first_seed: int

    @property
    def stable(self) -> bool:
        """Whether every block gave the same verdict on the claim, and the same on its counterfactual."""
        return len(set(self.verdicts)) == 1 and len(set(self.counterfactuals)) == 1

    @property
    def pooled(self) -> tuple[int, int]:
        """How many of the seeds of all blocks say yes, and how many there are.

        Blocks end when a verdict is reached, and the next one begins with a seed that nothing was known of.
        So all of them together are one sequence that was stopped, and its share has the same interval.
        """
        return sum(self.successes), sum(self.seeds)

    @property
    def not_as_recorded(self) -> int:
        """In how many blocks a test of this claim fails: another verdict, or a counterfactual not refuted."""
        pairs = zip(self.verdicts, self.counterfactuals, strict=True)
        return sum(verdict != self.expected or other != "refuted" for verdict, other in pairs)

    @property
    def contradicting(self) -> int:
        """In how many blocks the claim is decided otherwise than by the verdict that most blocks decide.

        These alone are wrong: what is undecided in one block and decided in another is a lack of seeds. A
        counterfactual that holds where others refute it counts as well.
        """
        return sum(_minority(verdicts) for verdicts in (self.verdicts, self.counterfactuals))


def blocks(number: int, budget: Budget, first_seed: int = FIRST_SEED) -> list[Budget]:
    """Return budgets of the same work on so many disjoint ranges of seeds, from `first_seed` on.

    Raises
    ------
    InvalidValue
        If there are fewer than two blocks, or their seeds go beyond the largest.
    """
    if whole_number("blocks", number) < 2:
        raise InvalidValue("blocks", number, "at least two, to be compared with one another")
    size, start = len(budget.seeds), whole_number("first_seed", first_seed, 0)
    if start + number * size > 2**32:
        raise InvalidValue("first_seed", first_seed, f"so few that {number} blocks of {size} end below 2**32")
    ranges = [range(start + block * size, start + (block + 1) * size) for block in range(number)]
    return [replace(budget, seeds=tuple(r)) for r in ranges]


def rerun(claim: Claim, found: Sequence[Judgement], limit: int, first_seed: int = FIRST_SEED) -> Reruns:
    """Return the verdicts of judgements of a general claim, each on seeds of its own, at most `limit`."""
    expected: Verdict = claim.verdict  # type: ignore[assignment]  # checked when the claim was declared
    return Reruns(
        *(claim.key, claim.source.document.key, expected, claim.share, limit),
        tuple(cast(Verdict, one.evidence.verdict) for one in found),
        tuple(one.without_cause for one in found),
        tuple(one.evidence.successes for one in found),
        tuple(len(one.evidence.answers) for one in found),
        first_seed,
    )


def _minority(verdicts: Sequence[Verdict]) -> int:
    counts = Counter(verdict for verdict in verdicts if verdict != "undecided")
    return sum(counts.values()) - max(counts.values(), default=0)
