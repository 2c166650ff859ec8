"""Figures that say again what another one says: of one value in one cell, the one with most digits counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.asked import Asked, Joined


def once(found: Sequence[Joined]) -> Iterator[Joined]:
    """Yield what counts for each: of figures of one value that agree, the one with most digits."""
    best: dict[tuple[object, ...], Asked] = {}
    for one in found:
        if isinstance(one, Asked):
            other = best.get(_of(one))
            if other is None or (
                _agree(one.figure, other.figure) and _digits(one.figure) > _digits(other.figure)
            ):
                best[_of(one)] = one
    for one in found:
        main: Joined = one
        if isinstance(one, Asked):
            other = best[_of(one)]
            main = other if _agree(one.figure, other.figure) else one
        yield main


def _of(one: Asked) -> tuple[object, ...]:
    """Return what a figure is a value of, and its cell."""
    last = one.figure.kind == "fit"  # of a log the last epoch counts
    number = None if one.evaluation is None else one.evaluation.number
    return one.figure.cell, one.fit, number, one.key, -1 if last else one.taken


def _digits(figure: Figure) -> int:
    return figure.decimals + (2 if figure.percent else 0)


def _agree(one: Figure, other: Figure) -> bool:
    unit = 10.0 ** -min(_digits(one), _digits(other))
    return bool(abs(one.value - other.value) <= unit)
