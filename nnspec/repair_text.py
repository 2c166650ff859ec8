"""A search for a repair in words: what was found, what it is worth and what was tried."""

from __future__ import annotations

from nnspec.neighbourhood import UNCHANGED, Change
from nnspec.repair_record import Confirmation, Counted, Repair, Trial


def sentences(found: Repair) -> list[str]:
    """Return what was found, in sentences for the author of the claim."""
    one = found.found
    others = [f"Not confirmed: {tested(found, other)}." for other in found.confirmations if other != one]
    if one is None:
        share = f"{found.claimed_share:.0%}"
        return [
            f"No change that was tried is confirmed to make it true of at least {share} of the seeds.",
            f"As documented: {counted(found, found.before)}.",
            *others,
        ]
    return [
        f"The smallest change that is confirmed: {one.change}.",
        f"As documented: {counted(found, found.before)}; with the change: {counted(found, one.counted)}. All "
        "are fresh seeds that took no part in the choice. The counterfactual, changed alike, is refuted.",
        *others,
    ]


def counted(found: Repair, some: Counted) -> str:
    """Return how many seeds said yes, with the share and its interval."""
    low, high = found.interval(some)
    return (
        f"{some.successes} of {some.seeds} seeds say yes ({100 * some.share:.1f} %, interval "
        f"{100 * low:.1f} to {100 * high:.1f} %)"
    )


def tested(found: Repair, one: Confirmation) -> str:
    """Return what fresh seeds said of a change."""
    other = {"holds": "; so does its counterfactual", "undecided": "; its counterfactual is undecided"}
    verdict = {"holds": "the claim holds", "refuted": "the claim is refuted", "undecided": "undecided"}
    end = other.get(one.counterfactual, "")
    return f"{one.change}: {verdict[one.verdict]}, {counted(found, one.counted)}{end}"


def tried(one: Trial) -> str:
    """Return what the seeds that choose said of a change, in a line."""
    if one.counted is None:
        return f"     –            {name(one.change)}: {one.problem}"
    return f"{one.counted.share:6.1%}  {one.counted.successes:3} of {one.counted.seeds:3}  {name(one.change)}"


def name(change: Change) -> str:
    """Return what a change is called beside others."""
    return "as documented" if change == UNCHANGED else str(change)
