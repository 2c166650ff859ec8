"""Judging: seeds are added until a claim and its counterfactual are decided or the budget ends."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import as_array
from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim, Figure
from nnspec.claims.evidence import Evidence, Judgement
from nnspec.claims.reading import OPEN, found_verdict, is_settled
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs, concatenate
from nnspec.runs.seed_values import SeedValues, concatenated
from nnspec.statistics import looks
from nnspec.statistics.figures import Placed, place
from nnspec.statistics.futility import is_futile

Trainer = Callable[[Experiment, Sequence[int]], Runs]
SEEDS_AT_A_TIME = 64
MISSING_RETURN = "is `return` missing?"
_AMBIGUOUS = "truth value of an array"
_COMPARED = (
    "return the comparison, as in return runs.accuracy >= 0.98: without if and assert, and with & and | in "
    "place of and and or"
)
_EXPECTED = "an answer that follows from the runs alone"
_REMEDY = "take randomness with a fixed seed, and keep nothing between calls"


def judge(
    claim: Claim,
    train: Trainer,
    seeds: Sequence[int],
    error_rate: float,
    at_a_time: int = SEEDS_AT_A_TIME,
    placed: int | None = None,
    most_seeds: int = 0,
) -> Judgement:
    """Train the claim's recipes and its counterfactual from as many of these seeds as it takes.

    Seeds are added, `at_a_time` at first and then more, until the claim is decided, or until those that are
    left would not decide it. One may look as often as one likes, because the interval of a share holds at
    every number of seeds. Each of the verdicts, also the places of figures, is wrong with a probability of at
    most `error_rate`. Documented figures are placed among the first `placed` seeds at least, all where it is
    not given. A null takes no training of its own: it has the claim's seeds in another order. Where more
    seeds may be added later, `most_seeds` in all, none is left off for being too few.

    Raises
    ------
    InvalidValue
        If there is no seed, or the predicate does not return one bool per seed, or not the same ones
        when it is asked again.
    """
    if not len(seeds):
        raise InvalidValue("seeds", seeds, "at least one seed")
    ends = [0, *itertools.accumulate(looks.blocks(len(seeds), at_a_time))]
    blocks = [seeds[start:end] for start, end in itertools.pairwise(ends)]
    least = 0 if not claim.documented else len(seeds) if placed is None else min(placed, len(seeds))
    most = max(len(seeds), most_seeds)
    own = _gather(claim, claim.recipes, train, blocks, error_rate, most, least)
    others = []
    if claim.counterfactual:
        others = _gather(claim, claim.counterfactual, train, blocks, error_rate, most)
    evidence = _joined(own)
    figures = {name: _placed(claim, name, evidence) for name in claim.documented}
    # backwards, so that what counts its calls meets the claim and the counterfactual in another order
    for part in reversed(own + others):
        _ask_again(claim, part)
    return Judgement(claim, evidence, _joined(others) if others else _null(claim, evidence), figures)


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
    most: int,
    least: int = 0,
) -> list[Evidence]:
    """Return the evidence block by block, of `least` seeds or more; the last verdict is that of all."""
    parts: list[Evidence] = []
    for block in blocks:
        runs = {name: train(recipe, block) for name, recipe in recipes.items()}
        parts.append(_asked(claim, runs, error_rate))
        answers = np.concatenate([part.answers for part in parts])
        verdict = _verdict(claim, answers, error_rate)
        if len(answers) >= least and (
            is_settled(claim.reading, verdict) or _is_futile(claim, answers, error_rate, most)
        ):
            break
    parts[-1] = replace(parts[-1], verdict=verdict)
    return parts


def _is_futile(claim: Claim, answers: NDArray[np.bool_], error_rate: float, most_seeds: int) -> bool:
    """Return whether the seeds that are left would not decide a claim that has to be decided."""
    terms = int(answers.sum()), len(answers), claim.share, error_rate, most_seeds
    return claim.reading == "general" and is_futile(*terms)


def _asked(claim: Claim, runs: dict[str, Runs], error_rate: float) -> Evidence:
    named = {name: r.named(name) if len(runs) > 1 else r for name, r in runs.items()}
    answers, array = _answers(claim, named)
    diverged = np.logical_or.reduce([r.diverged for r in runs.values()])
    comparisons = answers.comparisons if isinstance(answers, SeedValues) else ()
    share = claim.share if claim.reading == "general" else None
    return Evidence(OPEN, share, error_rate, array & ~diverged, diverged, comparisons, named)


def _null(claim: Claim, evidence: Evidence) -> Evidence | None:
    """Return what is said of the first arm in the place of all, each from other seeds; None of one seed.

    The seeds are the same ones in another order, so that half of the differences are positive as in new
    ones: two runs of a pair are independent, and those of different pairs are at most opposed.
    """
    arms, seeds = list(evidence.runs), len(evidence.answers)
    if not claim.has_null or seeds < len(arms):
        return None
    first, places = evidence.runs[arms[0]], np.arange(seeds)
    runs = {arm: first.select(np.roll(places, -number)) for number, arm in enumerate(arms)}
    found = _asked(claim, runs, evidence.error_rate)
    return replace(found, verdict=_verdict(claim, found.answers, evidence.error_rate))


def _verdict(claim: Claim, answers: NDArray[np.bool_], error_rate: float) -> str:
    return found_verdict(claim.reading, claim.share, int(answers.sum()), len(answers), error_rate)


def _answers(claim: Claim, runs: Mapping[str, Runs]) -> tuple[Any, NDArray[np.bool_]]:
    """Return what the predicate gives, and the same as an array, (seeds,) bool."""
    seeds = len(next(iter(runs.values())))
    label, expected = f"claim {claim.key!r}: predicate result", f"bool of shape ({seeds},)"
    try:
        answers = claim(**runs)
    except ValueError as error:
        if _AMBIGUOUS not in str(error):
            raise
        # NumPy proposes any() and all(), which ask all seeds together
        wrong = InvalidValue(label, "one answer for all seeds", expected, _COMPARED)
        raise wrong.with_traceback(error.__traceback__) from None
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


def _placed(claim: Claim, name: str, evidence: Evidence) -> Placed:
    figure = claim.documented[name]
    values = _values(claim, name, figure, evidence.runs, evidence.diverged)
    terms = figure.better, evidence.error_rate, figure.decimals, figure.explained
    return place(figure.number, values, *terms)


def _values(
    claim: Claim, name: str, figure: Figure, runs: Mapping[str, Runs], diverged: NDArray[np.bool_]
) -> NDArray[Any]:
    """Return the value per seed that a documented figure is compared with, (seeds,).

    A seed that diverged has none, NaN: what the accuracy of weights that are no numbers is says nothing.
    """
    label = f"claim {claim.key!r}: documented {name}"
    of_seeds, seeds = figure.values(runs), len(next(iter(runs.values())))
    expected = f"real numbers of shape ({seeds},)"
    if of_seeds is None:
        raise InvalidValue(label, None, expected, MISSING_RETURN)
    values = as_array(label, of_seeds)
    if values.shape != (seeds,) or values.dtype.kind not in "biuf":
        received = f"{values.dtype} of shape {values.shape}"
        raise InvalidValue(label, received, expected, "give a value per seed")
    if not np.array_equal(values, as_array(label, figure.values(runs)), equal_nan=values.dtype.kind == "f"):
        raise InvalidValue(label, "other values, asked again about the same runs", _EXPECTED, _REMEDY)
    values = np.where(diverged, np.nan, np.asarray(values, np.float64))
    if not np.isfinite(values).any():
        raise InvalidValue(label, "NaN or infinity for every seed", "a seed that did not diverge")
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
