"""What is true where a claim is not: sentences made of the seeds' values alone, for the document's author."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from nnspec.report.words.comparisons import is_a_noun, quantity_in_words
from nnspec.report.words.wording import count, number, percent
from nnspec.results.claim_result import ClaimResult
from nnspec.results.quantities import Compared
from nnspec.statistics.spread import Spread, spread

_DIGITS, _HALF = 3, 0.5
_MINUS = " - "  # in the label of a difference


def what_is_true(claim: ClaimResult, quantities: Sequence[Compared]) -> list[str]:
    """Return in sentences what neither the drawing of a claim nor the interval of its share says.

    In how many runs both arms are equal, and which threshold as many runs reach as the claim asks for. Empty
    for what was not judged over seeds.
    """
    if not claim.seeds or claim.claimed_share is None:
        return []
    ties = ((number, count(claim.seeds, "run")) for number in map(_ties, quantities) if number)
    found = [f"In {number:,} of {runs} both are equal, which counts as a no." for number, runs in ties]
    return [*found, *_attainable(quantities, claim.claimed_share)]


def suggested_wording(claim: ClaimResult, quantities: Sequence[Compared]) -> str:
    """Return sentences that the author may print instead of a refuted claim; empty where there are none.

    There are none for claims of ours, which no author has printed.

    The claim's own statement says what came true how often. A quantity is added only where its name reads as
    a noun, such as accuracy or test loss, and not as a formula or with the name of an arm.
    """
    if claim.verdict != "refuted" or claim.beyond or claim.seeds is None or claim.successes is None:
        return ""
    share = percent(claim.successes / claim.seeds)
    counted = f"{claim.successes:,} of {claim.seeds:,}" if claim.successes else f"none of {claim.seeds:,}"
    share = f" ({share})" if 0 < claim.successes < claim.seeds else ""
    parts = [claim.statement if claim.statement[-1:] in ".!?" else f"{claim.statement}."]
    parts.append(f"This came true in {counted} runs that differ only in the random seed{share}.")
    # a baseline keeps the values of some runs alone, which say nothing of all of them
    for quantity in (one for one in quantities if len(one.claim) == claim.seeds):
        if quantity.finite and is_a_noun(quantity.label):
            parts.append(_of_runs(quantity))
        if ties := _ties(quantity):
            parts.append(f"In {ties:,} of all {claim.seeds:,} runs both were equal.")
    if claim.diverged:
        parts.append(f"{count(claim.diverged, 'run')} diverged.")
    return " ".join(parts)


def _of_runs(quantity: Compared) -> str:
    label, found = quantity.label, spread(quantity.finite)
    if _is_constant(quantity, found):
        return f"The {label} was {_short(found.middle)} in all of them."
    if found.groups:
        return f"The {label} was {_in_two_groups(found)}."
    if found.is_one_value:
        return f"The {label} was {_short(found.middle)} in nearly all of them."
    return (
        f"The median {label} was {_short(found.middle)}; in 95 % of the runs it was between "
        f"{_short(found.low)} and {_short(found.high)}."
    )


def _ties(quantity: Compared) -> int:
    """Return in how many seeds two arms are equal of which one is to be above the other."""
    strict = all(operator in "<>" and limit == 0 for operator, limit in quantity.thresholds)
    is_difference = strict and quantity.thresholds and _MINUS in quantity.label
    return quantity.finite.count(0.0) if is_difference else 0


def _in_two_groups(found: Spread) -> str:
    first, second = found.groups
    return (
        f"around {_short(first.middle)} in {percent(first.share)} and around "
        f"{_short(second.middle)} in {percent(second.share)}"
    )


def _is_constant(quantity: Compared, found: Spread) -> bool:
    return found.is_one_value and len(set(quantity.claim)) == 1


def _short(value: float) -> str:
    return number(value, _DIGITS)


def _attainable(quantities: Sequence[Compared], share: float) -> Iterator[str]:
    """Yield the threshold that the claimed share of these seeds reaches, where there is only one."""
    if len(quantities) != 1 or len(quantities[0].thresholds) != 1:
        return
    (quantity,) = quantities
    ((operator, limit),) = quantity.thresholds
    wanted = math.ceil(share * len(quantity.claim) - 1e-9)
    above = operator in ">≥"
    values = sorted(quantity.finite, reverse=above)
    if not 0 < wanted <= len(values):
        return
    reached = _rounded(values[wanted - 1], down=above)
    reaching = sum(value >= reached if above else value <= reached for value in values)
    # the median has been told, and what all seeds reach though fewer are wanted tells nothing
    if share == _HALF or reaching == len(quantity.claim) > wanted:
        return
    if (reached < limit) if above else (reached > limit):
        sign = "≥" if above else "≤"
        seeds = "All" if reaching == len(quantity.claim) else f"{reaching} of the"
        yield (
            f"{seeds} {count(len(quantity.claim), 'run')} reach {quantity_in_words(quantity.label)} {sign} "
            f"{number(reached, _DIGITS)}, a threshold that is chosen afterwards and describes these runs."
        )


def _rounded(value: float, *, down: bool) -> float:
    """Round to three digits towards the side on which the sentence stays true."""
    if value == 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - _DIGITS + 1)
    return (math.floor if down else math.ceil)(value / unit) * unit
