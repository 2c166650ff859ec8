"""Numbers and verdicts in plain words, as the report says them."""

from __future__ import annotations

import math

from nnspec.claims.reading import MORE_THAN_HALF
from nnspec.results.claim_result import SYMBOLS as SYMBOLS
from nnspec.results.claim_result import ClaimResult, Counterfactual, Interval, PlacedFigure, Results
from nnspec.statistics.power import Resolution
from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, MOST_WORDS, in_words

SPACE = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


def number(value: float | None, digits: int = 4) -> str:
    """Return `value` with so many significant digits, a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}g}".replace("-", "−")


def percent(share: float | None) -> str:
    """Return a share (0 … 1) in percent; one decimal only where 0 % or 100 % would be untrue."""
    if share is None:
        return "–"
    whole = round(100 * share)
    exact = 1 <= whole <= 99 or share in (0, 1)
    return (f"{whole}" if exact else f"{min(max(100 * share, 0.1), 99.9):.1f}") + f"{SPACE}%"


def interval(ends: Interval, claimed: float | None = None) -> str:
    """Return an interval of shares (0 … 1) in percent, with decimals only if needed.

    They are needed where a rounded end would seem to be the `claimed` share without being it.
    """
    shown = [f"{100 * end:.0f}" for end in ends]
    for digits in range(4):
        shown = [f"{100 * end:.{digits}f}" for end in ends]
        if claimed is None or f"{100 * claimed:.{digits}f}" not in shown or claimed in ends:
            break
    return f"{shown[0]}–{shown[1]}{SPACE}%"


def duration(seconds: float | None) -> str:
    """Return a time (seconds) in days, hours, minutes or seconds, whichever reads best."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return f"{seconds:.1f}{SPACE}s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{seconds / 86400:,.1f}{SPACE}days"
    if hours:
        return f"{hours}{SPACE}h {minutes}{SPACE}min"
    return f"{minutes}{SPACE}min {rest}{SPACE}s" if minutes else f"{rest}{SPACE}s"


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return an amount with its noun: 1 seed, 9,000 seeds."""
    return f"{amount:,}{SPACE}{noun if amount == 1 else plural or noun + 's'}"


def place_in_a_table(figure: PlacedFigure) -> str:
    """Return as `place_in_words` where a figure lies, in a column that says what is counted."""
    found = f"{in_words(figure.places) or 'open'}: {figure.as_well:,} of {figure.seeds:,}"
    if figure.middle != figure.as_well:
        found += f", {figure.equal:,} exactly"
    if figure.gap:
        low, high = figure.gap
        return f"{found}; none between {number(low)} and {number(high)}"
    return found


def place_in_words(figure: PlacedFigure) -> str:
    """Return where a documented figure lies among the runs: better than most, 66 of 512 runs do as well."""
    told = in_words(figure.places) or "not placed by so few runs"
    found = f"{told}: {figure.as_well:,} of {count(figure.seeds, 'run')} do at least as well"
    if figure.middle != figure.as_well:
        found += f", {figure.equal:,} of them exactly as well"
    if figure.gap:
        low, high = figure.gap
        return f"{found}; no run lies between {number(low)} and {number(high)}"
    return found


def claimed(share: float | None) -> str:
    """Return what is claimed of the runs: more than half, or at least 90 %."""
    if share is None:
        return ""
    return (
        "more than half" if share == MORE_THAN_HALF else "all" if share == 1 else f"at least {percent(share)}"
    )


def claimed_label(share: float) -> str:
    """Return as `claimed` what is claimed, short enough for a drawing: claimed 90 %."""
    return "claimed " + claimed(share).removeprefix("at least ")


def how_often(ends: Interval | None) -> str:
    """Return how often a share (0 … 1) is that lies in an interval: mostly, or mostly or nearly always."""
    words = HOW_OFTEN.possible(ends) if ends else ()
    return in_words(words) if 0 < len(words) <= MOST_WORDS else ""


def where_it_turns(ends: Interval | None) -> str:
    """Return up to which claimed share (0 … 1) a claim would hold, and from which it would be refuted."""
    if not ends:
        return ""
    low, high = math.floor(100 * ends[0]), math.ceil(100 * ends[1])
    held = f"a claim of up to {low}{SPACE}% would hold" if low > 0 else ""
    failed = f"{'one' if held else 'a claim'} from {high}{SPACE}% would be refuted" if high < 100 else ""
    return ", ".join(filter(None, [held, failed]))


def evidence(found: ClaimResult | Counterfactual, claimed: float | None = None) -> str:
    """Return in how many runs it comes true: 66 of 256 runs (26 %, interval 20–33 %)."""
    return said_yes(found.successes or 0, found.seeds or 0, found.interval, claimed)


def said_yes(successes: int, seeds: int, ends: Interval | None, claimed: float | None = None) -> str:
    """Return as `evidence` in how many of how many runs it comes true."""
    share = percent(successes / seeds if seeds else None)
    within = f", interval {interval(ends, claimed)}" if ends else ""
    return f"{successes:,} of {count(seeds, 'run')} ({share}{within})"


def sentence(claim: ClaimResult) -> str:
    """Return what the verdict of a claim rests on, to be read after the verdict and a colon."""
    if claim.verdict == "error":
        return "the claim could not be judged."
    if claim.verdict == "skipped":
        return "it was skipped in this run."
    if claim.seeds is None:
        return "as stated." if claim.verdict == "holds" else "not as stated."
    found = evidence(claim, claim.claimed_share)
    if claim.reading == "figure":
        where = in_words(AS_WELL.possible(claim.interval)) if claim.interval else ""
        told = f": {where}" if claim.verdict == "undecided" and where else ""
        return f"{found} do at least as well{told}."
    often = how_often(claim.interval)
    if claim.reading == "one case":
        where = in_words(HOW_OFTEN.possible(claim.interval)) if claim.interval else ""
        so_few = f": {where}" if where else "; so few runs do not say how often"
        return f"{found}." if claim.verdict == "placed" else f"{found}{so_few}."
    if claim.claimed_share is None:
        return f"{found}."
    wanted = claimed(claim.claimed_share)
    are = {
        "refuted": f", where {wanted} are claimed",
        "undecided": f"; {wanted} are claimed, which the interval leaves open",
    }.get(claim.verdict, f", and {wanted} are claimed")
    return f"{found}{are}{f': {often}' if often else ''}."


def reading_sentence(reading: str, word: str) -> str:
    """Return what kind of sentence was read, where it is no general one that claims more than half."""
    if word:
        return f"“{word}” makes it more than a sentence claims by itself."
    return _KINDS.get(reading, "")


_KINDS = {
    "one case": "Said of one case, and held to no share.",
    "figure": "A figure of one run: it is placed among the runs.",
}


def counterfactual_sentence(counterfactual: Counterfactual, verdict: str = "holds") -> str:
    """Return how the counterfactual of a claim of this verdict came out, and what is not as it must be."""
    found = f"{counterfactual.verdict}, {evidence(counterfactual)}"
    if verdict == "placed" or counterfactual.verdict == "placed":
        often = how_often(counterfactual.interval)
        return f"{evidence(counterfactual)}{f': {often}' if often else ''}."
    if counterfactual.null:
        holds = " It holds, and must not." if counterfactual.verdict == "holds" else ""
        return f"{evidence(counterfactual)}.{holds}"
    if counterfactual.verdict == "refuted":
        return f"{found}."
    return f"{found}. It must be refuted; so far the claim may come true without its cause."


def counterfactual_alarm(counterfactual: Counterfactual) -> str:
    """Return what it means that a counterfactual is not refuted, without a full stop."""
    verdict = counterfactual.verdict
    if counterfactual.null:
        return "Compared with itself the first comes out so too, so that this is no difference between them"
    if verdict == "holds":
        return "Without its cause the claim holds too, so that the cause is not what makes it true"
    return f"Without its cause the claim is {verdict}, so that it is open whether the cause makes it true"


def resolution_sentence(resolution: Resolution) -> str:
    """Return which true shares a verdict is likely to decide."""
    low, high, chance = resolution.refuted_up_to, resolution.holds_from, resolution.chance
    parts = [f"true shares up to {percent(low)}" if low is not None else ""]
    parts += [f"{'' if low is not None else 'true shares '}from {percent(high)}" if high is not None else ""]
    said = " and ".join(filter(None, parts)) or "no true share"
    return f"{said}, {percent(chance)} of the time"


def terms(results: Results, wrong: str, more: str = "") -> str:
    """Return with what results were found, and at most how likely it is that something is `wrong`."""
    environment = results.environment
    named = [f"{name} {environment[name]}" for name in ("keras", "tensorflow") if environment.get(name)]
    cost = f"{count(results.seeds_trained, 'training')} in {duration(results.seconds)}"
    parts = [f"Budget {results.budget}, {cost}", ", ".join(named), more]
    parts.append(f"the chance that {wrong} is at most {100 * results.error_rate:g} %")
    return "; ".join(filter(None, parts))
