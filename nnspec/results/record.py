"""Results: one JSON document of everything that a run found; its schema is described in the README."""

from __future__ import annotations

import functools
import json
import math
import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from nnspec.basics.files import write_text
from nnspec.claims.declarations import Claim, Fact
from nnspec.claims.judging import Evidence, Judgement
from nnspec.machine.versions import library_versions
from nnspec.recipes.arm_names import described
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.script import keras_script
from nnspec.runs.distance import concatenated
from nnspec.runs.seed_values import Comparison
from nnspec.statistics.power import resolution

SCHEMA = 1
_MOST_ENUMERATED = 4096  # seeds; to enumerate the verdicts of more takes longer than to give one


def environment() -> dict[str, str]:
    """Return versions, machine and date, without importing what is asked about."""
    return {
        "nnspec": metadata.version("nnspec"),
        "python": platform.python_version(),
        **library_versions(),
        "machine": f"{platform.system()} {platform.machine()}",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def declared(item: Claim | Fact) -> dict[str, Any]:
    """Return what is known of a claim or fact before anything is trained."""
    record: dict[str, Any] = {
        "id": item.id,
        "part": item.part,
        "document": item.source.document.key,
        "title": item.source.document.title,
        "section": item.source.section,
        "detail": item.source.detail,
        "kind": item.kind,
        "statement": item.statement,
        "because": "",
        "beyond": "",
        "expected": "holds",
        "measured": "",
        "claimed_share": None,
        "documented": {},
        "has_counterfactual": False,
    }
    if isinstance(item, Claim):
        record |= {
            "because": item.because,
            "beyond": item.beyond,
            "expected": item.verdict,
            "measured": item.measured,
            "claimed_share": item.share,
            "documented": {name: figure.documented for name, figure in item.documented.items()},
            "has_counterfactual": True,
        }
    return record


def unjudged(item: Claim | Fact, verdict: str, message: str = "") -> dict[str, Any]:
    """Return the record of a fact, or of a claim that could not be judged."""
    return {
        **declared(item),
        "predicate": "",
        "verdict": verdict,
        "as_recorded": verdict == "holds",
        "seeds": None,
        "successes": None,
        "diverged": 0,
        "share": None,
        "interval": None,
        "figures": {},
        "values": [],
        "counterfactual": None,
        "recipes": {},
        "scripts": {},
        "engine": "",
        "worst_seeds": [],
        "best_seeds": [],
        "resolution": None,
        "replay": f"nnspec verify {item.key!r}",
        "training_seconds": 0.0,
        "seeds_trained": 0,
        "cached": False,
        "message": message,
        "notes": [],
        "drift": [],
    }


def judged(judgement: Judgement, seeds_trained: int, most_seeds: int, at_a_time: int) -> dict[str, Any]:
    """Return the record of a judged claim, for which so many seeds were newly trained.

    `most_seeds` is how many it might have been judged by, added `at_a_time`.
    """
    claim, evidence = judgement.claim, judgement.evidence
    other = judgement.counterfactual
    return {
        **unjudged(claim, evidence.verdict),
        "predicate": " and ".join(f"{c.label} {c.operator} {c.threshold:g}" for c in evidence.comparisons),
        "as_recorded": not judgement.problems,
        "seeds": len(evidence.answers),
        "successes": evidence.successes,
        "diverged": int(evidence.diverged.sum()),
        "share": evidence.successes / len(evidence.answers),
        "interval": list(evidence.interval),
        "figures": {name: _figure(placed) for name, placed in judgement.figures.items()},
        "values": _values(evidence, other),
        "counterfactual": {
            "description": _difference(claim.recipes, claim.counterfactual),
            "verdict": other.verdict,
            "seeds": len(other.answers),
            "successes": other.successes,
            "interval": list(other.interval),
        },
        "recipes": described(claim.recipes),
        "scripts": {
            name: keras_script(recipe) for name, recipe in claim.recipes.items() if isinstance(recipe, Recipe)
        },
        "engine": ", ".join(sorted({r.provenance["engine"] for r in evidence.runs.values()})),
        "worst_seeds": evidence.worst_seeds,
        "best_seeds": evidence.best_seeds,
        "resolution": _resolution(claim.share, evidence.error_rate, most_seeds, at_a_time),
        "replay": replay(claim, evidence),
        "training_seconds": sum(r.seconds for e in (evidence, other) for r in e.runs.values()),
        "seeds_trained": seeds_trained,
        "cached": seeds_trained == 0,
        "message": "; ".join(judgement.problems),
        "notes": [r.provenance["why keras"] for r in evidence.runs.values() if "why keras" in r.provenance],
    }


def replay(claim: Claim, evidence: Evidence) -> str:
    """Return the command that trains the seeds again that say no, or the first ones."""
    seeds = evidence.worst_seeds or [int(seed) for seed in evidence.seeds[:2]]
    listed = ",".join(map(str, seeds)) + ("," if len(seeds) == 1 else "")
    return f"nnspec verify {claim.key!r} --seeds {listed}"


def write(path: Path, results: Mapping[str, Any]) -> None:
    """Write the results as JSON, all of it or nothing."""
    write_text(path, json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


@functools.cache
def _resolution(share: float, error_rate: float, most_seeds: int, at_a_time: int) -> dict[str, Any] | None:
    if most_seeds > _MOST_ENUMERATED:
        return None
    return vars(resolution(share, error_rate, most_seeds=most_seeds, at_a_time=at_a_time))


def _figure(placed: Any) -> dict[str, Any]:
    return {**vars(placed), "quantiles": list(placed.quantiles)}


def _values(evidence: Evidence, counterfactual: Evidence) -> list[dict[str, Any]]:
    others = {c.label: c for c in counterfactual.comparisons}
    return [_compared(c, others.get(c.label)) for c in evidence.comparisons]


def _compared(one: Comparison, other: Comparison | None) -> dict[str, Any]:
    """Return what was compared with the values of both arms; of a small distance what is near, too."""
    found: dict[str, Any] = {
        "label": one.label,
        "operator": one.operator,
        "threshold": one.threshold,
        "claim": _numbers(one.values),
        "counterfactual": _numbers(other.values if other else ()),
    }
    arms = [arm for arm in (one, other) if arm is not None and arm.distance is not None]
    near = concatenated([arm.distance for arm in arms]) if one.distance is not None else None
    if near is not None:
        # as they are written, so that whoever reads them finds each on its side of the ends
        values = [_numbers(arm.distance.values if arm.distance else ()) for arm in arms]
        distances = [number for arm in arms for number in _numbers(arm.values)]
        near = replace(near, values=np.array([value for arm in values for value in arm], np.float64))
        ends = near.range(np.array(distances, np.float64), one.threshold, strict=one.operator == "<")
        if ends is not None:
            arms_of = {"claim": values[0], "counterfactual": values[1] if len(values) > 1 else []}
            found["within"] = {"label": near.label, "low": ends[0], "high": ends[1], **arms_of}
    return found


def _numbers(values: Any) -> list[float | None]:
    """Round to nine digits, which tell all float32 values apart; null stands for what is not finite."""
    return [float(f"{v:.9g}") if math.isfinite(v) else None for v in map(float, values)]


def _difference(recipes: Mapping[str, Experiment], counterfactual: Mapping[str, Experiment]) -> str:
    changed = [name for name in recipes if recipes[name] != counterfactual[name]]
    told = {name: described({"": recipes[name], name: counterfactual[name]})[name] for name in changed}
    return "; ".join(f"{name} is {text}" if len(recipes) > 1 else text for name, text in told.items())
