"""Whether results agree with themselves: a number that somebody has changed is told by the field's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nnspec.basics.errors import InvalidValue, one_of, whole_number
from nnspec.claims.document import document_key
from nnspec.claims.reading import (
    MORE_THAN_HALF,
    OPEN,
    READINGS,
    checked_verdict,
    found_verdict,
    places_of,
)
from nnspec.results.claim_result import ClaimResult, Interval, Results, check_counts
from nnspec.statistics.scales import as_well
from nnspec.statistics.shares import check_share

_ROUND_OFF = 1e-9


def check_possible(results: Results) -> None:
    """Check that every number of results is one that it can be.

    Raises
    ------
    InvalidValue
        If a name stands twice, a time is negative, or a share, a count or an interval is impossible.
    """
    keys = Counter(claim.key for claim in results.claims)
    if (twice := next((key for key, number in keys.items() if number > 1), None)) is not None:
        raise InvalidValue("id", twice, "every id and part once")
    _within("error_rate", results.error_rate, 0, 1)
    _within("seconds", results.seconds, 0)
    for claim in results.claims:
        _check_claim(claim)


def check_counted(results: Results) -> None:
    """Check that shares and verdicts are those of the counts, which needs no training.

    Raises
    ------
    InvalidValue
        If one is not.
    """
    rate = results.error_rate / whole_number("verdicts", results.verdicts)
    for claim in results.claims:
        name = f"{claim.key}: "
        document_key(f"{name}document", claim.document)
        _check_presence(name, claim)
        one_of(f"{name}reading", claim.reading, ("", *READINGS) if claim.seeds is None else READINGS)
        if claim.expected:
            checked_verdict(f"{name}expected", claim.expected, claim.reading or "general")
        if claim.seeds is not None and claim.successes is not None:
            _check_counts_of(name, claim, claim.seeds, claim.successes, rate)


def _check_presence(name: str, claim: ClaimResult) -> None:
    """Check that what is counted is there if there are seeds, and not otherwise."""
    fields = ("successes", "share", "interval", "claimed_share")
    for field, value in {field: getattr(claim, field) for field in fields}.items():
        expected = "nothing, as for the seeds" if claim.seeds is None else "a value, as for the seeds"
        missing = claim.seeds is None
        if field == "claimed_share":  # is declared, also where nothing could be counted
            if claim.reading == "general" and missing:
                continue
            if claim.reading in ("one case", "figure"):
                missing, expected = True, f"nothing, as {claim.reading} is held to no share"
        if (value is None) != missing:
            raise InvalidValue(f"{name}{field}", value, expected)


def _check_counts_of(name: str, claim: ClaimResult, seeds: int, successes: int, rate: float) -> None:
    claimed = MORE_THAN_HALF if claim.claimed_share is None else claim.claimed_share
    terms = claim.reading, check_share(claimed, f"{name}claimed_share"), rate
    for one in claim.values:
        if len(one.claim) != seeds:
            raise InvalidValue(
                f"{name}values: {one.label}", f"{len(one.claim)} values", f"{seeds}, one a seed"
            )
    if claim.share is not None and abs(claim.share - successes / seeds) > _ROUND_OFF:
        raise InvalidValue(f"{name}share", claim.share, f"{successes} of {seeds}")
    _around(f"{name}interval", claim.interval, successes, seeds)
    places = _check_verdict(name, claim.verdict, successes, seeds, *terms)
    if claim.places != places:
        expected = f"{', '.join(places) or 'none'}, by {successes} of {seeds} seeds"
        raise InvalidValue(f"{name}places", list(claim.places), expected)
    if (other := claim.counterfactual) is not None:
        label = f"{name}counterfactual: "
        _check_verdict(label, other.verdict, other.successes, other.seeds, *terms)
        _around(f"{label}interval", other.interval, other.successes, other.seeds)
    for what, figure in claim.figures.items():
        label = f"{name}figures: {what}: "
        if figure.seeds != seeds:
            raise InvalidValue(f"{label}seeds", figure.seeds, f"{seeds}, those of the claim")
        _around(f"{label}interval", figure.interval, figure.as_well, figure.seeds)
        if figure.places != (found := as_well(figure.middle, figure.seeds, rate)):
            raise InvalidValue(f"{label}places", list(figure.places), f"{', '.join(found)}, as counted")


def _check_claim(claim: ClaimResult) -> None:
    name = f"{claim.key}: "
    _within(f"{name}training_seconds", claim.training_seconds, 0)
    _within(f"{name}claimed_share", claim.claimed_share, 0, 1)
    _ordered(f"{name}interval", claim.interval, 0, 1)
    for label, figure in claim.figures.items():
        check_counts(f"{name}figures: {label}: ", figure.seeds, figure.as_well)
        _within(f"{name}figures: {label}: equal", figure.equal, 0, figure.as_well)
        _ordered(f"{name}figures: {label}: interval", figure.interval, 0, 1)
        _ordered(f"{name}figures: {label}: quantiles", figure.quantiles)
        _ordered(f"{name}figures: {label}: median_interval", figure.median_interval)
        _ordered(f"{name}figures: {label}: gap", figure.gap)
    if claim.seeds is not None and claim.successes is not None:
        _within(f"{name}diverged", claim.diverged, 0, claim.seeds - claim.successes)
    if claim.counterfactual is not None:
        _ordered(f"{name}counterfactual: interval", claim.counterfactual.interval, 0, 1)


def _check_verdict(
    name: str, verdict: str, successes: int, seeds: int, reading: str, claimed_share: float, error_rate: float
) -> tuple[str, ...]:
    """Check a verdict against its counts; return the places, none where it is not placed."""
    if verdict in ("error", "skipped"):
        return ()
    found = found_verdict(reading, claimed_share, successes, seeds, error_rate)
    placed = reading != "general" and found != OPEN
    if verdict != ("placed" if placed else found):
        claimed = f" and a claimed share of {claimed_share:.3g}" if reading == "general" else ""
        expected = f"{'placed' if placed else found}, by {successes} of {seeds} seeds{claimed}"
        raise InvalidValue(f"{name}verdict", verdict, expected, "the file was changed after it was written")
    return places_of(found) if placed else ()


def _around(name: str, ends: Interval | None, successes: int, seeds: int) -> None:
    if ends is not None and not ends[0] <= successes / seeds <= ends[1]:
        raise InvalidValue(name, list(ends), f"one around {successes} of {seeds}")


def _within(name: str, value: float | None, low: float, high: float | None = None) -> None:
    if value is not None and not (low <= value and (high is None or value <= high)):
        expected = f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"
        raise InvalidValue(name, value, expected)


def _ordered(
    name: str, ends: Sequence[float] | None, low: float | None = None, high: float | None = None
) -> None:
    if ends is None:
        return
    if list(ends) != sorted(ends):
        raise InvalidValue(name, list(ends), "the lowest first")
    if low is not None and high is not None:
        _within(name, ends[0], low, high)
        _within(name, ends[-1], low, high)
