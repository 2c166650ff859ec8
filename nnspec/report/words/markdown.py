"""Texts of whatever content as pieces of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from nnspec.report.words.printable import printable


def row(cells: Sequence[str]) -> str:
    """Return a row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    return [row(columns), row(["---"] * len(columns)), *map(row, rows)]


def joined(lines: Iterable[str]) -> str:
    """Return the lines as a text with ordinary spaces, which whoever searches it types."""
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def text_line(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    escaped = html.escape(" ".join(printable(text).splitlines()), quote=False)
    return re.sub(r"([\\`*\[\]])", r"\\\1", escaped)


def code(text: str) -> str:
    """Return text as code on one line; a backtick would end it and becomes an apostrophe."""
    return "`" + " ".join(printable(text).split()).replace("`", "'") + "`"
