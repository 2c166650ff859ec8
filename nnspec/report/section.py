"""A section of the report's appendix: sentences, a table and perhaps a picture."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.report.picture import Picture


@dataclass(frozen=True)
class Section:
    """What a section shows: `sentences`, and a table with `headings` and texts in `rows`, which may be empty.

    `name` is the anchor that links point to.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None
