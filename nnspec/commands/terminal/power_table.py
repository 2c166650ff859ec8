"""The power of the claims' verdicts as a table, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from nnspec.claims import budget
from nnspec.claims.reading import fewest_seeds
from nnspec.results.claim_result import Declared
from nnspec.statistics.power import Power, Resolution, power, resolution

TRUE_SHARES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)

COSTS = (0.003, 0.3, 10.0)  # seconds of a core: circles, long training on points in the plane, images


@dataclass(frozen=True)
class ClaimedShare:
    """What verdicts on a claimed share can tell, which `claims` have, with so many seeds at most.

    `cost` is how many seconds of a core a seed takes.
    """

    claimed_share: float
    claims: int
    cost: float
    most_seeds: int
    at_a_time: int
    error_rate: float
    resolution: Resolution
    powers: tuple[Power, ...]


def powers(records: Sequence[Declared], error_rate: float, name: str) -> list[ClaimedShare]:
    """Return the power for every claimed share among the records, where a seed costs little and where much.

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
        for cost, at_a_time in zip(COSTS, budget.AT_A_TIME, strict=True):
            fewest = fewest_seeds(share, error_rate, at_a_time, budget.DECIDED_BY)
            most = len(chosen.seeds_for(cost, at_a_time, fewest=fewest))
            if not most:
                continue
            seeds = {"most_seeds": most, "at_a_time": at_a_time}
            found.append(
                ClaimedShare(
                    share,
                    shares[share],
                    cost,
                    seeds["most_seeds"],
                    seeds["at_a_time"],
                    error_rate,
                    resolution(share, error_rate, **seeds),
                    tuple(power(true, share, error_rate, **seeds) for true in TRUE_SHARES),
                )
            )
    return found


def as_json(found: Sequence[ClaimedShare]) -> str:
    """Return everything as a JSON list, an entry for each claimed share and cost of a seed."""
    return json.dumps([asdict(one) for one in found], indent=1)


def table(found: Sequence[ClaimedShare]) -> str:
    """Return for every claimed share what is decided, and the median number of seeds by true share."""
    if not found:
        return "no claim is judged over seeds"
    heads = "".join(f"{true:>6.0%}" for true in TRUE_SHARES)
    lines = [
        f"Error rate of a verdict {found[0].error_rate:.2g}. By the true share, the number of seeds until "
        "half of the runs are decided;",
        "a dash where most stay undecided within the budget. What a seed costs is in seconds of a core.",
        "",
        f"claimed  claims  a seed  seeds {heads}  {found[0].resolution.chance:.0%} decided if",
    ]
    for one in found:
        seeds = "".join(f"{'–' if p.seeds is None else p.seeds:>6}" for p in one.powers)
        cost = f"{one.cost:g} s"
        lines.append(
            f"{one.claimed_share:>7.0%}  {one.claims:>6}  {cost:>6}  {one.most_seeds:>5} {seeds}"
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
