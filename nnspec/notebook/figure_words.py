"""A printed figure and its place in words, as a terminal, a page and a summary tell them."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.basics.grouping import grouped
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.placing import PlacedFigure, Placing
from nnspec.statistics.scales import MOST_WORDS, in_words

OPEN = "open: more seeds would tell"


def printed(asked: Asked | NotPlaced) -> str:
    """Return a figure as it is printed."""
    return asked.figure.printed + " %" * asked.figure.percent


def what(one: PlacedFigure) -> str:
    """Return what a figure is of."""
    asked, figure = one.asked, one.asked.figure
    if asked.evaluation is not None:
        return "evaluate"
    if isinstance(asked.taken, str):
        return f"fit, {asked.taken} of its epochs"
    if figure.kind != "fit":
        return "fit, last epoch" if asked.taken == -1 else f"fit, epoch {asked.taken}"
    if one.stops:
        return f"fit, last epoch: {figure.epoch} of at most {figure.epochs}"
    return f"fit, epoch {figure.epoch} of {figure.epochs}"


def place(one: PlacedFigure) -> str:
    """Return where a figure lies, or that it is open."""
    return in_words(one.places) if len(one.places) <= MOST_WORDS else OPEN


def do_as_well(one: PlacedFigure) -> str:
    """Return how many of how many runs do at least as well, with the interval of the share."""
    share = f"{one.result.successes} of {one.result.seeds}"
    if one.result.interval is not None:
        share += f" ({one.result.interval[0]:.0%} – {one.result.interval[1]:.0%})"
    return share


def reader_gets(one: PlacedFigure) -> str:
    """Return the median of the runs, and the central 90 % of them."""
    if one.reader is None:
        return "no run ends in a number"
    low, half, high = one.reader
    return f"{half:.4g}, {low:.4g} – {high:.4g}"


def without_a_place(refused: Sequence[NotPlaced]) -> list[tuple[int, str]]:
    """Return a cell and a sentence for the figures of it that lack a place for the same reason."""
    groups = grouped(refused, lambda one: (one.figure.cell, one.why))
    return [
        (cell, f"{', '.join(f'{one.figure.metric} {printed(one)}'.strip() for one in group)}: {why}")
        for (cell, why), group in groups.items()
    ]


def not_luck(placing: Placing) -> list[str]:
    """Return a sentence for every fit whose figures together are not such as its runs give."""
    told = []
    for one in placing.together.changed:
        why = placing.other_data.get(one.fit)
        cause = "the library, the data or the recipe has changed"
        cause = f"{why}, so that they may be of other data; or {cause}" if why else cause
        told.append(
            f"Not luck: the {one.figures} figures of fit {one.fit} together are not such as {one.seeds} runs "
            f"of today's code give (p = {one.p:.2g}): {cause}"
        )
    return told


def offers(placing: Placing) -> str:
    """Return what options place the figures of the prose; empty where it has none."""
    if not placing.offered:
        return ""
    options = " ".join(f"--figure {one}" for one in placing.offered)
    return f"The prose names figures that may be of such runs; to place them: {options}"


def seeded(placing: Placing) -> str:
    """Return what it means that the notebook sets a seed; empty where it sets none."""
    found = sorted({one.global_seed for one in placing.placed if one.global_seed is not None})
    if not found:
        return ""
    return (
        f"The notebook sets the seed {', '.join(map(str, found))} for all that is random: since Keras 3 "
        "every epoch then has the order of the first one. The runs here have an order of their own in each."
    )


def drawn(placing: Placing) -> str:
    """Return what it means that the notebook draws its data without a seed; empty where it does not."""
    if not (placing.placed and placing.drawn):
        return ""
    calls = ", ".join(f"{name} in [{cell}]" for cell, name in placing.drawn)
    return (
        f"The notebook draws its data without a seed ({calls}): whoever runs it has other data. The runs "
        "here have today's, and the printed figures are of others: that too may set them apart, beside luck."
    )
