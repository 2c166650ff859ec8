"""Judging: seeds are added until a claim and its counterfactual are decided or the budget ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import as_array
from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.claims.declarations import Claim, Figure
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs, concatenate
from nnspec.runs.seed_values import Comparison, SeedValues, concatenated
from nnspec.statistics.figures import Placed, place
from nnspec.statistics.shares import Verdict, decide, share_interval

Trainer = Callable[[Experiment, Sequence[int]], Runs]
SEEDS_AT_A_TIME = 64
MISSING_RETURN = "is `return` missing?"
_EXPECTED = "an answer that follows from the runs alone"
_REMEDY = "take randomness with a fixed seed, and keep nothing between calls"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the seeds said about one set of recipes.

    answers : (seeds,) bool, the predicate, no for every seed of which an arm diverged.
    comparisons : what the predicate compared, with the values of all seeds.
    runs : the runs of every arm, all with the same seeds in the same order.
    """

    verdict: Verdict
    claimed_share: float
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
    """A claim with the evidence for it, for its counterfactual, and the places of its figures."""

    claim: Claim
    evidence: Evidence
    counterfactual: Evidence
    figures: Mapping[str, Placed]

    @property
    def problems(self) -> list[str]:
        """What is not as recorded, in words; empty if all is."""
        found = []
        if self.evidence.verdict != self.claim.verdict:
            found.append(f"the verdict is {self.evidence.verdict}, recorded is {self.claim.verdict}")
        if self.counterfactual.verdict == "holds":
            found.append(
                "the counterfactual holds too: the claim's cause is not what makes it true, so take away "
                "another cause, or claim more"
            )
        elif self.counterfactual.verdict != "refuted":
            found.append(
                "the counterfactual is undecided: whether the claim's cause makes it true is open, so take "
                "more seeds, or a counterfactual that is clearly refuted"
            )
        return found

    @property
    def contradicted(self) -> bool:
        """Whether a problem is more than a lack of seeds."""
        own = {self.evidence.verdict, self.claim.verdict} == {"holds", "refuted"}
        return own or self.counterfactual.verdict == "holds"


def judge(
    claim: Claim,
    train: Trainer,
    seeds: Sequence[int],
    error_rate: float,
    at_a_time: int = SEEDS_AT_A_TIME,
) -> Judgement:
    """Train the claim's recipes and its counterfactual from as many of these seeds as it takes.

    Seeds are added `at_a_time`. Each of the two verdicts is wrong with a probability of at most
    `error_rate`. A claim with documented figures uses all seeds, because the place of a figure
    needs them.

    Raises
    ------
    InvalidValue
        If there is no seed, or the predicate does not return one bool per seed, or not the same ones
        when it is asked again.
    """
    if not len(seeds):
        raise InvalidValue("seeds", seeds, "at least one seed")
    at_a_time = whole_number("at_a_time", at_a_time)
    blocks = [seeds[start : start + at_a_time] for start in range(0, len(seeds), at_a_time)]
    own = _gather(claim, claim.recipes, train, blocks, error_rate, to_the_end=bool(claim.documented))
    others = _gather(claim, claim.counterfactual, train, blocks, error_rate)
    evidence, counterfactual = _joined(own), _joined(others)
    figures = {
        name: place(figure.documented, _values(claim, name, figure, evidence.runs))
        for name, figure in claim.documented.items()
    }
    # backwards, so that what counts its calls meets the claim and the counterfactual in another order
    for part in reversed(own + others):
        _ask_again(claim, part)
    return Judgement(claim, evidence, counterfactual, figures)


def ask(claim: Claim, train: Trainer, seeds: Sequence[int], error_rate: float) -> Evidence:
    """Return what these seeds say about the claim's own recipes, without a verdict.

    Raises
    ------
    InvalidValue
        If the predicate does not return one bool per seed, or not the same ones when it is asked again.
    """
    runs = {name: train(recipe, seeds) for name, recipe in claim.recipes.items()}
    evidence = _asked(claim, runs, error_rate)
    _ask_again(claim, evidence)
    return evidence


def _gather(
    claim: Claim,
    recipes: Mapping[str, Experiment],
    train: Trainer,
    blocks: Sequence[Sequence[int]],
    error_rate: float,
    to_the_end: bool = False,
) -> list[Evidence]:
    """Return the evidence block by block; the verdict of the last one is that of all."""
    parts: list[Evidence] = []
    for block in blocks:
        runs = {name: train(recipe, block) for name, recipe in recipes.items()}
        parts.append(_asked(claim, runs, error_rate))
        answers = np.concatenate([part.answers for part in parts])
        verdict = decide(int(answers.sum()), len(answers), claim.share, error_rate)
        if verdict != "undecided" and not to_the_end:
            break
    parts[-1] = replace(parts[-1], verdict=verdict)
    return parts


def _asked(claim: Claim, runs: dict[str, Runs], error_rate: float) -> Evidence:
    named = {name: r.named(name) if len(runs) > 1 else r for name, r in runs.items()}
    answers, array = _answers(claim, named)
    diverged = np.logical_or.reduce([r.diverged for r in runs.values()])
    comparisons = answers.comparisons if isinstance(answers, SeedValues) else ()
    return Evidence("undecided", claim.share, error_rate, array & ~diverged, diverged, comparisons, named)


def _answers(claim: Claim, runs: Mapping[str, Runs]) -> tuple[Any, NDArray[np.bool_]]:
    """Return what the predicate gives, and the same as an array, (seeds,) bool."""
    answers, seeds = claim(**runs), len(next(iter(runs.values())))
    label, expected = f"claim {claim.key!r}: predicate result", f"bool of shape ({seeds},)"
    if answers is None:
        raise InvalidValue(label, None, expected, MISSING_RETURN)
    array = as_array(label, answers)
    if array.shape != (seeds,) or array.dtype != bool:
        received = f"{array.dtype} of shape {array.shape}"
        raise InvalidValue(label, received, expected, "compare per seed, as in runs.accuracy >= 0.98")
    return answers, array


def _ask_again(claim: Claim, part: Evidence) -> None:
    """Refuse a predicate that answers otherwise about the same runs: no verdict could be repeated."""
    _, again = _answers(claim, part.runs)
    other = int(np.sum((again & ~part.diverged) != part.answers))
    if other:
        received = f"another answer for {other} of {len(again)} seeds, asked again about the same runs"
        raise InvalidValue(f"claim {claim.key!r}: predicate", received, _EXPECTED, _REMEDY)


def _values(claim: Claim, name: str, figure: Figure, runs: Mapping[str, Runs]) -> NDArray[Any]:
    """Return the value per seed that a documented figure is compared with, (seeds,)."""
    label = f"claim {claim.key!r}: documented {name}"
    of_seeds, seeds = figure.values(runs), len(next(iter(runs.values())))
    expected = f"real numbers of shape ({seeds},)"
    if of_seeds is None:
        raise InvalidValue(label, None, expected, MISSING_RETURN)
    values = as_array(label, of_seeds)
    if values.shape != (seeds,) or values.dtype.kind not in "biuf":
        received = f"{values.dtype} of shape {values.shape}"
        raise InvalidValue(label, received, expected, "give a value per seed")
    if not np.isfinite(values).any():
        raise InvalidValue(label, "NaN or infinity for every seed", "a seed that did not diverge")
    if not np.array_equal(values, as_array(label, figure.values(runs)), equal_nan=values.dtype.kind == "f"):
        raise InvalidValue(label, "other values, asked again about the same runs", _EXPECTED, _REMEDY)
    return values


def _joined(parts: Sequence[Evidence]) -> Evidence:
    # a predicate may compare other things in other blocks; then no comparison tells of all the seeds
    asked = {tuple((c.label, c.operator, c.threshold) for c in part.comparisons) for part in parts}
    comparisons = (
        ()
        if len(asked) > 1
        else tuple(map(concatenated, zip(*(part.comparisons for part in parts), strict=True)))
    )
    return replace(
        parts[-1],
        answers=np.concatenate([part.answers for part in parts]),
        diverged=np.concatenate([part.diverged for part in parts]),
        comparisons=comparisons,
        runs={name: concatenate([part.runs[name] for part in parts]) for name in parts[-1].runs},
    )
