"""What a case of the tables is, and what every refusal has to be: one line, received, expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from nnspec import InvalidValue, Runs

NAN, INFINITY = float("nan"), float("inf")
Case = tuple[Callable[[], Any], str, str]
"""A call, a part of what its message says was received, and a part of what it says was expected."""


class Broken:
    """An object that does not even have a text."""

    def __repr__(self) -> str:
        raise RuntimeError("no text")


def nested(depth: int, value: object = 1) -> Any:
    """Return a list in a list in a list."""
    for _ in range(depth):
        value = [value]
    return value


def told(text: str, received: str, expected: str) -> None:
    """Check a message: one line of bounded length with what was received and what was expected."""
    before, separator, after = text.partition("; expected ")
    assert separator, text
    assert received in before
    assert expected in after
    assert "\n" not in text
    assert "Traceback" not in text
    assert len(text) < 800


def refused(call: Callable[[], Any], received: str, expected: str) -> None:
    """Check that a call is refused, and by no other exception than our own."""
    with pytest.raises(InvalidValue) as caught:
        call()
    told(str(caught.value), received, expected)


def table(cases: Sequence[Case]) -> Any:
    """Return the decorator that runs a test for every case of a table."""
    ids = [f"{number}: {received}" for number, (_, received, _) in enumerate(cases)]
    return pytest.mark.parametrize(("call", "received", "expected"), cases, ids=ids)


def runs(recipe: Any, seeds: int = 3, **metrics: Any) -> Runs:
    """Return made-up runs of a recipe with these metrics."""
    found = {"accuracy": np.linspace(0, 1, seeds, dtype=np.float32), **metrics}
    return Runs(recipe, np.arange(seeds), {}, found, (), {"engine": "made up"})
