"""What `nnspec notebook` prints of the printed figures: where each lies among the runs, or why nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.commands.terminal import orders_table
from nnspec.commands.terminal.console import console as console_of
from nnspec.commands.terminal.listing_table import say, table
from nnspec.notebook import figure_words as words
from nnspec.notebook.repeating.placing import PlacedFigure, Placing

if TYPE_CHECKING:
    from rich.console import Console


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
    for cell, why in words.without_a_place(placing.not_placed):
        say(out, f"- [{cell}] {why}")
    orders_table.show(placing, out)
    told = words.drawn(placing), words.offers(placing), words.seeded(placing)
    for said in filter(None, (*words.not_luck(placing), *told)):
        say(out, f"\n{said}")
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
    cell, asked = f"[{one.asked.figure.cell}]", one.asked
    said = words.printed(asked), words.do_as_well(one), words.place(one), words.reader_gets(one)
    return cell, words.what(one), asked.key, *said
