"""Two runs of the claims compared: whose distribution over the seeds has moved, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from nnspec.basics.errors import InvalidValue, real_number
from nnspec.basics.grouping import grouped
from nnspec.claims.reading import agrees, contradicts
from nnspec.results.claim_record import ClaimRecord
from nnspec.results.drift_tests import Test, Tested, every_test, identical
from nnspec.statistics.rank_tests import holm

LEVEL = 0.01
Finding = Literal["moved", "verdict changed", "no change shown", "too few seeds", "identical", "same verdict"]
CHANGES = ("moved", "verdict changed")


class _Versioned(Protocol):
    @property
    def versions(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class ClaimDrift:
    """How a claim changed: its tests, its verdicts in OLD and NEW, and what else a reader must know."""

    key: str
    finding: Finding
    verdicts: tuple[str, str]
    verdict_changed: bool
    tests: tuple[Tested, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """All claims that both runs examined, in the order of NEW, and why others are not compared."""

    level: float
    family: int
    claims: tuple[ClaimDrift, ...]
    not_compared: Mapping[str, str]
    versions: Mapping[str, tuple[str, str]]

    @property
    def changed(self) -> tuple[ClaimDrift, ...]:
        """The claims that moved or whose verdict changed."""
        return tuple(claim for claim in self.claims if claim.finding in CHANGES)


def drift(old: Mapping[str, ClaimRecord], new: Mapping[str, ClaimRecord], *, level: float = LEVEL) -> Drift:
    """Return how the claims that both runs examined have changed.

    The probability that any claim counts as moved although no distribution has changed is at most `level`
    (Holm's correction over all tests of the suite).

    Raises
    ------
    InvalidValue
        If the runs have no examined claim in common or `level` is not from 1e-9 to 0.5.
    """
    level = real_number("level", level, 1e-9, 0.5)
    reasons = {name: "only in NEW" for name in new if name not in old}
    reasons |= {name: "only in OLD" for name in old if name not in new}
    pairs = {name: (old[name], record) for name, record in new.items() if name in old}
    for name, (before, after) in list(pairs.items()):
        if not before.examined or after.verdict == "skipped":
            reasons[name] = f"{before.verdict} in OLD, {after.verdict} in NEW"
            del pairs[name]
    if not pairs:
        received, expected = ", ".join(list(new)[:3]) or "no claim", "a claim that both runs examined"
        raise InvalidValue("NEW", received, expected, "compare two runs of the same claims")
    same = {name for name, both in pairs.items() if identical(*both)}
    tests = [test for name, both in pairs.items() for test in every_test(name, *both)]
    # identical ones count in the family, so that it does not depend on what was found
    adjusted = holm([1.0 if test.key in same else test.found.p for test in tests])
    by_claim = grouped(zip(tests, adjusted, strict=True), lambda pair: pair[0].key)
    levels = level / max(1, len(tests)), level
    claims = tuple(
        _claim(*both, by_claim.get(name, []), name in same, *levels) for name, both in pairs.items()
    )
    return Drift(level, len(tests), claims, reasons, changed_versions(list(pairs.values())))


def _claim(
    old: ClaimRecord,
    new: ClaimRecord,
    tests: Sequence[tuple[Test, float]],
    is_identical: bool,
    strictest: float,
    level: float,
) -> ClaimDrift:
    changed, note = _verdict_changed(old, new)
    found = () if is_identical else tuple(replace(test.found, p=p) for test, p in tests)
    notes = ["all values are identical"] if is_identical and changed else []
    finding: Finding = "no change shown"
    if any(test.p <= level for test in found):
        finding = "moved"
    elif changed:
        finding = "verdict changed"
    elif is_identical:
        finding = "identical"
    elif not found:
        finding = "same verdict"
    elif all(test.least_p > strictest for test, _ in tests):
        finding = "too few seeds"
    notes += [note] if note else []
    if old.counterfactual and new.counterfactual:
        verdicts = old.counterfactual.verdict, new.counterfactual.verdict
        if changed and verdicts[0] != verdicts[1]:
            notes.append(f"counterfactual: {verdicts[0]} → {verdicts[1]}")
    missing = {q.label for q in old.quantities} ^ {q.label for q in new.quantities}
    if missing and old.quantities and new.quantities:
        notes.append("only in one of both: " + ", ".join(sorted(missing)))
    if new.seeds and old.seeds and not (old.quantities and new.quantities):
        notes.append("without values in both, the shares alone are compared")
    return ClaimDrift(new.key, finding, (old.told, new.told), changed, found, tuple(notes))


def _verdict_changed(old: ClaimRecord, new: ClaimRecord) -> tuple[bool, str]:
    """Return whether a verdict, also that of the counterfactual, is contradicted and not just left open."""
    pairs = [(old.told, new.told)]
    one, other = old.counterfactual, new.counterfactual
    if one and other and not (one.null or other.null):  # a null is never decided as it should not be
        pairs.append((one.verdict, other.verdict))
    if any(contradicts(*pair) for pair in pairs):
        return True, ""
    others = [pair for pair in pairs if not agrees(*pair)]
    # other random numbers alone decide a close claim or leave it open
    return False, "undecided on one side, which is no change of verdict" if others else ""


def changed_versions(pairs: Sequence[tuple[_Versioned, _Versioned]]) -> dict[str, tuple[str, str]]:
    """Return the versions that differ, of libraries that both runs tell."""
    return {
        name: (old.versions[name], version)
        for old, new in pairs
        for name, version in new.versions.items()
        if old.versions.get(name, version) != version
    }
