"""Seeds for claims within the time that a user has: they go where they decide most.

Every claim gets a first look, the cheapest first. From then on the next block goes to the open claim that is
expected to be decided with the least work: so most claims are decided by whenever the time ends. Choosing so,
and looking after every block, costs no error rate: the intervals of shares hold at every number of seeds,
whatever it was that made one stop there (`nnspec.statistics.shares`).

What an earlier run has trained takes no time, so a run that goes on begins where that one stopped. A block
that lasts longer than it was expected to is given up when the time is over by a tenth.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nnspec.basics.duration import rough
from nnspec.basics.errors import NnspecError
from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Evidence, Judgement
from nnspec.claims.reading import OPEN, found_verdict, is_settled
from nnspec.machine.process import available_cores
from nnspec.recipes.trainable import Trainable
from nnspec.session.plan import Plan, arms
from nnspec.session.speed import Speed, Speeds, measured
from nnspec.statistics.looks import blocks

NO_TIME = "no time was left for it: its first {seeds} seeds take about {time} of a core"
NOT_BEGUN = "the run was stopped before it: its first {seeds} seeds take about {time} of a core"
ENDED, STOPPED = "the time did not decide it", "the run was stopped before it was decided"
MORE_TIME = "{end}; about {seeds:,} more seeds would, {time} of a core"
STILL_OPEN = "{end}, and going on like this no number of seeds of the budget would"
Judge = Callable[[Plan, Sequence[int]], Judgement]
Begin = Callable[[Plan, Sequence[int]], None]
ShareToTrain = Callable[[Plan, Sequence[int]], float]
Told = Callable[[int, int, float], None]
COMPILING = 4.0  # seconds of a core before the first seeds of a claim with recipes
_OVER = 0.1  # of the time, by which a block may be late before it is given up
_AHEAD = 3  # claims whose next block is trained while one is judged


class TimeIsUp(NnspecError):
    """A block is still being trained, and the time of the run is over."""


@dataclass
class Share:
    """What one claim has got: `given` seeds of its plan, and the work that it still seems to need.

    `left` are seconds of a core, infinite where no number of seeds would decide it, 0 where it is decided.
    `to_train` is the share of the next block that no earlier run has trained, `judged` the seeds and the
    seconds of those before it, and `speed` how long those took that were trained. `expected` are the seconds
    of a core that the next block was last expected to take, with what is compiled for it.
    """

    plan: Plan
    looks: Sequence[int]
    given: int = 0
    left: float = 0.0
    to_train: float = 1.0
    judged: tuple[int, float] = (0, 0.0)
    speed: Speed = field(default_factory=Speed)
    expected: float = 0.0

    @property
    def next_look(self) -> int:
        """The number of seeds after the next block, that of now where there is no more."""
        return next((look for look in self.looks if look > self.given), self.given)

    @property
    def work(self) -> float:
        """Seconds of a core that the training of the next block is expected to take."""
        return self.to_train * (self.next_look - self.given) * self.plan.cost

    @property
    def next_seeds(self) -> Sequence[int]:
        """The seeds of the next block."""
        return self.plan.seeds[self.given : self.next_look]

    def seconds(self, of_kind: Speed) -> float:
        """Return the same with what is compiled first, at the claim's own speed once that is known."""
        speed = self.speed if self.speed.is_known else of_kind
        is_compiled = any(isinstance(one, Trainable) for one in arms(self.plan.claim))
        return speed.factor * self.work + COMPILING * (is_compiled and self.given == 0 and self.work > 0)


class Allotment:
    """Shares out `seconds` among the claims of a run, once; `told` follows it, see `allot`.

    Whoever stops the run meanwhile ends the time alone: what is judged by then is to be told. `stopped` is
    what has to be raised when it is.
    """

    def __init__(self, seconds: float, told: Told) -> None:
        self.is_done = False
        self.stopped: KeyboardInterrupt | None = None
        self._seconds, self._told = seconds, told
        self._latest = math.inf
        self._shares: dict[int, Share] = {}  # by the id() of a claim, which its plan keeps

    def share_out(
        self,
        plans: Iterable[Plan],
        judge: Judge,
        begin: Begin,
        to_train: ShareToTrain = lambda *_: 1.0,
        spent: float = 0.0,
    ) -> list[Plan]:
        """Return the plans with the seeds that each claim got, trained within the time.

        `spent` are the seconds of it that went into outcomes which had to be measured for the plans.
        """
        self.is_done = True
        deadline = time.perf_counter() + self._seconds - spent
        self._latest = deadline + _OVER * self._seconds
        shares = [share_of(one) for one in plans]
        try:
            allot(shares, deadline, judge, begin, self._told, to_train)
        except TimeIsUp:
            pass
        except KeyboardInterrupt as stop:
            self.stopped = stop
        self._shares = {id(share.plan.claim): share for share in shares}
        return [
            share.plan._replace(seeds=share.plan.seeds[: share.given], most=len(share.plan.seeds))
            for share in shares
        ]

    def stop_when_over(self) -> None:
        """Give up what is waited for, if it takes much longer than there was time.

        Raises
        ------
        TimeIsUp
            If it does.
        """
        if time.perf_counter() > self._latest:
            raise TimeIsUp

    def why_open(self, claim: Claim) -> str:
        """Return why a claim was left out or open, and what would decide it, empty of one that is decided."""
        share = self._shares.get(id(claim))
        if share is None or (share.given and not share.left):
            return ""
        if not share.given:
            why = NOT_BEGUN if self.stopped else NO_TIME
            return why.format(seeds=share.next_look, time=rough(share.expected or share.work))
        end = STOPPED if self.stopped else ENDED
        if not math.isfinite(share.left):
            return STILL_OPEN.format(end=end)
        seeds = round(share.left / share.plan.cost)
        return MORE_TIME.format(end=end, seeds=seeds, time=rough(share.left))


def share_of(planned: Plan) -> Share:
    """Return the share of a claim before it has got any seeds."""
    return Share(planned, [*itertools.accumulate(blocks(len(planned.seeds), planned.at_a_time))])


def allot(
    shares: Sequence[Share],
    deadline: float,
    judge: Judge,
    begin: Begin,
    told: Told = lambda decided, left, seconds: None,
    to_train: ShareToTrain = lambda plan, seeds: 1.0,
) -> None:
    """Note in every share how many seeds its claim got until the deadline, a time of `time.perf_counter`.

    `judge` judges a claim by seeds, of a plan that may have more of them, and `begin` begins to train them.
    `to_train` returns the share of their work that no earlier run has done. `told` is called with how many
    claims are decided, how many are open, and the seconds that are left. A claim that raises an error gets
    no more seeds, and costs the others nothing: its error is told when it is its turn. A block in the midst
    of which somebody stops the run, or `judge` raises `TimeIsUp`, counts as not given; both are passed on.
    """
    speeds, cores = Speeds(), available_cores()
    while True:
        seconds = max(0.0, deadline - time.perf_counter())  # what is trained already is judged after it, too
        waiting = [one for one in shares if one.next_look > one.given and (one.left or not one.given)]
        for one in waiting:
            one.to_train = to_train(one.plan, one.next_seeds)
            one.expected = one.seconds(speeds.of(one.plan.claim))
        fit = [one for one in waiting if one.expected <= cores * seconds]
        # the first look of all comes first, the cheapest before others; what is too close to call comes last,
        # and what was trained before first
        fit.sort(key=lambda o: (o.given > 0, o.left == math.inf, o.work > 0, o.left if o.given else o.work))
        if not fit:
            return
        for one in fit[: 1 + _AHEAD]:
            begin(one.plan, one.next_seeds)
        chosen = fit[0]
        before, chosen.given = chosen.given, chosen.next_look
        try:
            found = judge(chosen.plan, chosen.plan.seeds[: chosen.given])
            chosen.left = work_left(found, chosen)
        except (KeyboardInterrupt, TimeIsUp):
            chosen.given = before
            raise
        except Exception:
            chosen.left = 0.0
            continue
        if chosen.to_train == 1:
            number, took = measured(chosen.judged, found)
            for speed in (chosen.speed, speeds.of(chosen.plan.claim)):
                speed.add(took, number * chosen.plan.cost)
        chosen.judged = len(found.evidence.answers), found.seconds
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

    Half a seed is taken from all yes or all no, as the next ones may say otherwise, unless only more of the
    same would settle it.
    """
    seeds, yes = len(evidence.answers), evidence.successes
    if is_settled(claim.reading, evidence.verdict):
        return float(seeds)

    def is_enough(share: float, look: int) -> bool:
        found = found_verdict(claim.reading, claim.share, round(share * look), look, evidence.error_rate)
        return found != OPEN and is_settled(claim.reading, found)

    def first_enough(share: float) -> float:
        return float(next((look for look in looks if look > seeds and is_enough(share, look)), float("inf")))

    likely = first_enough((yes + 0.5) / (seeds + 1))
    return likely if math.isfinite(likely) else first_enough(yes / seeds)
