"""The page on the architecture lists the rooms that there are, from the top, and names places that exist."""

from __future__ import annotations

import ast
import re

from spec.folders import ROOT
from spec.implementation.test_import_graph import PACKAGE, ROOMS


def sentence(room: str) -> str:
    """Return the first sentence of a room's `__init__`."""
    text = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def test_the_table_has_every_room_with_its_sentence_from_the_top() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)/` \| (.*) \|$", page, re.M)
    assert rows == [(room, sentence(room)) for room in ROOMS]


def test_every_place_that_the_page_names_is_there() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    places = set(re.findall(r"`([\w/]+(?:/|\.py|\.txt))`", page))
    assert len(places) > 20
    assert (
        sorted(place for place in places if not any((top / place).exists() for top in (ROOT, PACKAGE))) == []
    )
