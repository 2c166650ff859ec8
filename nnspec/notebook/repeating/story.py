"""Which of several figures are compared: each with the one before it, and the best with the second best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.quantities import better_values


def neighbours(figures: Sequence[Figure], metric: str) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of figures of a metric, the better one first: of n figures at most n pairs.

    Figures that are alike, or no numbers, have no order.
    """
    sign = -1 if better_values(metric) == "higher" else 1
    in_order = sorted(figures, key=place)
    best = sorted(in_order, key=lambda one: sign * one.value)
    seen: list[tuple[Figure, Figure]] = []
    for one, other in [*pairwise(in_order), *pairwise(best[:2])]:
        if not (one.value < other.value or one.value > other.value):
            continue
        pair = (one, other) if sign * one.value < sign * other.value else (other, one)
        if pair not in seen:
            seen.append(pair)
            yield pair


def place(figure: Figure) -> tuple[int, int]:
    """Return where a figure stands: its cell, and the line of what the cell showed."""
    return figure.cell, figure.line
