"""What is true where a claim is not: sentences made of the seeds' values alone, for the document's author."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from nnspec.compared import Compared, compared
from nnspec.report.comparison_words import predicate_in_words, quantity_in_words
from nnspec.report.wording import count, number, percent

_DIGITS = 4


def what_is_true(claim: Mapping[str, Any]) -> list[str]:
    """Return in sentences what the seeds of a claim of the results document do say.

    How large the quantities are, which threshold as many seeds reach as the claim asks for, and for
    which share the claim would hold as it stands. Empty for what was not judged over seeds.
    """
    if not claim["seeds"] or claim["claimed_share"] is None:
        return []
    quantities = compared(claim)
    found = [_spread(quantity, claim["seeds"]) for quantity in quantities if _finite(quantity)]
    found += list(_attainable(quantities, claim["claimed_share"]))
    # the interval keeps the error rate of the verdicts, so this would be a verdict like any other
    low = claim["interval"][0] if claim["interval"] else 0.0
    if claim["verdict"] != "holds" and low >= 0.01:
        share = percent(math.floor(100 * low) / 100)
        found.append(f"With the threshold as it is, the claim would hold for at least {share} of the seeds.")
    return found


def suggested_wording(claim: Mapping[str, Any]) -> str:
    """Return a sentence that the author may print instead of a refuted claim; empty where there is none."""
    if claim["verdict"] != "refuted" or not claim["seeds"] or not claim["successes"] <= claim["seeds"]:
        return ""
    share = percent(claim["successes"] / claim["seeds"])
    was = f"had {predicate_in_words(claim)}" if claim["predicate"] else "came out so"
    runs = f"Of {claim['seeds']:,} runs that differ only in the random seed,"
    parts = [f"{runs} {claim['successes']:,} ({share}) {was}"]
    for quantity in compared(claim):
        values = _finite(quantity)
        if values:
            low, middle, high = (number(_quantile(values, at), _DIGITS) for at in (0.025, 0.5, 0.975))
            label = quantity_in_words(quantity.label)
            parts.append(f"the median {label} was {middle}, 95 % of the runs from {low} to {high}")
    if claim["diverged"]:
        parts.append(f"{count(claim['diverged'], 'run')} diverged")
    return "; ".join(parts) + "."


def _spread(quantity: Compared, seeds: int) -> str:
    values = _finite(quantity)
    low, middle, high = (number(_quantile(values, at), _DIGITS) for at in (0.025, 0.5, 0.975))
    lost = f" of the {len(values)} finite ones" if len(values) < seeds else ""
    label = quantity_in_words(quantity.label)
    return f"The median {label} is {middle}; the central 95 %{lost} lie between {low} and {high}."


def _attainable(quantities: list[Compared], share: float) -> Iterator[str]:
    """Yield the threshold that the claimed share of these seeds reaches, where there is only one."""
    if len(quantities) != 1 or len(quantities[0].thresholds) != 1:
        return
    (quantity,) = quantities
    ((operator, limit),) = quantity.thresholds
    wanted = math.ceil(share * len(quantity.claim) - 1e-9)
    above = operator in ">≥"
    values = sorted(_finite(quantity), reverse=above)
    if not 0 < wanted <= len(values):
        return
    reached = _rounded(values[wanted - 1], down=above)
    if (reached < limit) if above else (reached > limit):
        sign = "≥" if above else "≤"
        seeds = "All" if wanted == len(quantity.claim) else f"{wanted} of the"
        yield (
            f"{seeds} {count(len(quantity.claim), 'seed')} reach {quantity_in_words(quantity.label)} {sign} "
            f"{number(reached, _DIGITS)}, a threshold that is chosen afterwards and describes these seeds."
        )


def _rounded(value: float, *, down: bool) -> float:
    """Round to four digits towards the side on which the sentence stays true."""
    if value == 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - _DIGITS + 1)
    return (math.floor if down else math.ceil)(value / unit) * unit


def _finite(quantity: Compared) -> list[float]:
    return sorted(float(value) for value in quantity.claim if value is not None and math.isfinite(value))


def _quantile(ordered: list[float], at: float) -> float:
    """Return a quantile by linear interpolation, as NumPy's default."""
    place = at * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
