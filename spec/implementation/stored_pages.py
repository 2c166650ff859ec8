"""Stored pages: a whole text is compared with the file `pages/NAME.txt` beside the test that made it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

LINES = {"article", "caption", "details", "div", "figcaption", "form", "h1", "h2", "h3", "h4", "li", "p",
         "pre", "summary", "table", "title", "tr"}  # fmt: skip
KEPT = "\x1f"  # a space of text that is laid out by its author
APART, CELLS, UNREAD = {"br", "option", "span", "text"}, {"dt", "td", "th"}, {"defs", "script", "style"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option that writes what otherwise would be compared."""
    parser.addoption("--rewrite-pages", action="store_true", help="write the stored pages of tests anew")


@pytest.fixture
def stored_page(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function of a page's name and its text, which must be the stored one to the letter."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "pages" / f"{name}.txt"
        text = text.rstrip("\n") + "\n"
        if request.config.getoption("--rewrite-pages"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        stored = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text != stored:
            # spaces that do not break would look like others
            old, new = (one.replace("\xa0", "␣").splitlines() for one in (stored, text))
            command = f"pytest '{request.node.nodeid}' --rewrite-pages"
            where = f"stored in {path}" if path.is_file() else f"NOT stored: there is no {path}"
            shown = "\n".join(difflib.unified_diff(old, new, where, "found", lineterm=""))
            pytest.fail(f"{shown}\n\nIf this is what it should say: {command}", pytrace=False)

    return compare


class Readable(HTMLParser):
    """The words of a page as lines, with what drawings and pictures say of themselves in brackets."""

    # ruff: noqa: D102  -- the handlers are described by HTMLParser

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines, self.unread, self.kept = [""], 0, 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in UNREAD
        self.kept += tag == "pre"
        self.lines[-1] += " " if tag in APART else ""
        told = dict(attrs).get("alt") or (dict(attrs).get("aria-label") if tag == "svg" else None)
        if told:
            self.lines += [f"[{told}]", ""]
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in UNREAD
        self.kept -= tag == "pre"
        self.lines[-1] += " | " if tag in CELLS else " " if tag in APART else ""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self.kept:
            self.lines += [*data.replace(" ", KEPT).split("\n"), ""]
        elif not self.unread:
            self.lines[-1] += data.replace("\n", " ")

    def _break(self, tag: str) -> None:
        if tag in LINES and self.lines[-1]:
            self.lines.append("")


def readable(page: str) -> str:
    """Return the words of an HTML page as lines."""
    lines = (re.sub(" +", " ", line).strip(" |") for line in Readable(page).lines)
    return "\n".join(line for line in lines if line).replace(KEPT, " ")
