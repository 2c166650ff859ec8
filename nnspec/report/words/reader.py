"""What a reader gets who trains a network once: where the values of a quantity lie among the runs."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.report.words.wording import number, percent
from nnspec.statistics.spread import Group, spread

_DIGITS = 3


def what_a_reader_gets(values: Sequence[float], seeds: int) -> str:
    """Return what is got of a quantity with these finite values (runs,); empty where there is none.

    It is the median and where 95 % of the runs lie, or two groups where they fall into two. Where `seeds`
    are more than the values, a baseline keeps those of some runs alone, or the others have none.
    """
    if not values:
        return ""
    found = spread(values)
    of = "" if len(values) == seeds else f" among {len(values):,} runs"
    if found.is_one_value:
        few = "" if len(set(values)) == 1 else " nearly"
        return f"A reader gets{few} always {_short(found.middle)}{of}."
    if found.groups:
        return f"A reader gets one of two groups{of}: {groups_in_words(found.groups)}."
    return f"A reader gets {_short(found.middle)} ({_short(found.low)} … {_short(found.high)}){of}."


def groups_in_words(groups: Sequence[Group]) -> str:
    """Return which share of the runs is where: 39 % near 0.52, 61 % near 1."""
    return ", ".join(f"{percent(one.share)} near {_short(one.middle)}" for one in groups)


def _short(value: float) -> str:
    return number(value, _DIGITS)
