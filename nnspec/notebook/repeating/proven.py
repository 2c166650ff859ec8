"""The captured call that gave what a loop or a helper printed, proven by the numbers of the one run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.shown_by import Shown

_SINGLE = 1e-6  # a float32 written out in seven digits


C = TypeVar("C")


def proven(shown: Shown, figure: Figure, found: Sequence[C], value: Callable[[C], float | None]) -> C | int:
    """Return the call whose value was printed at the run, or how many there are that may have been.

    Where as many calls as lines are found, each with the number of its line, the figure is of the call in its
    place. Otherwise it is of the only one whose value prints so.
    """
    if not shown.today:
        return len(found)
    if len(found) == len(shown.today) and all(
        _prints_as(text, figure, value(one)) for text, one in zip(shown.today, found, strict=True)
    ):
        return found[shown.place]
    same = [one for one in found if _prints_as(shown.today[shown.place], figure, value(one))]
    return same[0] if len(same) == 1 else len(same)


def refuted(shown: Shown, figure: Figure, value: float | None) -> bool:
    """Return whether the run printed another number than a value, so that it is not what is shown."""
    return bool(shown.today) and not _prints_as(shown.today[shown.place], figure, value)


def _prints_as(text: str, figure: Figure, value: float | None) -> bool:
    """Return whether a number that was printed is a value, rounded to the digits that are printed."""
    if value is None:
        return False
    found = _number(text)
    if found is None:
        return False
    number, decimals = found
    expected = value * (100 if figure.percent else 1)
    if math.isnan(number) or math.isnan(expected):
        return math.isnan(number) and math.isnan(expected)
    near = 0.5 * 10.0**-decimals * (1 + 1e-9) + _SINGLE * abs(expected)
    return number == expected or abs(number - expected) <= near


def _number(text: str) -> tuple[float, int] | None:
    """Return the number that a text is, one of NumPy's too, with its decimals; None of another text."""
    bare = (text.partition("(")[2].rstrip(")") if "(" in text else text).strip(" %,").lower()
    mantissa, _, exponent = bare.partition("e")
    try:
        return float(bare), len(mantissa.partition(".")[2]) - int(exponent or 0)
    except ValueError:
        return None
