"""The pages that people read, the README and docs/, and the places in them that tests look at."""

from __future__ import annotations

import re
from pathlib import Path

from spec.folders import ROOT

README = ROOT / "README.md"
DOCS = ROOT / "docs"
WRITTEN = sorted(
    path for path in DOCS.rglob("*.md") if path.parent != DOCS / "documents" and "_build" not in path.parts
)
PAGES = [README, *WRITTEN]  # without those that are made when the documentation is built
_PLACE = re.compile(r"<!-- (?!end of )([\w ]+) -->")


def text(page: Path) -> str:
    """Return a page as it is written."""
    return page.read_text(encoding="utf-8")


def running(page: Path) -> str:
    """Return a page with single spaces, wherever a line ends."""
    return " ".join(text(page).split())


def places() -> dict[str, Path]:
    """Return the pages on which the places stand that comments enclose, by the names of the places."""
    found = [(place, page) for page in PAGES for place in _PLACE.findall(text(page))]
    assert len({place for place, _ in found}) == len(found), "a place stands on one page"
    return dict(found)


def between(place: str) -> list[str]:
    """Return the lines between the two comments of a place."""
    inside = text(places()[place]).partition(f"<!-- {place} -->")[2].partition(f"<!-- end of {place} -->")[0]
    assert inside, place
    return inside.strip().splitlines()


def fill(place: str, lines: list[str]) -> None:
    """Write lines between the two comments of a place."""
    page = places()[place]
    block = f"<!-- {place} -->\n\n" + "\n".join(lines) + f"\n\n<!-- end of {place} -->"
    pattern = f"<!-- {place} -->.*?<!-- end of {place} -->"
    page.write_text(re.sub(pattern, lambda _: block, text(page), flags=re.DOTALL), encoding="utf-8")


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the blocks of code on a page that are in one of these languages."""
    return [
        code for kind, code in re.findall(r"```(\w+)\n(.*?)```", text(page), re.DOTALL) if kind in languages
    ]
