"""Seeds for claims within the time that a user has: they go where they decide most.

Every claim gets a first look, the cheapest first. From then on the next block goes to the open claim that is
expected to be decided with the least work: so most claims are decided by whenever the time ends. Choosing so,
and looking after every block, costs no error rate: the intervals of shares hold at every number of seeds,
whatever it was that made one stop there (`nnspec.statistics.shares`).
"""

from __future__ import annotations

import itertools
import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Evidence, Judgement
from nnspec.claims.reading import OPEN, found_verdict, is_settled
from nnspec.session.plan import Plan
from nnspec.statistics.looks import blocks

NO_TIME = "no time was left for it: its first {seeds} seeds take about {seconds:.2g} s of a core"
MORE_TIME = "the time did not decide it; about {seeds:,} more seeds would, {seconds:.2g} s of a core"
STILL_OPEN = "the time did not decide it, and going on like this no number of seeds of the budget would"
Judge = Callable[[Plan, Sequence[int]], Judgement]
Begin = Callable[[Plan, Sequence[int]], None]
Told = Callable[[int, int, float], None]
_COMPILING = 4.0  # seconds of a core before the first seeds of a claim
_AHEAD = 3  # claims whose next block is trained while one is judged


@dataclass
class Share:
    """What one claim has got: `given` seeds of its plan, and the work that it still seems to need.

    `left` are seconds of a core, infinite where no number of seeds would decide it, 0 where it is decided.
    """

    plan: Plan
    looks: Sequence[int]
    given: int = 0
    left: float = 0.0

    @property
    def next_look(self) -> int:
        """The number of seeds after the next block, that of now where there is no more."""
        return next((look for look in self.looks if look > self.given), self.given)

    @property
    def work(self) -> float:
        """Seconds of a core that the training of the next block is expected to take."""
        return (self.next_look - self.given) * self.plan.cost

    def seconds(self, factor: float) -> float:
        """Return the same with what is compiled first, where seeds take `factor` times what is expected."""
        return factor * self.work + _COMPILING * (self.given == 0)


class Allotment:
    """Shares out `seconds` among the claims of a run, once; `told` follows it, see `allotted`."""

    def __init__(self, seconds: float, told: Told) -> None:
        self.is_done = False
        self._seconds, self._told = seconds, told
        self._shares: dict[int, Share] = {}  # by the id() of a claim, which its plan keeps

    def share_out(self, plans: Iterable[Plan], judge: Judge, begin: Begin) -> list[Plan]:
        """Return the plans with the seeds that each claim got, trained within the time."""
        self.is_done = True
        shares = allotted(plans, time.perf_counter() + self._seconds, judge, begin, self._told)
        self._shares = {id(share.plan.claim): share for share in shares}
        return [
            share.plan._replace(seeds=share.plan.seeds[: share.given], most=len(share.plan.seeds))
            for share in shares
        ]

    def why_open(self, claim: Claim) -> str:
        """Return why a claim was left out or open, and what would decide it, empty of one that is decided."""
        share = self._shares.get(id(claim))
        if share is None or (share.given and not share.left):
            return ""
        if not share.given:
            return NO_TIME.format(seeds=share.next_look, seconds=share.work)
        if not math.isfinite(share.left):
            return STILL_OPEN
        return MORE_TIME.format(seeds=round(share.left / share.plan.cost), seconds=share.left)


def allotted(
    plans: Iterable[Plan],
    deadline: float,
    judge: Judge,
    begin: Begin,
    told: Told = lambda decided, left, seconds: None,
) -> list[Share]:
    """Return how many seeds each claim got until the deadline, a time of `time.perf_counter`.

    `judge` judges a claim by seeds and `begin` begins to train them. `told` is called with how many claims
    are decided, how many are open, and the seconds that are left. A claim that raises an error gets no more
    seeds, and costs the others nothing: its error is told when it is its turn.
    """
    shares = [Share(plan, [*itertools.accumulate(blocks(len(plan.seeds), plan.at_a_time))]) for plan in plans]
    factor, cores = 1.0, len(os.sched_getaffinity(0))
    trained = expected = 0.0  # seconds of a core, without what was compiled
    while True:
        seconds = deadline - time.perf_counter()
        waiting = [one for one in shares if one.next_look > one.given and (one.left or not one.given)]
        fit = [one for one in waiting if one.seconds(factor) <= cores * seconds]
        # the first look of all comes first, the cheapest before others; what is too close to call comes last
        fit.sort(key=lambda one: (one.given > 0, one.left if one.given else one.work))
        if not fit:
            return shares
        for one in fit[: 1 + _AHEAD]:
            begin(one.plan, one.plan.seeds[one.given : one.next_look])
        chosen = fit[0]
        chosen.given = chosen.next_look
        try:
            found = judge(chosen.plan, chosen.plan.seeds[: chosen.given])
            chosen.left = work_left(found, chosen)
        except Exception:
            chosen.left = 0.0
            continue
        trained += found.seconds
        expected += len(found.evidence.answers) * chosen.plan.cost
        factor = trained / expected
        decided = sum(one.given > 0 and not one.left for one in shares)
        told(decided, len(shares) - decided, max(0.0, deadline - time.perf_counter()))


def work_left(judgement: Judgement, share: Share) -> float:
    """Return the seconds of a core until a judgement is settled, if the seeds go on so; see `Share`."""
    other = judgement.counterfactual
    parts = [judgement.evidence]
    if other is not None and judgement.claim.reading == "general" and not judgement.claim.has_null:
        parts.append(other)
    needed = max(needed_seeds(judgement.claim, one, share.looks) for one in parts)
    placed = min(share.plan.placed, len(share.plan.seeds)) if judgement.claim.documented else 0
    return max(0.0, max(needed, placed) - share.given) * share.plan.cost


def needed_seeds(claim: Claim, evidence: Evidence, looks: Sequence[int]) -> float:
    """Return at how many seeds a verdict is settled if as many say yes as did, infinity if at no look.

    Of all yes or all no half a seed is taken back, as the next ones may say otherwise.
    """
    seeds, yes = len(evidence.answers), evidence.successes
    if is_settled(claim.reading, evidence.verdict):
        return float(seeds)
    share = (yes + 0.5) / (seeds + 1)

    def is_enough(look: int) -> bool:
        found = found_verdict(claim.reading, claim.share, round(share * look), look, evidence.error_rate)
        return found != OPEN and is_settled(claim.reading, found)

    return float(next((look for look in looks if look > seeds and is_enough(look)), float("inf")))
