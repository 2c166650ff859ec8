"""Numbers and verdicts in plain words, as the report says them."""

from __future__ import annotations

from nnspec.results.claim_result import SYMBOLS as SYMBOLS
from nnspec.results.claim_result import ClaimResult, Counterfactual, Interval, PlacedFigure
from nnspec.statistics.power import Resolution

_CENTRAL = (2.5, 97.5)  # per cent, between which a figure is typical
_SPACE = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


def number(value: float | None, digits: int = 4) -> str:
    """Return `value` with so many significant digits, a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}g}".replace("-", "−")


def percent(share: float | None) -> str:
    """Return a share (0 … 1) in percent; one decimal only where 0 % or 100 % would be untrue."""
    if share is None:
        return "–"
    whole = round(100 * share)
    exact = 1 <= whole <= 99 or share in (0, 1)
    return (f"{whole}" if exact else f"{min(max(100 * share, 0.1), 99.9):.1f}") + f"{_SPACE}%"


def interval(ends: Interval, claimed: float | None = None) -> str:
    """Return an interval of shares (0 … 1) in percent, with decimals only if needed.

    They are needed where a rounded end would seem to be the `claimed` share without being it.
    """
    shown = [f"{100 * end:.0f}" for end in ends]
    for digits in range(4):
        shown = [f"{100 * end:.{digits}f}" for end in ends]
        if claimed is None or f"{100 * claimed:.{digits}f}" not in shown or claimed in ends:
            break
    return f"{shown[0]}–{shown[1]}{_SPACE}%"


def duration(seconds: float | None) -> str:
    """Return a time (seconds) in days, hours, minutes or seconds, whichever reads best."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return f"{seconds:.1f}{_SPACE}s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return f"{seconds / 86400:,.1f}{_SPACE}days"
    if hours:
        return f"{hours}{_SPACE}h {minutes}{_SPACE}min"
    return f"{minutes}{_SPACE}min {rest}{_SPACE}s" if minutes else f"{rest}{_SPACE}s"


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return an amount with its noun: 1 seed, 9,000 seeds."""
    return f"{amount:,}{_SPACE}{noun if amount == 1 else plural or noun + 's'}"


def ordinal(rank: float | None) -> str:
    """Return a percentile (0 … 100) as an ordinal: 84th; a dash where there is none."""
    if rank is None:
        return "–"
    whole = round(rank)
    last = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{last}"


def place_in_words(figure: PlacedFigure) -> str:
    """Return where a documented figure lies among those of the seeds."""
    place = f"{ordinal(figure.percentile)} percentile"
    if figure.gap:
        low, high = figure.gap
        return f"{place}, not typical: no seed lies between {number(low)} and {number(high)}"
    if figure.typical:
        return f"{place}, typical"
    return f"{place}, not typical" if surely_atypical(figure) else f"{place}, not clearly typical"


def surely_atypical(figure: PlacedFigure) -> bool:
    """Whether a documented figure is none of the central 95 % by the interval of its percentile too."""
    if figure.typical:
        return False
    low, high = figure.percentile_interval or (figure.percentile,) * 2
    return bool(figure.gap) or high < _CENTRAL[0] or low > _CENTRAL[1]


def evidence(found: ClaimResult | Counterfactual, claimed: float | None = None) -> str:
    """Return how many seeds say yes, with share and interval: 66 of 256 seeds (26 %, interval 20–33 %)."""
    return said_yes(found.successes or 0, found.seeds or 0, found.interval, claimed)


def said_yes(successes: int, seeds: int, ends: Interval | None, claimed: float | None = None) -> str:
    """Return as `evidence` how many of how many seeds say yes."""
    share = percent(successes / seeds if seeds else None)
    within = f", interval {interval(ends, claimed)}" if ends else ""
    return f"{successes:,} of {count(seeds, 'seed')} ({share}{within})"


def sentence(claim: ClaimResult) -> str:
    """Return what the verdict of a claim rests on, to be read after the verdict and a colon."""
    if claim.verdict == "error":
        return "the claim could not be judged."
    if claim.verdict == "skipped":
        return "the claim was not examined in this run."
    if claim.seeds is None:
        return "as stated." if claim.verdict == "holds" else "not as stated."
    claimed = claim.claimed_share
    found = evidence(claim, claimed)
    if claimed is None:
        return f"{found}."
    wanted = "all" if claimed == 1 else f"at least {percent(claimed)}"
    if claim.verdict == "refuted":
        return f"{found}, where {wanted} are claimed."
    if claim.verdict == "undecided":
        return f"{found}; {wanted} are claimed, which the interval leaves open."
    return f"{found}, and {wanted} are claimed."


def counterfactual_sentence(counterfactual: Counterfactual, verdict: str = "holds") -> str:
    """Return how the counterfactual of a claim of this verdict came out, and whether as it must."""
    found = f"{counterfactual.verdict}, {evidence(counterfactual)}"
    if counterfactual.verdict == "refuted":
        why = ": without its cause the claim fails" if verdict == "holds" else ""
        return f"{found}, as it must be{why}."
    return f"{found}. It must be refuted; so far the claim may pass without its cause."


def counterfactual_alarm(verdict: str) -> str:
    """Return what it means that a counterfactual is not refuted, without a full stop."""
    if verdict == "holds":
        return "The counterfactual holds too, so that its cause is not what makes the claim true"
    return f"The counterfactual is {verdict}, so that it is open whether its cause makes the claim true"


def resolution_sentence(resolution: Resolution) -> str:
    """Return which true shares a verdict is likely to decide."""
    low, high, chance = resolution.refuted_up_to, resolution.holds_from, resolution.chance
    parts = [f"is refuted if the true share is at most {percent(low)}" if low is not None else ""]
    parts += [f"holds if it is at least {percent(high)}" if high is not None else ""]
    said = " and ".join(filter(None, parts)) or "leaves every true share open"
    return f"With a probability of {percent(chance)} this budget of seeds decides: the claim {said}."
