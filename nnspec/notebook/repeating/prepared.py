"""The claims of a notebook before anything is trained: one a printed figure, one an order of two models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nnspec.claims.declarations import Claim
from nnspec.claims.document import Document
from nnspec.notebook.captured import Captured
from nnspec.notebook.repeating.claims import claim_of, document_of
from nnspec.notebook.repeating.compared import compared, examples_of
from nnspec.notebook.repeating.given_figures import given_figure
from nnspec.notebook.repeating.joined import Asked, NotPlaced, joined
from nnspec.notebook.repeating.model_names import names_of
from nnspec.notebook.repeating.orders import Arm, NotOrdered, order_claim
from nnspec.notebook.repeating.quantities import quantity_of
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
    """Claims of figures and orders, and what none can be made of, with the reasons."""

    claims: list[tuple[Asked, Claim]] = field(default_factory=list)
    refused: list[NotPlaced] = field(default_factory=list)
    orders: list[OrderAsked] = field(default_factory=list)
    not_ordered: list[NotOrdered] = field(default_factory=list)

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


def prepare(static: Static, captured: Captured, given: Sequence[str] = ()) -> Prepared:
    """Return the claims of the figures and orders that can be judged, and why the others cannot."""
    prepared, repeating, document = Prepared(), Repeating(captured), document_of(static.notebook)
    trained: dict[int, tuple[Repeated, bool]] = {}  # by the id() of a figure that has a claim
    for one in [*joined(static, captured), *(given_figure(text, captured) for text in given)]:
        if isinstance(one, NotPlaced):
            prepared.refused.append(one)
            continue
        evaluation = one.evaluation
        trains_on = evaluation is not None and repeating.trains_on(one.fit, evaluation.data)
        tested = None if evaluation is None or trains_on else evaluation.data
        repeated = repeating.of(one.fit, tested)
        claim = repeated if isinstance(repeated, str) else claim_of(one, repeated, trains_on, document)
        if isinstance(claim, str) or isinstance(repeated, str):
            prepared.refused.append(NotPlaced(one.figure, f"fit {one.fit}: {claim}"))
        else:
            prepared.claims.append((one, claim))
            trained[id(one)] = repeated, trains_on
    _orders(prepared, static, captured, trained, document)
    return prepared


def _orders(
    prepared: Prepared,
    static: Static,
    captured: Captured,
    trained: dict[int, tuple[Repeated, bool]],
    document: Document,
) -> None:
    fits = {fit.number: fit for fit in captured.fits}
    for pair in compared(captured, [asked for asked, _ in prepared.claims]):
        names = names_of(static, (fits[pair[0].fit], fits[pair[1].fit]))
        one, other = (_arm(asked, name, *trained[id(asked)]) for asked, name in zip(pair, names, strict=True))
        examples = examples_of(captured, pair[0])
        claim = order_claim((one, other), examples, document)
        if isinstance(claim, str):
            prepared.not_ordered.append(NotOrdered(pair, names, claim))
        else:
            prepared.orders.append(OrderAsked((one, other), examples, claim))


def _arm(asked: Asked, name: str, repeated: Repeated, trains_on: bool) -> Arm:
    quantity = quantity_of(asked, repeated, trains_on)
    if isinstance(quantity, str):
        raise AssertionError("a figure that has a claim is a value of its runs")
    return Arm(asked, name, repeated.recipe, quantity)
