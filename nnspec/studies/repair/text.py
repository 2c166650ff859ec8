"""A search for a repair in words: what was found, what it is worth and what was tried."""

from __future__ import annotations

import re
from collections import defaultdict

from nnspec.claims.reading import MORE_THAN_HALF
from nnspec.recipes import changes
from nnspec.recipes.changes import Change, Step
from nnspec.studies.repair.record import Confirmation, Counted, Repair, Trial

_PRINTED = {  # where the Keras script has what a change multiplies
    changes.EPOCHS: r"\bepochs=(\d{1,9})\b",
    changes.LEARNING_RATE: r"\blearning_rate=([0-9.e-]{1,12})",
    changes.UNITS: r"\bDense\((\d{1,9})\b",
    changes.BATCH_SIZE: r"\bbatch_size=(\d{1,9})\b",
}
_DEFAULT_RATE = re.compile(r"\boptimizers\.(\w+)\((?!.*learning_rate=)")
_KINDS = {
    changes.EPOCHS: "more epochs",
    changes.LEARNING_RATE: "another learning rate",
    changes.UNITS: "more units",
    changes.BATCH_SIZE: "another batch size",
    changes.INITIALIZATION: "the other initialization",
}
_REASONS = {  # by what the problem on file has in it
    "learning_rates=": "every epoch has a learning rate of its own",
    "initialization=": "not all hidden layers that are compared have the same one",
    "changes something in the recipe": "that would change nothing in the recipe",
    "the predicate does not take it": "the predicate is written for the documented size",
}
_OTHER_REASON = "the recipe does not allow it"


def sentences(found: Repair) -> list[str]:
    """Return what was found, in sentences for the author of the claim."""
    one = found.found
    others = [f"Not confirmed: {tested(found, other)}." for other in found.confirmations if other != one]
    if one is None:
        most = found.claimed_share == MORE_THAN_HALF
        share = "more than half" if most else f"at least {found.claimed_share:.0%}"
        return [
            f"No change that was tried is confirmed to make it true in {share} of the runs.",
            f"As documented: {counted(found, found.before)}.",
            *others,
        ]
    return [
        f"The smallest change that is confirmed: {in_figures(found, one.change)}.",
        f"As documented: {counted(found, found.before)}; with the change: {counted(found, one.counted)}. All "
        "are fresh seeds that took no part in the choice. Without its cause, changed alike, it is refuted.",
        *others,
    ]


def counted(found: Repair, some: Counted) -> str:
    """Return in how many runs it is true, with the share and its interval."""
    low, high = found.interval(some)
    return (
        f"true in {some.successes} of {some.seeds} runs ({100 * some.share:.1f} %, interval "
        f"{100 * low:.1f} to {100 * high:.1f} %)"
    )


def tested(found: Repair, one: Confirmation) -> str:
    """Return what fresh seeds said of a change."""
    other = {"holds": "; also without its cause", "undecided": "; without its cause undecided"}
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
    return "as documented" if change == changes.UNCHANGED else str(change)


def in_figures(found: Repair, change: Change) -> str:
    """Return a change, with what it makes of the numbers in the Keras scripts if their difference is its own.

    Where arms differ in a number, each of their numbers is said: learning rate ×3 (0.03 instead of 0.01).
    """
    if found.found is None or found.found.change != change:
        return str(change)
    lines = [_DEFAULT_RATE.sub(_with_rate, line) for line in found.difference.splitlines()]
    return ", ".join(f"{step}{_figures(step, lines)}" for step in change.steps) or str(change)


def untried(found: Repair) -> str:
    """Return in a sentence which kinds of changes could not be tried and why, empty where all could."""
    problems = {one.change: _reason(one.problem) for one in found.trials if one.counted is None}
    single = {change.steps[0]: why for change, why in problems.items() if len(change.steps) == 1}
    kinds: dict[str, dict[str, None]] = defaultdict(dict)  # sets would lose the order
    for step, why in single.items():
        alike = all(single.get(Step(step.what, factor)) == why for factor in changes.FACTORS[step.what])
        kinds[why][_KINDS[step.what] if alike else str(step)] = None
    for change, why in problems.items():
        if not any(step in single for step in change.steps):  # else it says nothing new
            kinds[why][f"{change} together"] = None
    told = [f"{' and '.join(what)}, because {why}" for why, what in kinds.items()]
    return f"Not tried: {'; '.join(told)}." if told else ""


def _figures(step: Step, difference: list[str]) -> str:
    if step.what not in _PRINTED:
        return ""
    old, new = (
        [float(one) for line in difference if line[:1] == sign for one in _numbers(step.what, line)]
        for sign in "-+"
    )
    pairs = dict.fromkeys((after, before) for before, after in zip(old, new, strict=False) if before != after)
    if len(old) != len(new) or not pairs:
        return ""
    told = ", ".join(f"{_plain(after)} instead of {_plain(before)}" for after, before in pairs)
    return f" ({told})"


def _numbers(what: str, line: str) -> list[str]:
    found = re.findall(_PRINTED[what], line)
    return [one for one in found if re.fullmatch(r"\d+(\.\d*)?(e-?\d{1,2})?", one)]


def _with_rate(optimizer: re.Match[str]) -> str:
    rate = changes.KERAS_LEARNING_RATES.get(optimizer[1])
    return optimizer[0] if rate is None else f"{optimizer[0]}learning_rate={rate:g}, "


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:.3g}"


def _reason(problem: str) -> str:
    return next((why for part, why in _REASONS.items() if part in problem), _OTHER_REASON)
