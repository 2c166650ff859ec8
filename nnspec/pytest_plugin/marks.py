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
    """Give the item of a claim the marks that stand below and above its declaration; its module has some too.

    Raises
    ------
    InvalidValue
        If a mark is one that gives arguments to a test: a claim gets the runs, and nothing else.
    """
    below = [
        pytest.MarkDecorator(mark, _ispytest=True) for mark in getattr(claim.predicate, "pytestmark", [])
    ]
    for mark in [*below, *marks]:
        item.add_marker(mark)
    for name in [one.name for one in item.iter_markers() if one.name in _OF_ARGUMENTS]:
        raise InvalidValue(f"claim {claim.key!r}: mark", f"pytest.mark.{name}", _OF_ARGUMENTS[name])
