"""Facts as test items: plain test functions under the id of the fact."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from nnspec.claims.declarations import Fact


def fact_items(
    parent: pytest.Module, name: str, fact: Fact, marks: list[pytest.MarkDecorator]
) -> list[pytest.Function]:
    """Return the test functions of a fact, one for every set of parameters, with their fixtures."""

    @functools.wraps(fact.function)
    def asked(*args: Any, **kwargs: Any) -> None:
        fact(*args, **kwargs)

    for mark in marks:
        mark(asked)
    items = []
    # pytest's own way to fixtures and parameters; its items bear the name of the function
    for made in parent._genfunctions(name, asked):
        parameters = getattr(made, "callspec", None)
        label = f"{fact.key}[{parameters.id}]" if parameters and parameters.id else fact.key
        item = pytest.Function.from_parent(
            parent,
            name=label,
            callspec=parameters,
            callobj=asked,
            fixtureinfo=made._fixtureinfo,
            keywords={parameters.id: True} if parameters else None,
            originalname=fact.key,
        )
        item.nnspec = fact  # type: ignore[attr-defined]  # pytest's own items carry no declaration
        item.extra_keyword_matches.update({fact.function.__name__, fact.source.document.key})
        items.append(item)
    return items
