"""Marks of pytest on claims and facts, above the declaration or below it."""

from __future__ import annotations

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim, Fact

_OF_ARGUMENTS = {"parametrize": "a claim of its own for every value", "usefixtures": "no fixtures"}


def unmarked(obj: object) -> tuple[object, list[pytest.MarkDecorator]]:
    """Return what stands under marks, and the marks from the lowest to the highest.

    Above a function `@pytest.mark.slow` marks it; a claim or a fact is no function, and pytest takes it for
    the last argument of the mark.
    """
    marks: list[pytest.MarkDecorator] = []
    while isinstance(obj, pytest.MarkDecorator) and obj.args:
        *args, inner = obj.args
        if not isinstance(inner, Claim | Fact | pytest.MarkDecorator):
            break
        mark = getattr(pytest.mark, obj.name)
        marks.insert(0, mark.with_args(*args, **obj.kwargs))
        obj = inner
    return obj, marks


def mark_claim(item: pytest.Item, claim: Claim, marks: list[pytest.MarkDecorator]) -> None:
    """Give the item of a claim the marks that stand below and above its declaration.

    Raises
    ------
    InvalidValue
        If a mark is one that gives arguments to a test: a claim gets the runs, and nothing else.
    """
    below = list(getattr(claim.predicate, "pytestmark", []))
    for mark in [*below, *(above.mark for above in marks)]:
        if mark.name in _OF_ARGUMENTS:
            received = f"pytest.mark.{mark.name}"
            raise InvalidValue(f"claim {claim.key!r}: mark", received, _OF_ARGUMENTS[mark.name])
        item.add_marker(pytest.MarkDecorator(mark, _ispytest=True))
