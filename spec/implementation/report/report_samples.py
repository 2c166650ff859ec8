"""Results to render and a parser to read the page with, for the tests of the report."""

from __future__ import annotations

import struct
import zlib
from html.parser import HTMLParser
from typing import Any

import numpy as np

from nnspec.basics.plain_data import read
from nnspec.results.claim_result import ClaimResult

VOID = {"br", "img", "input", "link", "meta", "hr"}


class Page(HTMLParser):
    """Elements of a page in order, each with tag, attributes and all the text inside it."""

    # ruff: noqa: D102  -- the handlers are described by HTMLParser

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()
        self.unbalanced += [tag for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append((tag, self.elements[-1][2]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        for _, texts in self.open:
            texts.append(data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [" ".join("".join(text).split()) for name, attrs, text in self.elements
                if name == tag and all(attrs.get(k.strip("_")) == v for k, v in wanted.items())]  # fmt: skip

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs, _ in self.elements if name in attrs]


def claim(**changes: Any) -> dict[str, Any]:
    """Return a refuted share claim with 256 seeds, as the results document has it."""
    draw = np.random.default_rng(7)
    accuracies = [0.5] * 60 + draw.uniform(0.7, 1.0, 196).tolist()
    successes = sum(x >= 0.98 for x in accuracies)
    if "successes" in changes and "share" not in changes:
        changes["share"] = changes["successes"] / changes.get("seeds", 256)
    linear = draw.uniform(0.45, 0.55, 64).tolist()
    return {
        "id": "tfc-relu-sigmoid", "part": "", "document": "tf-classification", "title": "02. Classification",
        "section": "Non-linearity", "detail": "model_7", "kind": "share + figure",
        "statement": "A 4-4-1 network separates the circles.", "says": "", "reading": "general", "word": "",
        "because": "counted in points",
        "predicate": "accuracy ≥ 0.98", "verdict": "refuted", "expected": "refuted", "as_recorded": True,
        "measured": "26 % of 256 seeds", "seeds": 256, "successes": successes, "diverged": 0,
        "share": successes / 256, "interval": [0.02, 0.2], "claimed_share": 0.9,
        "figures": {"accuracy": figure()},
        "values": [{"label": "accuracy", "operator": "≥", "threshold": 0.98, "claim": accuracies,
                    "counterfactual": linear}],
        "counterfactual": {"description": "linear hidden units", "verdict": "refuted", "seeds": 64,
                           "successes": 0, "interval": [0.0, 0.2]},
        "recipes": {"model_7": "Circles: 4 relu-4 relu-1 sigmoid, Adam(0.001), 100 epochs"},
        "engine": "stacked", "worst_seeds": [4, 11],
        "replay": "nnspec verify -k tfc-relu-sigmoid --seeds 4,11",
        "training_seconds": 1.9, "cached": False, "message": "", "notes": [],
    } | changes  # fmt: skip


def figure(**changes: Any) -> dict[str, Any]:
    """Return a printed accuracy that is better than most, as the results document has it."""
    return {
        "documented": 0.991, "better": "higher", "as_well": 28, "seeds": 256, "interval": [0.0317, 0.2473],
        "places": ["better than most"], "quantiles": [0.5, 0.72, 0.85, 0.93, 0.99], "explained": "",
    } | changes  # fmt: skip


def placed(reading: str, *places: str, **changes: Any) -> dict[str, Any]:
    """Return a claim of one case or a figure of one run, held to no share, at these places."""
    told = {"reading": reading, "verdict": "placed", "places": list(places), "expected": " or ".join(places)}
    nothing = {"kind": "share", "claimed_share": None, "figures": {}, "counterfactual": None}
    return claim(**told | nothing | changes)


def fact(**changes: Any) -> dict[str, Any]:
    """Return a fact that holds."""
    nothing = dict.fromkeys(["seeds", "successes", "share", "interval", "claimed_share", "counterfactual"])
    empty = {"figures": {}, "values": [], "recipes": {}, "worst_seeds": [], "replay": "", "measured": ""}
    said = {"id": "tfc-circles-data", "kind": "fact", "verdict": "holds", "expected": "holds",
            "statement": "There are 1000 points.", "reading": "", "because": ""}  # fmt: skip
    return claim() | nothing | empty | said | changes


def results(*claims: dict[str, Any]) -> dict[str, Any]:
    """Return a results document of these claims."""
    return {
        "schema": 2,
        "environment": {"nnspec": "0.1.0", "python": "3.11.2", "tensorflow": "2.21.0", "keras": "3.15.0",
                        "numpy": "2.4.1", "machine": "x86_64", "engine": "stacked",
                        "date": "2026-11-21T00:00:00+00:00"},
        "error_rate": 0.001, "verdicts": 300, "budget": "standard", "seconds": 93.1, "seeds_trained": 9000,
        "claims": list(claims),
    }  # fmt: skip


def said(text: str) -> str:
    """Return what a page says of its claims, without how it is read and the method."""
    before, _, rest = text.partition("\nHow to read this report\n")
    return f"{before}\nContents\n" + rest.partition("\nContents\n")[2].partition("\nMethod\nHow a ")[0]


def how_it_is_read(text: str) -> str:
    """Return what `said` leaves out."""
    reading = text.partition("\nHow to read this report\n")[2].partition("\nContents\n")[0]
    return f"{reading}\n\nMethod\nHow a " + text.partition("\nMethod\nHow a ")[2]


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def result(record: dict[str, Any]) -> ClaimResult:
    """Return what such a record says."""
    return read(ClaimResult, record)


def complete(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with the fields that `nnspec verify` always writes."""
    documented = {name: figure["documented"] for name, figure in record["figures"].items()}
    judged = {"documented": documented, "has_counterfactual": bool(record["counterfactual"])}
    return judged | {"seeds_trained": 0, "drift": []} | record
