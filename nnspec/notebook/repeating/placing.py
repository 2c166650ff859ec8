"""The printed figures of a notebook among the runs of its fits from many seeds."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from nnspec.basics.errors import NnspecError
from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim
from nnspec.claims.evidence import Evidence
from nnspec.notebook.captured import Captured
from nnspec.notebook.drawn import drawn_for
from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.compared import Pair
from nnspec.notebook.repeating.given_figures import offered
from nnspec.notebook.repeating.orders import NotOrdered, order_of
from nnspec.notebook.repeating.other_data import other_data_of
from nnspec.notebook.repeating.prepared import prepare
from nnspec.notebook.repeating.together import Gathered, Together
from nnspec.notebook.static import Static
from nnspec.recipes.experiment import Experiment
from nnspec.results.claim_result import ClaimResult, Results
from nnspec.results.order import Order
from nnspec.results.record import environment, judged
from nnspec.results.sentences import ODD
from nnspec.session.session import Session
from nnspec.statistics.scales import HOW_OFTEN
from nnspec.store.store import Store
from nnspec.workers.pool import Workers

RARE = set(HOW_OFTEN.words[:2])  # how often an order comes true that few readers see
ERROR_RATE = 1e-3  # of any wrong place in a notebook
_CENTRAL = (5.0, 50.0, 95.0)


@dataclass(frozen=True)
class PlacedFigure:
    """A printed figure with its place, and what a reader will get: the 5, 50 and 95 % points of the runs.

    `stops` is whether a callback may end its fit early.
    """

    asked: Asked
    result: ClaimResult
    reader: tuple[float, float, float] | None
    global_seed: int | None
    stops: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Where it lies, in words, of which several are left open."""
        return next(iter(self.result.figures.values())).places

    @property
    def odd(self) -> bool:
        """Whether hardly any run gives it, by all places that it may have."""
        return set(self.places) <= ODD


@dataclass(frozen=True)
class PlacedOrder:
    """Two figures, the better one first, with what was found of their order; its result has an `order`."""

    pair: Pair
    order: Order
    result: ClaimResult

    @property
    def places(self) -> tuple[str, ...]:
        """How often it comes true, in words; none where it is open."""
        return self.result.places

    @property
    def odd(self) -> bool:
        """Whether hardly any run has it, by all that it may be."""
        return bool(self.places) and set(self.places) <= RARE


@dataclass(frozen=True)
class Placing:
    """All printed figures and orders of a notebook, those that are judged and those that are not.

    `offered` are figures of the prose that could be named. `together` says of the figures of each fit whether
    they are such as runs give. `drawn` is what draws data without a seed, and `other_data` says by fit why
    its printed figures are of other data than the runs.
    """

    placed: tuple[PlacedFigure, ...]
    not_placed: tuple[NotPlaced, ...]
    offered: tuple[str, ...]
    results: Results
    orders: tuple[PlacedOrder, ...] = ()
    not_ordered: tuple[NotOrdered, ...] = ()
    together: Together = field(default_factory=Together)
    drawn: tuple[tuple[int, str], ...] = ()
    other_data: Mapping[int, str] = field(default_factory=dict)


def place_figures(
    static: Static,
    captured: Captured,
    budget: Budget,
    store: Store | None = None,
    progress: Callable[[Experiment, float, int], None] = lambda recipe, done, wanted: None,
    given: Sequence[str] = (),
    pairs: Sequence[tuple[Figure, Figure]] = (),
    error_rate: float | None = None,
    workers: Workers | None = None,
) -> Placing:
    """Train every fit that printed a figure from the seeds of a budget, and place figures and orders.

    `given` are figures that somebody names besides, as `given_figure` takes them; errors as there. The orders
    are those of `pairs`, the better figure first, and those that the run shows besides. All places together,
    and how often all orders come true, are wrong with a probability of at most `ERROR_RATE`; where an
    `error_rate` is given, each with one of at most that. `workers` that are given are left open.
    """
    started = time.perf_counter()
    prepared = prepare(static, captured, given, pairs)
    seeds, gathered = {fit.number: fit.global_seed for fit in captured.fits}, Gathered(static)
    own = Store() if store is None else store
    rate = ERROR_RATE / prepared.verdicts if error_rate is None else error_rate
    session = Session(
        *(budget, rate, own),
        progress=progress,
        workers=Workers() if workers is None else workers,
        order=prepared.in_order,
    )
    placed: list[PlacedFigure] = []
    orders: list[PlacedOrder] = []
    path = static.notebook.path
    try:
        for asked, claim in prepared.claims:
            found = _judged(session, claim, path)
            if isinstance(found, str):
                prepared.refused.append(NotPlaced(asked.figure, found))
                continue
            result, evidence = found
            values = next(iter(claim.documented.values())).values(evidence.runs)
            repeated, quantity = prepared.trained[id(asked)]
            reader = _reader(values)
            placed.append(PlacedFigure(asked, result, reader, seeds[asked.fit], repeated.stops))
            gathered.add(asked, repeated, quantity, next(iter(evidence.runs.values())))
        for one in prepared.orders:
            found = _judged(session, one.claim, path)
            pair = one.arms[0].asked, one.arms[1].asked
            if isinstance(found, str):
                names = one.arms[0].name, one.arms[1].name
                prepared.not_ordered.append(NotOrdered(pair, names, found))
                continue
            result, evidence = found
            order = order_of(one.arms, one.examples, evidence)
            orders.append(PlacedOrder(pair, order, replace(result, order=order)))
    finally:
        if workers is None:
            session.close()
    claims = (*(one.result for one in placed), *(one.result for one in orders))
    results = Results(
        environment={**environment(), "engine": session.engine},
        error_rate=rate * prepared.verdicts,
        verdicts=prepared.verdicts,
        budget=budget.name,
        seconds=time.perf_counter() - started,
        seeds_trained=sum(one.seeds_trained for one in claims),
        claims=claims,
    )
    return Placing(
        tuple(placed),
        _by_place(prepared.refused),
        _left(offered(static, captured), given),
        results,
        tuple(orders),
        tuple(prepared.not_ordered),
        gathered.together(),
        drawn_for(static, _called_in(captured)),
        other_data_of(static, captured, [one.asked for one in placed]),
    )


def _judged(session: Session, claim: Claim, path: str) -> tuple[ClaimResult, Evidence] | str:
    """Return what was found of a claim, and the evidence; or why nothing was."""
    try:
        why = session.why_not(claim) if session.budget.seconds is not None else ""
        if session.stopped is not None:
            raise session.stopped
        if why:
            return why
        found = session.judge(claim)
    except (NnspecError, MemoryError) as error:
        return str(error) or "it takes more memory than there is"
    result = judged(found.judgement, found.trained, len(found.plan.seeds), found.plan.at_a_time)
    return _of_notebook(result, claim, path), found.judgement.evidence


def _of_notebook(result: ClaimResult, claim: Claim, path: str) -> ClaimResult:
    """Return a result with the command that trains seeds again; its script is the notebook itself.

    Nothing was recorded of it, and so nothing can be against the record.
    """
    seeds = result.replay.removeprefix(f"nnspec verify {claim.key!r}")
    again = f"nnspec notebook {shlex.quote(path)}{seeds}"
    return replace(result, scripts={}, replay=again, expected="", as_recorded=True, message="")


def _called_in(captured: Captured) -> set[int | None]:
    """Return the cells of all fits and evaluations."""
    return {one.cell for one in captured.fits} | {one.cell for one in captured.evaluations}


def _left(offers: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in offers if one not in given)


def _reader(values: object) -> tuple[float, float, float] | None:
    numbers = np.asarray(values, np.float64)
    finite = numbers[np.isfinite(numbers)]
    if not len(finite):
        return None
    low, half, high = (float(one) for one in np.percentile(finite, _CENTRAL))
    return low, half, high


def _by_place(refused: Sequence[NotPlaced]) -> tuple[NotPlaced, ...]:
    return tuple(sorted(refused, key=lambda one: (one.figure.cell, one.figure.line)))
