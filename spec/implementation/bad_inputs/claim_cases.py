"""A claim to declare wrongly: what a proper one has, and a call that declares it otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnspec import SGD, Circles, Dense, Document, Recipe, claim
from nnspec.training import Runs

DOCUMENT = Document("doc", "A document", ("One", "Two"))
RECIPE = Recipe(Circles(), [Dense(1, "sigmoid")], "binary_crossentropy", SGD(), epochs=1)
OTHER = RECIPE.with_epochs(2)
PAIR = {"short": RECIPE, "long": OTHER}


def accurate(runs: Runs) -> Any:
    """Ask whether it is accurate."""
    return runs.accuracy >= 0.5


def declared(predicate: Any = accurate, id: Any = "a-claim", **changes: Any) -> Any:
    proper: dict[str, Any] = {"source": DOCUMENT.at("One"), "recipe": RECIPE, "counterfactual": OTHER}
    return claim(id, **proper | {"share": 0.9, "because": "so read"} | changes)(predicate)


def of(*predicates: Any, **changes: Any) -> Callable[[], Any]:
    """Return the call that declares a claim."""
    return lambda: declared(*predicates, **changes)


def both(short: Runs, long: Runs) -> Any:
    """Ask whether one is more accurate."""
    return short.accuracy > long.accuracy


def stated(predicate: Callable[..., Any]) -> Callable[..., Any]:
    predicate.__doc__ = "It is accurate."
    return predicate


NAME = "claim 'a-claim': "
