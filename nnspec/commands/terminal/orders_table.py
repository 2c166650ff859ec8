"""What `nnspec notebook` prints of the printed orders of models: how many runs have each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.commands.terminal.listing_table import say, table
from nnspec.notebook.repeating.placing import Placing
from nnspec.results.claim_result import ClaimResult
from nnspec.results.order import Order
from nnspec.statistics.scales import MOST_WORDS, in_words

if TYPE_CHECKING:
    from rich.console import Console

_HEADS = ("printed order", "metric", "printed", "runs with this order", "alike", "how often")
_OPEN = "open: more seeds would tell"


def show(placing: Placing, out: Console) -> None:
    """Print a row for every order, which of them are coin tosses, and why others were not judged."""
    title = "Printed orders of models among paired runs"
    table(out, title, _HEADS, [_row(one.result, one.order) for one in placing.orders])
    tosses = [one.order for one in placing.orders if one.places == ("a coin toss",)]
    if tosses:
        told = "; ".join(f"{one.first.name} and {one.second.name} by {one.metric}" for one in tosses)
        say(out, f"\nCoin tosses, which another run may order the other way: {told}")
    for refused in placing.not_ordered:
        one, other = refused.names
        say(out, f"- {one} and {other} by {refused.pair[0].key}: {refused.why}")


def _row(result: ClaimResult, order: Order) -> tuple[str, ...]:
    share = f"{result.successes} of {result.seeds}"
    if result.interval is not None:
        share += f" ({result.interval[0]:.0%} – {result.interval[1]:.0%})"
    models = f"{order.first.name} [{order.first.cell}] before {order.second.name} [{order.second.cell}]"
    printed = f"{order.first.printed}, {order.second.printed}"
    often = in_words(result.places) if 0 < len(result.places) <= MOST_WORDS else _OPEN
    return models, order.metric, printed, share, str(order.ties), often
