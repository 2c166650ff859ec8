"""What `nnspec notebook` prints of the printed figures: where each lies among the runs, or why nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.commands.terminal import orders_table
from nnspec.commands.terminal.console import console as console_of
from nnspec.commands.terminal.listing_table import say, table
from nnspec.notebook.repeating.joined import Asked, NotPlaced
from nnspec.notebook.repeating.placing import PlacedFigure, Placing
from nnspec.statistics.scales import MOST_WORDS, in_words

if TYPE_CHECKING:
    from rich.console import Console

_OPEN = "open: more seeds would tell"


def show(placing: Placing, console: Console | None = None) -> None:
    """Print a row for every printed figure, the reasons of those without a place, and what it took."""
    out = console_of(console)
    heads = (
        "cell",
        "what",
        "metric",
        "printed",
        "do as well",
        "place",
        "a reader gets: median, 90 %",
    )
    table(out, "Printed figures among the runs", heads, [_row(one) for one in placing.placed])
    if placing.not_placed:
        say(out, "\nWithout a place")
    for refused in _grouped(placing.not_placed):
        say(out, f"- {refused}")
    orders_table.show(placing, out)
    for one in placing.together.changed:
        say(
            out,
            f"\nNot luck: the {one.figures} figures of fit {one.fit} together are not such as {one.seeds} "
            f"runs of today's code give (p = {one.p:.2g}): the library, the data or the recipe has changed",
        )
    if placing.offered:
        options = " ".join(f"--figure {one}" for one in placing.offered)
        say(out, f"\nThe prose names figures that may be of such runs; to place them: {options}")
    seeded = sorted({one.global_seed for one in placing.placed if one.global_seed is not None})
    if seeded:
        numbers = ", ".join(map(str, seeded))
        say(
            out,
            f"\nThe notebook sets the seed {numbers} for all that is random: since Keras 3 every epoch then "
            "has the order of the first one. The runs here have an order of their own in each.",
        )
    results = placing.results
    if placing.placed:
        number = len(placing.orders)
        orders = f" and {number} order{'s' * (number > 1)}" if number else ""
        say(
            out,
            f"\n{len(placing.placed)} figures{orders}, {results.seeds_trained} trainings in "
            f"{results.seconds:.0f} s; that any place is wrong has a probability of at most "
            f"{results.error_rate:g}",
        )


def _row(one: PlacedFigure) -> tuple[str, ...]:
    figure, result = one.asked.figure, one.result
    share = f"{result.successes} of {result.seeds}"
    if result.interval is not None:
        share += f" ({result.interval[0]:.0%} – {result.interval[1]:.0%})"
    printed = figure.printed + " %" * figure.percent
    place = in_words(one.places) if len(one.places) <= MOST_WORDS else _OPEN
    return f"[{figure.cell}]", _what(one.asked), one.asked.key, printed, share, place, _reader(one)


def _what(asked: Asked) -> str:
    if asked.evaluation is not None:
        return "evaluate"
    return f"fit, epoch {asked.figure.epoch} of {asked.figure.epochs}"


def _reader(one: PlacedFigure) -> str:
    if one.reader is None:
        return "no run ends in a number"
    low, half, high = one.reader
    return f"{half:.4g}, {low:.4g} – {high:.4g}"


def _grouped(refused: tuple[NotPlaced, ...]) -> list[str]:
    """Return one line for the figures of a cell that lack a place for the same reason."""
    groups: dict[tuple[int, str], list[NotPlaced]] = {}
    for one in refused:
        groups.setdefault((one.figure.cell, one.why), []).append(one)
    return [
        f"[{cell}] {', '.join(f'{one.figure.metric} {one.figure.printed}'.strip() for one in group)}: {why}"
        for (cell, why), group in groups.items()
    ]
