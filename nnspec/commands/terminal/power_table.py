"""The power of the claims' verdicts as a table, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from nnspec.claims import budget
from nnspec.results.claim_result import Declared
from nnspec.statistics.power import Power, Resolution, power, resolution

TRUE_SHARES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)


@dataclass(frozen=True)
class ClaimedShare:
    """What verdicts on a claimed share can tell, which `claims` have, with so many seeds at most."""

    claimed_share: float
    claims: int
    costly: bool
    most_seeds: int
    at_a_time: int
    error_rate: float
    resolution: Resolution
    powers: tuple[Power, ...]


def powers(records: Sequence[Declared], error_rate: float, name: str) -> list[ClaimedShare]:
    """Return the power for every claimed share among the records, with plain and with costly recipes.

    `error_rate` is that of one verdict, `name` the name of the budget.

    Raises
    ------
    InvalidValue
        If there is no such budget.
    """
    chosen = budget.parse(name, None)
    shares = Counter(r.claimed_share for r in records if r.claimed_share is not None)
    found = []
    for share in sorted(shares):
        for costly, level in ((False, 0), (True, 2)):
            seeds = {"most_seeds": len(chosen.seeds_for(level)), "at_a_time": budget.AT_A_TIME[level]}
            found.append(
                ClaimedShare(
                    share,
                    shares[share],
                    costly,
                    seeds["most_seeds"],
                    seeds["at_a_time"],
                    error_rate,
                    resolution(share, error_rate, **seeds),
                    tuple(power(true, share, error_rate, **seeds) for true in TRUE_SHARES),
                )
            )
    return found


def as_json(found: Sequence[ClaimedShare]) -> str:
    """Return everything as a JSON list, an entry for each claimed share and kind of recipe."""
    return json.dumps([asdict(one) for one in found], indent=1)


def table(found: Sequence[ClaimedShare]) -> str:
    """Return for every claimed share what is decided, and the median number of seeds by true share."""
    if not found:
        return "no claim is judged over seeds"
    heads = "".join(f"{true:>6.0%}" for true in TRUE_SHARES)
    lines = [
        f"Error rate of a verdict {found[0].error_rate:.2g}. By the true share, the number of seeds until "
        "half of the runs are decided;",
        "a dash where most stay undecided within the budget.",
        "",
        f"claimed  claims  recipes  seeds {heads}  {found[0].resolution.chance:.0%} decided if",
    ]
    for one in found:
        seeds = "".join(f"{'–' if p.seeds is None else p.seeds:>6}" for p in one.powers)
        kind = "costly" if one.costly else "plain"
        lines.append(
            f"{one.claimed_share:>7.0%}  {one.claims:>6}  {kind:7}  {one.most_seeds:>5} {seeds}"
            f"  {_decided(one.resolution)}"
        )
    return "\n".join(lines)


def _decided(found: Resolution) -> str:
    parts = []
    if found.refuted_up_to is not None:
        parts.append(f"≤ {100 * found.refuted_up_to:.1f} %")
    if found.holds_from is not None:
        parts.append(f"≥ {100 * found.holds_from:.1f} %")
    return " or ".join(parts) or "never"
