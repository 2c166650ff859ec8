"""The claims of a notebook before anything is trained: one a printed figure, one an order of two models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from nnspec.claims.declarations import Claim
from nnspec.claims.document import Document
from nnspec.notebook.captured import Captured
from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.claims import claim_of, document_of
from nnspec.notebook.repeating.compared import Pair, compared, examples_of, why_not_compared
from nnspec.notebook.repeating.given_figures import given_figure
from nnspec.notebook.repeating.joined import joined
from nnspec.notebook.repeating.model_names import names_of
from nnspec.notebook.repeating.orders import Arm, NotOrdered, order_claim
from nnspec.notebook.repeating.quantities import Quantity, quantity_of
from nnspec.notebook.repeating.recipes import Repeated, Repeating
from nnspec.notebook.static import Static


@dataclass(frozen=True)
class OrderAsked:
    """The order of two models, with the claim that it makes."""

    arms: tuple[Arm, Arm]
    examples: int
    claim: Claim


@dataclass
class Prepared:
    """Claims of figures and orders, and what none can be made of, with the reasons.

    `trained` has by the id() of a figure that has a claim how its fit is trained, and what it is a value of.
    """

    claims: list[tuple[Asked, Claim]] = field(default_factory=list)
    trained: dict[int, tuple[Repeated, Quantity]] = field(default_factory=dict)
    refused: list[NotPlaced] = field(default_factory=list)
    orders: list[OrderAsked] = field(default_factory=list)
    not_ordered: list[NotOrdered] = field(default_factory=list)

    def of_its_own(self, claim: Claim) -> Claim:
        """Return a claim whose id no other has: a line may print the same metric of several models."""
        taken = {one.id for one in self.in_order}
        more = (f"{claim.id}-{number}" for number in count(2))
        return replace(claim, id=next(one for one in chain([claim.id], more) if one not in taken))

    @property
    def verdicts(self) -> int:
        """How many verdicts there are: of a figure one, of an order its own and that of its null.

        That a run does as well as a figure, and where the figure lies, are one question.
        """
        return max(1, len(self.claims) + sum(one.claim.verdicts for one in self.orders))

    @property
    def in_order(self) -> list[Claim]:
        """The claims in the order in which they are judged."""
        return [*(claim for _, claim in self.claims), *(one.claim for one in self.orders)]


def prepare(
    static: Static,
    captured: Captured,
    given: Sequence[str] = (),
    pairs: Sequence[tuple[Figure, Figure]] = (),
) -> Prepared:
    """Return the claims of the figures and orders that can be judged, and why the others cannot.

    The orders are those of `pairs`, the better figure first, and those that the run shows besides.
    """
    prepared, repeating, document = Prepared(), Repeating(captured), document_of(static.notebook)
    fits = {fit.number: fit for fit in captured.fits}
    for one in [*joined(static, captured), *(given_figure(text, captured) for text in given)]:
        if isinstance(one, NotPlaced):
            prepared.refused.append(one)
            continue
        evaluation, fit = one.evaluation, fits[one.fit]
        trains_on = evaluation is not None and repeating.trains_on(one.fit, evaluation.data)
        tested = None if evaluation is None or trains_on else evaluation.data
        repeated = repeating.of(one.fit, tested)
        if isinstance(repeated, str):
            failed = bool(fit.error) and not fit.stopped
            prepared.refused.append(NotPlaced(one.figure, f"fit {one.fit}: {repeated}", changed=failed))
            continue
        quantity = quantity_of(one, repeated, trains_on)
        if isinstance(quantity, str):
            prepared.refused.append(NotPlaced(one.figure, f"fit {one.fit}: {quantity}", changed=True))
            continue
        claim = claim_of(one, repeated, quantity, document)
        if isinstance(claim, str):
            prepared.refused.append(NotPlaced(one.figure, f"fit {one.fit}: {claim}"))
            continue
        prepared.claims.append((one, prepared.of_its_own(claim)))
        prepared.trained[id(one)] = repeated, quantity
    figures = [asked for asked, _ in prepared.claims]
    named = _named(pairs, figures)
    known = {frozenset(id(one.figure) for one in pair) for pair in named}
    shown = [
        pair for pair in compared(captured, figures) if frozenset(id(one.figure) for one in pair) not in known
    ]
    for pair in [*named, *shown]:
        _order(prepared, static, captured, pair, document)
    return prepared


def _named(pairs: Sequence[tuple[Figure, Figure]], figures: Sequence[Asked]) -> list[Pair]:
    """Return the pairs of which both figures have a claim."""
    by_figure = {id(one.figure): one for one in figures}
    return [
        (by_figure[id(one)], by_figure[id(other)])
        for one, other in pairs
        if id(one) in by_figure and id(other) in by_figure
    ]


def _order(prepared: Prepared, static: Static, captured: Captured, pair: Pair, document: Document) -> None:
    fits = {fit.number: fit for fit in captured.fits}
    names = names_of(static, (fits[pair[0].fit], fits[pair[1].fit]))
    why = why_not_compared(captured, pair)
    if not why:
        one, other = (
            Arm(asked, name, prepared.trained[id(asked)][0].recipe, prepared.trained[id(asked)][1])
            for asked, name in zip(pair, names, strict=True)
        )
        examples = examples_of(captured, pair[0])
        claim = order_claim((one, other), examples, document)
        if not isinstance(claim, str):
            prepared.orders.append(OrderAsked((one, other), examples, prepared.of_its_own(claim)))
            return
        why = claim
    prepared.not_ordered.append(NotOrdered(pair, names, why))
