"""The claims of a report grouped by document, with what the author of each could act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def documents(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the documents in the order in which they come up, each with its claims and facts.

    `items` are claims as `evidence` returns them. `refuted`, `undecided`, `atypical` (claim, name,
    figure) and `drift` (claim, changed call) are what is worth the author's time.
    """
    grouped: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        grouped.setdefault(item["document"], []).append(item)
    return [_document(number, name, members) for number, (name, members) in enumerate(grouped.items(), 1)]


def _document(number: int, name: str, members: list[dict[str, Any]]) -> dict[str, Any]:
    measured = [item for item in members if item["measured_over_seeds"]]
    others = [item for item in members if not item["measured_over_seeds"]]
    figures = [(item, label, figure) for item in members for label, figure in item["figures"].items()]
    return {
        "name": name,
        "anchor": f"document-{number}",
        "title": members[0]["title"] or name,
        "members": [*measured, *others],
        "measured": measured,
        "others": others,
        "refuted": [item for item in members if item["verdict"] == "refuted"],
        "undecided": [item for item in members if item["verdict"] == "undecided" and item["seeds"]],
        "atypical": [(item, label, figure) for item, label, figure in figures if not figure["typical"]],
        "drift": [(item, entry) for item in members for entry in item["drift"]],
        "counts": Counter(item["verdict"] for item in members),
    }
