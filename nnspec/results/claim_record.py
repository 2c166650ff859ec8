"""What was found about a claim, compactly: of a results file and of a stored baseline in the same form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, text, whole_number
from nnspec.claims import budget

RESULTS_SCHEMA = 1
MOST_VALUES = 256  # of a quantity, those of the first seeds; they tell a distribution well enough
VERDICTS = ("holds", "refuted", "undecided", "error", "skipped")
_AS_THEY_ARE = ("id", "part", "kind", "statement", "verdict", "seeds", "successes", "share", "interval")
_NO_VERSIONS = ("machine", "date", "engine")


@dataclass(frozen=True, eq=False)
class Quantity:
    """What a predicate compared: `values` (n,), one for each seed, infinity where there was none."""

    label: str
    operator: str
    threshold: float
    values: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """How the counterfactual came out."""

    verdict: str
    seeds: int
    successes: int


@dataclass(frozen=True, eq=False)
class ClaimRecord:
    """A claim's verdict with the evidence for it; `seeds` is None for what seeds do not decide.

    `looks` is at how many numbers of seeds the run might have ended, because verdicts were asked for
    there: 1 where the number was fixed beforehand.
    """

    key: str
    verdict: str
    seeds: int | None
    successes: int
    quantities: tuple[Quantity, ...]
    counterfactual: Counterfactual | None
    looks: int
    counterfactual_looks: int
    versions: Mapping[str, str]
    machine: str
    date: str

    @property
    def examined(self) -> bool:
        """Whether the run said anything about the claim."""
        return self.verdict not in ("skipped", "error")


def key(claim: Mapping[str, Any]) -> str:
    """Return the name of a claim: its id, and the part in brackets if it has one."""
    return f"{claim['id']}[{claim['part']}]" if claim["part"] else str(claim["id"])


def took_work(claim: Mapping[str, Any]) -> bool:
    """Return whether a claim or fact was examined, and not with what had been trained before alone."""
    return claim["verdict"] != "skipped" and not claim["cached"]


def compact(claim: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim of a results document as a baseline keeps it, of bounded size.

    At most 256 values of each quantity, with six significant digits; versions, machine and date are
    those of the run.
    """
    environment = results["environment"]
    counterfactual = claim["counterfactual"]
    return {
        **{field: _short(claim[field]) for field in _AS_THEY_ARE},
        "claimed_share": claim["claimed_share"],
        "figures": {
            name: {field: _short(value) for field, value in figure.items()}
            for name, figure in claim["figures"].items()
        },
        "quantities": [
            {
                **{field: compared[field] for field in ("label", "operator", "threshold")},
                "values": _short(compared["claim"][:MOST_VALUES]),
            }
            for compared in claim["values"]
        ],
        "counterfactual": counterfactual
        and {field: counterfactual[field] for field in ("verdict", "seeds", "successes")},
        "training_seconds": _short(claim["training_seconds"]),
        "budget": results["budget"],
        "versions": {name: version for name, version in environment.items() if name not in _NO_VERSIONS},
        **{field: environment.get(field, "") for field in _NO_VERSIONS},
    }


def claim_record(stored: Mapping[str, Any]) -> ClaimRecord:
    """Return what a compact record says, checked.

    Raises
    ------
    InvalidValue, KeyError, TypeError, AttributeError
        If it does not have the form that `compact` gives.
    """
    text("id", stored["id"])
    if not isinstance(stored["part"], str):
        raise InvalidValue("part", stored["part"], "a text, which may be empty")
    name = key(stored)
    if stored["verdict"] not in VERDICTS:
        raise InvalidValue(f"{name}: verdict", stored["verdict"], "one of " + ", ".join(VERDICTS))
    seeds, successes = _counts(stored["seeds"], stored["successes"], name)
    other = stored["counterfactual"]
    if other is not None:
        others, yes = _counts(other["seeds"], other["successes"], f"{name}: counterfactual")
        other = None if others is None else Counterfactual(str(other["verdict"]), others, yes)
    looks = _looks(stored["budget"], seeds)
    return ClaimRecord(
        name,
        stored["verdict"],
        seeds,
        successes,
        tuple(_quantity(compared) for compared in stored["quantities"]),
        other,
        1 if stored["figures"] else looks,
        looks,
        {str(library): str(version) for library, version in stored["versions"].items()},
        str(stored["machine"]),
        str(stored["date"]),
    )


def _quantity(stored: Mapping[str, Any]) -> Quantity:
    # both sides of a comparison are rounded alike, or a baseline would differ from its own run
    values = [math.inf if v is None else _short(real_number("value", v)) for v in stored["values"]]
    label, operator = str(stored["label"]), str(stored["operator"])
    threshold = real_number("threshold", stored["threshold"])
    return Quantity(label, operator, threshold, np.asarray(values, np.float64))


def _counts(seeds: object, successes: object, name: str) -> tuple[int | None, int]:
    if seeds is None:
        return None, 0
    number, yes = whole_number(f"{name}: seeds", seeds), whole_number(f"{name}: successes", successes, 0)
    if yes > number:
        raise InvalidValue(f"{name}: successes", yes, f"at most the number of seeds, {number}")
    return number, yes


def _looks(name: object, seeds: int | None) -> int:
    """Return how many blocks of seeds the budget of this name has for such a claim."""
    called = str(name)
    spelled = called.removeprefix("seeds ") if called.startswith("seeds ") else None
    chosen = budget.parse("standard" if spelled else called, spelled)
    level = 2 if (seeds or 0) % budget.AT_A_TIME[0] else 0  # small blocks are those of a high cost
    return -(-len(chosen.seeds_for(level)) // budget.AT_A_TIME[level])


def _short(value: Any) -> Any:
    """Round fractions to six significant digits, also in lists."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return [_short(item) for item in value] if isinstance(value, list | tuple) else value
