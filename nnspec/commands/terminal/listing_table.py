"""Plain tables and lines of the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def table(
    out: Console, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], most: int | None = None
) -> None:
    """Print a table of texts, at most so many rows of it; nothing where there is no row."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    made = Table(
        title=Text(f"\n{title}"), box=None, pad_edge=False, title_justify="left", header_style="bold"
    )
    for head in heads:
        made.add_column(head, overflow="fold")
    for row in rows[:most]:
        made.add_row(*map(Text, row))
    out.print(made)
    if most is not None and len(rows) > most:
        say(out, f"… and {len(rows) - most} more; --json writes them all")


def say(out: Console, text: str) -> None:
    """Print a line as it is."""
    out.print(text, markup=False, soft_wrap=True)
