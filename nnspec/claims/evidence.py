"""What the seeds said: evidence for a claim and for what it is compared with, and what is not as recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from nnspec.claims.declarations import Claim
from nnspec.claims.reading import agrees, contradicts
from nnspec.runs.runs import Runs
from nnspec.runs.seed_values import Comparison
from nnspec.statistics.figures import Placed
from nnspec.statistics.shares import Verdict, share_interval


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the seeds said about one set of recipes.

    answers : (seeds,) bool, the predicate, no for every seed of which an arm diverged.
    comparisons : what the predicate compared, with the values of all seeds.
    runs : the runs of every arm, all with the same seeds in the same order.
    """

    verdict: str
    claimed_share: float | None
    error_rate: float
    answers: NDArray[np.bool_]
    diverged: NDArray[np.bool_]
    comparisons: tuple[Comparison, ...]
    runs: Mapping[str, Runs]

    @property
    def seeds(self) -> NDArray[np.int64]:
        """The seeds that were trained, (seeds,)."""
        return next(iter(self.runs.values())).seeds

    @property
    def successes(self) -> int:
        """How many seeds say yes."""
        return int(self.answers.sum())

    @property
    def interval(self) -> tuple[float, float]:
        """The shares that are not excluded, valid at every stopping point, at this error rate."""
        return share_interval(self.successes, len(self.answers), self.error_rate)

    @property
    def worst_seeds(self) -> list[int]:
        """Up to three seeds that say no, those farthest from the threshold first."""
        order = np.argsort(self._margins, kind="stable")
        return [int(seed) for seed in self.seeds[order[~self.answers[order]]][:3]]

    @property
    def best_seeds(self) -> list[int]:
        """Up to three seeds that say yes, those farthest beyond the threshold first."""
        order = np.argsort(-self._margins, kind="stable")
        return [int(seed) for seed in self.seeds[order[self.answers[order]]][:3]]

    @property
    def _margins(self) -> NDArray[np.float64]:
        """How far every seed lies beyond the nearest threshold, (seeds,); negative where it says no."""
        if not self.comparisons:
            return np.zeros(len(self.answers))
        signed = [(c.values - c.threshold) * (1 if c.operator in ">≥" else -1) for c in self.comparisons]
        nearest: NDArray[np.float64] = np.nan_to_num(np.min(signed, axis=0), nan=-np.inf)
        return nearest


@dataclass(frozen=True, eq=False)
class Judgement:
    """A claim with the evidence for it, for what it is compared with, and the places of its figures.

    `counterfactual` is the evidence without the cause, or that of the null; None where there is neither.
    """

    claim: Claim
    evidence: Evidence
    counterfactual: Evidence | None
    figures: Mapping[str, Placed]

    @property
    def seconds(self) -> float:
        """Seconds of training behind the judgement; a null has the claim's own runs."""
        other = self.counterfactual
        parts = [self.evidence] if other is None or self.claim.has_null else [self.evidence, other]
        return sum(runs.seconds for one in parts for runs in one.runs.values())

    @property
    def problems(self) -> list[str]:
        """What is not as recorded, in words; empty if all is."""
        found = []
        own, recorded = self.evidence.verdict, self.claim.verdict
        if not agrees(own, recorded):
            found.append(f"the verdict is {own}, recorded is {recorded}")
        return found + [problem for problem in [self._of_counterfactual()] if problem]

    @property
    def contradicted(self) -> bool:
        """Whether a problem is more than a lack of seeds."""
        holds = self._must_fail is not None and self._must_fail.verdict == "holds"
        return contradicts(self.evidence.verdict, self.claim.verdict) or holds

    @property
    def without_cause(self) -> Verdict:
        """How the claim comes out without its cause; "refuted" also for a null that does not hold."""
        other = self._must_fail
        if other is None or self.claim.has_null:
            return "holds" if other and other.verdict == "holds" else "refuted"
        return cast(Verdict, other.verdict)

    @property
    def _must_fail(self) -> Evidence | None:
        """What must not hold; of what is only told nothing must."""
        return self.counterfactual if self.claim.reading == "general" else None

    def _of_counterfactual(self) -> str:
        other = self._must_fail
        if other is None or other.verdict == "refuted":
            return ""
        if self.claim.has_null:
            told = (
                "the null holds: the claim comes true of one arm beside itself, from other seeds, so ask for "
                "what the arms differ in"
            )
            return told if other.verdict == "holds" else ""
        if other.verdict == "holds":
            return (
                "the counterfactual holds too: the claim's cause is not what makes it true, so take away "
                "another cause, or claim more"
            )
        return (
            "the counterfactual is undecided: whether the claim's cause makes it true is open, so take "
            "more seeds, or a counterfactual that is clearly refuted"
        )
