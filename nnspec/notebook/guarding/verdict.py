"""How a test of a notebook ends: it passes, fails or is skipped, each with what there is to say.

A figure passes while it is not lucky, unlucky or out of reach, and an order while more than few runs have it;
the stricter rule, `usual`, asks that a figure may be usual and an order more than a coin toss. What the
notebook no longer does, an epoch that its code does not train or a cell that fails, has failed; what nnspec
cannot train or place, a stream of files for example, is skipped with the reason. So is what would fail where
the notebook draws its data anew in each run: another split would explain it as well as a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nnspec.notebook.guarding.guarded import Found, Guarded
from nnspec.notebook.guarding.listed import ListedFigure, ListedOrder, printed_order
from nnspec.notebook.repeating.together import LEVEL, FitTogether
from nnspec.results.claim_result import ClaimResult
from nnspec.statistics.scales import HOW_OFTEN, MOST_WORDS, OUT_OF_REACH, in_words

_STRANGE = {"lucky", "unlucky", OUT_OF_REACH}
_TOO_FEW = "{seeds} seeds leave open where it lies; --nnspec-budget full takes more"
_UNTOLD = "not judged, as other data would explain it too"
_CHANGED = "the library, the data or the recipe has changed"
Ending = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True)
class Verdict:
    """How a test ends, and why; of one that passed, what was found."""

    ending: Ending
    told: str


def of_figure(listed: ListedFigure, guarded: Guarded, rule: str) -> Verdict:
    """Return how the test of a printed figure ends."""
    found, figure = guarded.found[listed.name], listed.figure
    printed = f"cell [{figure.cell}] prints {figure.metric} {figure.printed}{' %' * figure.percent}"
    if found.result is None:
        return _without(printed, found)
    places = set(_places(found.result))
    if len(places) > MOST_WORDS:
        return Verdict("skipped", f"{printed}; {_TOO_FEW.format(seeds=found.result.seeds)}")
    fails = places <= _STRANGE or (rule == "usual" and "usual" not in places)
    told = f"{printed}; {_share(found.result)} do as well: {in_words(_places(found.result))}"
    if found.reader is not None:
        low, half, high = found.reader
        told += f"; a reader gets {half:.4g}, {low:.4g} to {high:.4g} in nine of ten runs"
    if fails and (why := _other_data(guarded, found.fit)):
        return Verdict("skipped", f"{told}; {why}")
    return (
        Verdict("failed", f"{told}\n{_cause(found, guarded, figure.cell)}")
        if fails
        else Verdict("passed", told)
    )


def suspects(guarded: Guarded) -> set[int]:
    """Return the fits of which a figure or an order, or all figures together, would fail."""
    found = {one.fit for one in guarded.together.changed} if guarded.together.can_tell else set()
    for one in (*guarded.found.values(), *guarded.others.values()):
        if one.result is not None and one.fit is not None:
            places = set(_places(one.result)) if one.result.figures else set(one.result.places)
            if places and places <= _STRANGE | set(HOW_OFTEN.words[:2]):
                found.add(one.fit)
    return found


def of_order(listed: ListedOrder, guarded: Guarded, rule: str) -> Verdict:
    """Return how the test of a printed order ends."""
    return _of_order(printed_order(listed.first, listed.second), guarded.found[listed.name], guarded, rule)


def of_others(guarded: Guarded, rule: str) -> Verdict:
    """Return how the test of the orders ends that only the run shows: as the worst of them does."""
    found = [_of_order(printed, one, guarded, rule) for printed, one in guarded.others.items()]
    if not found:
        return Verdict("passed", "every order that the run shows is a test of its own")
    endings: tuple[Ending, ...] = ("failed", "skipped", "passed")
    worst = min((one.ending for one in found), key=endings.index)
    return Verdict(worst, "\n".join(one.told for one in found if one.ending == worst))


def _of_order(printed: str, found: Found, guarded: Guarded, rule: str) -> Verdict:
    if found.result is None:
        return _without(printed, found)
    places = found.result.places
    if not 0 < len(places) <= MOST_WORDS:
        return Verdict("skipped", f"{printed}; {_TOO_FEW.format(seeds=found.result.seeds)}")
    rare, more = set(HOW_OFTEN.words[:2]), set(HOW_OFTEN.words[3:])
    fails = set(places) <= rare or (rule == "usual" and not set(places) & more)
    told = f"{printed}; {_share(found.result)} have this order: {in_words(places)}"
    if fails and (why := _other_data(guarded, found.fit)):
        return Verdict("skipped", f"{told}; {why}")
    return Verdict("failed" if fails else "passed", told)


def of_all(guarded: Guarded) -> Verdict:
    """Return how the test of all figures together ends: it fails where the notebook has changed."""
    gone = dict.fromkeys(one.why for one in guarded.found.values() if one.changed)
    gone |= dict.fromkeys(one.rstrip(".") for one in guarded.gone)
    if gone:
        return Verdict("failed", "what printed some figures is no longer done: " + "; ".join(gone))
    together = guarded.together
    changed = [one for one in together.changed if not _other_data(guarded, one.fit)]
    if together.changed and not changed:
        told = "; ".join(
            f"the {_of(one)} are not such as runs give (p = {one.p:.2g}); {_other_data(guarded, one.fit)}"
            for one in together.changed
        )
        return Verdict("skipped", told)
    if changed:
        told = "; ".join(f"the {_of(one)} are not: p = {one.p:.2g}" for one in changed)
        return Verdict(
            "failed",
            f"the printed figures are not such as runs give, and not by chance: {told}; {_CHANGED}"
            f"{_findings(guarded)}",
        )
    if not together.fits:
        why = dict.fromkeys(one.why for one in guarded.found.values() if one.why)
        told = "; ".join(why) or "none is printed"
        return Verdict("skipped", f"no printed figure could be compared with runs: {told}")
    if not together.can_tell:
        seeds = min(one.seeds for one in together.fits)
        needed = round(2 * len(together.fits) / LEVEL)
        told = f"{seeds} seeds cannot tell a change from chance; it takes {needed}: --nnspec-budget full"
        return Verdict("skipped", told)
    return Verdict("passed", "; ".join(f"{_of(one)}: p = {one.p:.2g}" for one in together.fits))


def _other_data(guarded: Guarded, fit: int | None) -> str:
    """Return why a figure of a fit cannot be told to have changed; empty where it can."""
    why = next((one.why for one in guarded.other_data if one.fit == fit), "")
    return f"{_UNTOLD}: {why}. Seed what draws them, as by random_state=0, and it is tested" if why else ""


def _without(printed: str, found: Found) -> Verdict:
    return Verdict("failed" if found.changed else "skipped", f"{printed}; not judged: {found.why}")


def _cause(found: Found, guarded: Guarded, cell: int) -> str:
    """Return whether chance explains a figure that is out of the ordinary."""
    together = next((one for one in guarded.together.fits if one.fit == found.fit), None)
    if together is None or not guarded.together.can_tell:
        return "whether that is chance so many seeds cannot tell"
    if together in guarded.together.changed:
        return (
            f"not chance: the {_of(together)} are not such as runs give (p = {together.p:.2g}); {_CHANGED}"
            f"{_findings(guarded, cell)}"
        )
    return f"chance: the {_of(together)} are such as runs give (p = {together.p:.2g}); this one is a rare one"


def _findings(guarded: Guarded, cell: int | None = None) -> str:
    """Return what else does not fit in the notebook, or in one of its cells."""
    named: Sequence[str] = [one for one in guarded.findings if cell is None or f"[{cell}]" in one]
    return "".join(f"; {one}" for one in named[:3])


def _of(together: FitTogether) -> str:
    return f"{together.figures} figures of fit {together.fit} together among {together.seeds} runs"


def _places(result: ClaimResult) -> tuple[str, ...]:
    return next(iter(result.figures.values())).places


def _share(result: ClaimResult) -> str:
    low, high = result.interval or (0.0, 1.0)
    return f"{result.successes} of {result.seeds} runs ({low:.1%} to {high:.1%})"
