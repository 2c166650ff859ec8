"""Texts of a page in which the numbers of cells lead to these cells."""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup, escape

_CELL = re.compile(r"\[(\d{1,6})\]")


def anchor(cell: int) -> str:
    """Return the name of a cell's heading."""
    return f"cell-{cell}"


def cells_in(text: str) -> list[int]:
    """Return the cells that a text names, `[12]` for example."""
    return [int(number) for number in _CELL.findall(text)]


def linked(text: str, cells: Collection[int]) -> Markup:
    """Return a text as HTML, in which `[12]` leads to the heading of cell 12, if this is one of the cells."""

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'<a href="#{anchor(number)}">{found[0]}</a>' if number in cells else found[0]

    # brackets stay as they are where a text is escaped
    return Markup(_CELL.sub(link, str(escape(text))))  # noqa: S704  # escaped before
