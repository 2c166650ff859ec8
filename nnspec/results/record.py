"""Results: one JSON document of everything that a run found; the reference has its fields."""

from __future__ import annotations

import functools
import json
import math
import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import numpy as np

from nnspec.basics.files import write_text
from nnspec.claims.declarations import Claim, Fact
from nnspec.claims.evidence import Evidence, Judgement
from nnspec.claims.reading import OPEN, places_of
from nnspec.machine.reads import UNTOLD
from nnspec.machine.versions import library_versions
from nnspec.recipes.arm_names import described
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.script import keras_script
from nnspec.recipes.trainable import Trainable
from nnspec.results.claim_result import (
    ClaimResult,
    Counterfactual,
    Declared,
    Operator,
    Outcome,
    Results,
    Values,
    Within,
    document,
)
from nnspec.runs.distance import concatenated
from nnspec.runs.runs import Runs
from nnspec.runs.seed_values import Comparison
from nnspec.statistics.power import Resolution, resolution


def environment() -> dict[str, str]:
    """Return versions, machine and date, without importing what is asked about."""
    return {
        "nnspec": metadata.version("nnspec"),
        "python": platform.python_version(),
        **library_versions(),
        "machine": f"{platform.system()} {platform.machine()}",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def declared(item: Claim | Fact) -> Declared:
    """Return what is known of a claim or fact before anything is trained."""
    found = Declared(
        id=item.id,
        part=item.part,
        document=item.source.document.key,
        title=item.source.document.title,
        section=item.source.section,
        detail=item.source.detail,
        kind=item.kind,
        statement=item.statement,
        expected="holds",
        claimed_share=None,
    )
    if isinstance(item, Fact):
        return found
    return replace(
        found,
        says=item.says,
        reading=item.reading,
        word=item.word,
        because=item.because,
        beyond=item.beyond,
        headline=item.headline,
        in_short=item.in_short,
        expected=item.verdict,
        measured=item.measured,
        claimed_share=item.share if item.reading == "general" else None,
        documented={name: figure.number for name, figure in item.documented.items()},
        has_counterfactual=bool(item.counterfactual) or item.has_null,
    )


def unjudged(item: Claim | Fact, verdict: Outcome, message: str = "") -> ClaimResult:
    """Return the result of a fact, or of a claim that could not be judged."""
    nothing: dict[str, Any] = dict.fromkeys(("seeds", "successes", "share", "interval", "counterfactual"))
    return ClaimResult(
        **vars(declared(item)),
        **nothing,
        verdict=verdict,
        as_recorded=verdict == "holds",
        figures={},
        values=(),
        replay=f"nnspec verify {item.key!r}",
        training_seconds=0.0,
        message=message,
    )


def judged(judgement: Judgement, seeds_trained: int, most_seeds: int, at_a_time: int) -> ClaimResult:
    """Return the result of a judged claim, for which so many seeds were newly trained.

    `most_seeds` is how many it might have been judged by, added `at_a_time`.
    """
    claim, evidence = judgement.claim, judgement.evidence
    other = judgement.counterfactual
    return replace(
        unjudged(claim, _outcome(claim, evidence), "; ".join(judgement.problems)),
        places=places_of(evidence.verdict) if _outcome(claim, evidence) == "placed" else (),
        predicate=" and ".join(f"{c.label} {c.operator} {c.threshold:g}" for c in evidence.comparisons),
        as_recorded=not judgement.problems,
        seeds=len(evidence.answers),
        successes=evidence.successes,
        diverged=int(evidence.diverged.sum()),
        share=evidence.successes / len(evidence.answers),
        interval=evidence.interval,
        figures=judgement.figures,
        values=values_of(evidence.comparisons, other.comparisons if other else ()),
        counterfactual=_counterfactual(claim, other) if other else None,
        recipes=described(claim.recipes),
        scripts=scripts_of(claim.recipes),
        engine=", ".join(sorted({r.provenance["engine"] for r in evidence.runs.values()})),
        worst_seeds=tuple(evidence.worst_seeds),
        best_seeds=tuple(evidence.best_seeds),
        resolution=None
        if claim.reading != "general"
        else _resolution(claim.share, evidence.error_rate, most_seeds, at_a_time),
        replay=replay(claim, evidence),
        training_seconds=judgement.seconds,
        seeds_trained=seeds_trained,
        cached=seeds_trained == 0,
        notes=tuple(dict.fromkeys(note for runs in evidence.runs.values() for note in _notes(runs))),
    )


def _notes(runs: Runs) -> list[str]:
    """Return what is to be said of how runs were made."""
    return [runs.provenance[name] for name in ("why keras", "unwatched", UNTOLD) if name in runs.provenance]


def _outcome(claim: Claim, evidence: Evidence) -> Outcome:
    told = claim.reading != "general" and evidence.verdict != OPEN
    return "placed" if told else cast(Outcome, evidence.verdict)


def _counterfactual(claim: Claim, other: Evidence) -> Counterfactual:
    told = claim.reading != "general" and other.verdict != OPEN
    return Counterfactual(
        without=claim.without,
        null=claim.has_null,
        description=without_its_cause(claim),
        verdict="placed" if told else cast(Outcome, other.verdict),
        seeds=len(other.answers),
        successes=other.successes,
        interval=other.interval,
    )


def replay(claim: Claim, evidence: Evidence) -> str:
    """Return the command that trains the seeds again that say no, or the first ones."""
    seeds = evidence.worst_seeds or [int(seed) for seed in evidence.seeds[:2]]
    listed = ",".join(map(str, seeds)) + ("," if len(seeds) == 1 else "")
    return f"nnspec verify {claim.key!r} --seeds {listed}"


def write(path: Path, results: Results) -> None:
    """Write the results as JSON, all of it or nothing."""
    write_text(path, json.dumps(document(results), indent=1, ensure_ascii=False, allow_nan=False) + "\n")


@functools.cache
def _resolution(share: float, error_rate: float, most_seeds: int, at_a_time: int) -> Resolution:
    return resolution(share, error_rate, most_seeds=most_seeds, at_a_time=at_a_time)


def values_of(claim: Sequence[Comparison], counterfactual: Sequence[Comparison]) -> tuple[Values, ...]:
    """Return what was compared with the values of both arms; of a small distance what is near, too."""
    others = {c.label: c for c in counterfactual}
    return tuple(_values(one, others.get(one.label)) for one in claim)


def _values(one: Comparison, other: Comparison | None) -> Values:
    both = (one, other) if other else (one,)
    claim, counterfactual = _numbers(one.values), _numbers(other.values if other else ())
    operator = cast(Operator, one.operator)
    found = Values(one.label, operator, one.threshold, claim, counterfactual)
    arms = [arm for arm in both if arm.distance is not None]
    near = concatenated([arm.distance for arm in arms]) if one.distance is not None else None
    if near is None:
        return found
    # as they are written, so that whoever reads them finds each on its side of the ends
    values = [_numbers(arm.distance.values if arm.distance else ()) for arm in arms]
    distances = [number for arm in arms for number in _numbers(arm.values)]
    near = replace(near, values=np.array([value for arm in values for value in arm], np.float64))
    ends = near.range(np.array(distances, np.float64), one.threshold, strict=one.operator == "<")
    return found if ends is None else replace(found, within=Within(near.label, *ends, *values))


def _numbers(values: Any) -> tuple[float | None, ...]:
    """Round to nine digits, which tell all float32 values apart; None stands for what is not finite."""
    return tuple(float(f"{v:.9g}") if math.isfinite(v) else None for v in map(float, values))


def scripts_of(recipes: Mapping[str, Experiment]) -> dict[str, str]:
    """Return the Keras scripts of the arms that are trained, by their names."""
    return {name: keras_script(recipe) for name, recipe in recipes.items() if isinstance(recipe, Trainable)}


def without_its_cause(claim: Claim) -> str:
    """Return in words what a claim is compared with: recipes without the cause, or the first arm twice."""
    if claim.has_null:
        return f"{next(iter(claim.recipes))} in the place of every arm, from other seeds"
    return _difference(claim.recipes, claim.counterfactual)


def _difference(recipes: Mapping[str, Experiment], counterfactual: Mapping[str, Experiment]) -> str:
    changed = [name for name in recipes if recipes[name] != counterfactual[name]]
    told = {name: described({"": recipes[name], name: counterfactual[name]})[name] for name in changed}
    return "; ".join(f"{name} is {text}" if len(recipes) > 1 else text for name, text in told.items())
