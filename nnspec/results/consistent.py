"""Whether results agree with themselves: a number that somebody has changed is told by the field's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.claims.document import document_key
from nnspec.claims.reading import MORE_THAN_HALF, checked_verdict, found_verdict
from nnspec.results.claim_result import ClaimResult, Results, check_counts
from nnspec.statistics.scales import as_well
from nnspec.statistics.shares import check_share

_ROUND_OFF = 1e-9


def check_possible(results: Results) -> None:
    """Check that every number of results is one that it can be.

    Raises
    ------
    InvalidValue
        If a name stands twice, a time is negative, or a share, a percentile or an interval is impossible.
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
        if claim.expected:
            checked_verdict(name.rstrip(": "), claim.expected, claim.reading or "general")
        counted = {
            field: getattr(claim, field) for field in ("successes", "share", "interval", "claimed_share")
        }
        if claim.seeds is None or claim.reading != "general":
            del counted[
                "claimed_share"
            ]  # is declared, also where nothing could be counted, or nothing claimed
        for field, value in counted.items():
            if (value is None) != (claim.seeds is None):
                expected = "nothing, as for the seeds" if claim.seeds is None else "a value, as for the seeds"
                raise InvalidValue(f"{name}{field}", value, expected)
        if claim.seeds is None or claim.successes is None:
            continue
        share = check_share(
            MORE_THAN_HALF if claim.claimed_share is None else claim.claimed_share, f"{name}claimed_share"
        )
        for one in claim.values:
            if len(one.claim) != claim.seeds:
                raise InvalidValue(
                    f"{name}values: {one.label}", f"{len(one.claim)} values", f"{claim.seeds}, one a seed"
                )
        if claim.share is not None and abs(claim.share - claim.successes / claim.seeds) > _ROUND_OFF:
            raise InvalidValue(f"{name}share", claim.share, f"{claim.successes} of {claim.seeds}")
        if (
            claim.interval is not None
            and not claim.interval[0] <= claim.successes / claim.seeds <= claim.interval[1]
        ):
            raise InvalidValue(
                f"{name}interval", list(claim.interval), f"one around {claim.successes} of {claim.seeds}"
            )
        terms = claim.reading, share, rate
        _check_verdict(name, claim.told, claim.successes, claim.seeds, *terms)
        if (other := claim.counterfactual) is not None and other.verdict != "placed":
            _check_verdict(f"{name}counterfactual: ", other.verdict, other.successes, other.seeds, *terms)
        for label, figure in claim.figures.items():
            found = as_well(figure.as_well, figure.seeds, rate)
            if figure.places != found:
                told = ", ".join(found)
                raise InvalidValue(
                    f"{name}figures: {label}: places", list(figure.places), f"{told}, as counted"
                )


def _check_claim(claim: ClaimResult) -> None:
    name = f"{claim.key}: "
    _within(f"{name}training_seconds", claim.training_seconds, 0)
    _within(f"{name}claimed_share", claim.claimed_share, 0, 1)
    _ordered(f"{name}interval", claim.interval, 0, 1)
    for label, figure in claim.figures.items():
        check_counts(f"{name}figures: {label}: ", figure.seeds, figure.as_well)
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
) -> None:
    if verdict in ("error", "skipped"):
        return
    found = found_verdict(reading, claimed_share, successes, seeds, error_rate)
    if verdict != found:
        expected = f"{found}, by {successes} of {seeds} seeds and a claimed share of {claimed_share:.3g}"
        raise InvalidValue(f"{name}verdict", verdict, expected, "the file was changed after it was written")


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
