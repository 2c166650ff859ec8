"""The claims of a report grouped by document, with what the author of each could act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nnspec.report.words.wording import count

_ENOUGH = 16  # seeds, to tell an author that a printed figure is not typical of them


def documents(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the documents in the order in which they come up, each with its claims and facts.

    `items` are claims as `evidence` returns them, with `fresh_seeds`. `refuted`, `undecided`, `decided`
    (undecided here, but not by all fresh seeds), `atypical` (claim, name, figure) and `drift` (claim,
    changed call) are what is worth the author's time; `beyond` has by their reasons the claims that nnspec
    adds to what the document says, which are in none of the former.
    """
    grouped: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        grouped.setdefault(item["document"], []).append(item)
    return [_document(number, name, members) for number, (name, members) in enumerate(grouped.items(), 1)]


def _document(number: int, name: str, members: list[dict[str, Any]]) -> dict[str, Any]:
    measured = [item for item in members if item["measured_over_seeds"]]
    own = [item for item in members if not item["beyond"]]
    figures = [(item, label, figure) for item in own for label, figure in item["figures"].items()]
    drift = [(item, entry) for item in members for entry in item["drift"]]
    undecided = [item for item in own if item["verdict"] == "undecided" and item["seeds"]]
    return {
        "name": name,
        "anchor": f"document-{number}",
        "title": members[0]["title"] or name,
        # what an author has to act on comes first
        "members": sorted(members, key=lambda item: (not item["measured_over_seeds"], _rank(item))),
        "measured": measured,
        "others": [item for item in members if not item["measured_over_seeds"]],
        "refuted": [item for item in own if item["verdict"] == "refuted"],
        "undecided": [item for item in undecided if not _decided(item)],
        "decided": [item for item in undecided if _decided(item)],
        "beyond": _by_reason([item for item in measured if item["beyond"]]),
        "atypical": [one for one in figures if not one[2]["typical"] and one[0]["seeds"] >= _ENOUGH],
        "drift": drift,
        "drift_sentence": _drift_sentence([entry for _, entry in drift]),
        "counts": tiles(members),
        "facts": facts(members),
    }


def tiles(items: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Return how many claims over seeds have each verdict, and how many of all items could not be judged."""
    unjudged = ("error", "skipped")
    counted = [item for item in items if item["measured_over_seeds"] or item["verdict"] in unjudged]
    return Counter(item["verdict"] for item in counted)


def facts(items: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Return how many facts and pictures, which one run decides, have each verdict."""
    others = [item for item in items if not item["measured_over_seeds"]]
    return Counter(item["verdict"] for item in others if item["verdict"] not in ("error", "skipped"))


def _rank(item: Mapping[str, Any]) -> int:
    order = ("error", "refuted", "undecided", "holds", "skipped")
    return order.index(item["verdict"]) if item["verdict"] in order else 0


def _by_reason(items: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        grouped.setdefault(item["beyond"], []).append(item)
    return grouped


def _decided(item: Mapping[str, Any]) -> bool:
    return item["fresh_seeds"] is not None and item["fresh_seeds"].verdict != "undecided"


def _drift_sentence(entries: Sequence[Mapping[str, Any]]) -> str:
    """Return how much of what is printed still does what the document shows."""
    working = sum(bool(entry.get("works")) for entry in entries)  # older results do not have it
    changed = len(entries) - working
    said = []
    if changed:
        said.append(
            f"{count(changed, 'piece')} of printed code no longer {'does' if changed == 1 else 'do'} "
            "what the document shows"
        )
    if working:
        more = " more" if changed else " of printed code"
        said.append(
            f"{count(working, 'piece')}{more} still {'works' if working == 1 else 'work'}, with a remark"
        )
    return ", ".join(said) + "."
