"""The printed figures of a notebook among the runs of its fits from many seeds."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from nnspec.basics.errors import NnspecError
from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim
from nnspec.notebook.captured import Captured
from nnspec.notebook.repeating.claims import claim_of, document_of
from nnspec.notebook.repeating.given_figures import given_figure, offered
from nnspec.notebook.repeating.joined import Asked, NotPlaced, joined
from nnspec.notebook.repeating.recipes import Repeating
from nnspec.notebook.static import Static
from nnspec.recipes.experiment import Experiment
from nnspec.results.claim_result import ClaimResult, Results
from nnspec.results.record import environment, judged
from nnspec.session.session import Session
from nnspec.store.store import Store

ERROR_RATE = 1e-3  # of any wrong place in a notebook
_CENTRAL = (5.0, 50.0, 95.0)


@dataclass(frozen=True)
class PlacedFigure:
    """A printed figure with its place, and what a reader will get: the 5, 50 and 95 % points of the runs."""

    asked: Asked
    result: ClaimResult
    reader: tuple[float, float, float] | None
    global_seed: int | None

    @property
    def places(self) -> tuple[str, ...]:
        """Where it lies, in words, of which several are left open."""
        return next(iter(self.result.figures.values())).places


@dataclass(frozen=True)
class Placing:
    """All printed figures of a notebook, those that are placed and those that are not.

    `offered` are figures of the prose that could be named.
    """

    placed: tuple[PlacedFigure, ...]
    not_placed: tuple[NotPlaced, ...]
    offered: tuple[str, ...]
    results: Results


@dataclass
class _Prepared:
    claims: list[tuple[Asked, Claim]] = field(default_factory=list)
    refused: list[NotPlaced] = field(default_factory=list)


def place_figures(
    static: Static,
    captured: Captured,
    budget: Budget,
    store: Store | None = None,
    progress: Callable[[Experiment, float, int], None] = lambda recipe, done, wanted: None,
    given: Sequence[str] = (),
) -> Placing:
    """Train every fit that printed a figure from the seeds of a budget, and place the figures.

    `given` are figures that somebody names besides, as `given_figure` takes them; errors as there.
    All places together are wrong with a probability of at most `ERROR_RATE`.
    """
    started = time.perf_counter()
    prepared = prepare(static, captured, given)
    seeds = {fit.number: fit.global_seed for fit in captured.fits}
    claims = [claim for _, claim in prepared.claims]
    verdicts = max(1, len(claims))  # that a run does as well and where the figure lies are one question
    session = Session(
        budget, ERROR_RATE / verdicts, Store() if store is None else store, progress=progress, order=claims
    )
    placed: list[PlacedFigure] = []
    try:
        for asked, claim in prepared.claims:
            try:
                found = session.judge(claim)
            except (NnspecError, MemoryError) as error:
                why = str(error) or "it takes more memory than there is"
                prepared.refused.append(NotPlaced(asked.figure, why))
                continue
            result = judged(found.judgement, found.trained, len(found.plan.seeds), found.plan.at_a_time)
            result = _of_notebook(result, claim, static.notebook.path)
            values = next(iter(claim.documented.values())).values(found.judgement.evidence.runs)
            placed.append(PlacedFigure(asked, result, _reader(values), seeds[asked.fit]))
    finally:
        session.close()
    results = Results(
        environment={**environment(), "engine": session.engine},
        error_rate=ERROR_RATE,
        verdicts=verdicts,
        budget=budget.name,
        seconds=time.perf_counter() - started,
        seeds_trained=sum(one.result.seeds_trained for one in placed),
        claims=tuple(one.result for one in placed),
    )
    return Placing(
        tuple(placed), _by_place(prepared.refused), _left(offered(static, captured), given), results
    )


def prepare(static: Static, captured: Captured, given: Sequence[str] = ()) -> _Prepared:
    """Return the claims of the figures that can be placed, and why the others cannot; nothing is trained."""
    prepared, repeating, document = _Prepared(), Repeating(captured), document_of(static.notebook)
    for one in [*joined(static, captured), *(given_figure(text, captured) for text in given)]:
        if isinstance(one, NotPlaced):
            prepared.refused.append(one)
            continue
        evaluation = one.evaluation
        trains_on = evaluation is not None and repeating.trains_on(one.fit, evaluation.data)
        tested = None if evaluation is None or trains_on else evaluation.data
        repeated = repeating.of(one.fit, tested)
        claim = repeated if isinstance(repeated, str) else claim_of(one, repeated, trains_on, document)
        if isinstance(claim, str):
            prepared.refused.append(NotPlaced(one.figure, f"fit {one.fit}: {claim}"))
        else:
            prepared.claims.append((one, claim))
    return prepared


def _of_notebook(result: ClaimResult, claim: Claim, path: str) -> ClaimResult:
    """Return a result with the command that trains seeds again; its script is the notebook itself."""
    seeds = result.replay.removeprefix(f"nnspec verify {claim.key!r}")
    return replace(result, scripts={}, replay=f"nnspec notebook {shlex.quote(path)}{seeds}")


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
