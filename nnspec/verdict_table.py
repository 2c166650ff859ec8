"""Verdicts as Markdown tables, for readers of a repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

SYMBOLS = {"holds": "✓", "refuted": "✗", "undecided": "?", "error": "!", "skipped": "–"}
_HEAD = "| claim | statement | verdict | seeds that say yes | claimed | documented figures |"


def name(claim: Mapping[str, Any]) -> str:
    """Return the id of a claim as code, with its part in brackets."""
    return f"`{claim['id']}`" + (f" ({claim['part']})" if claim["part"] else "")


def row(claim: Mapping[str, Any]) -> str:
    """Return the row of a claim that was judged over seeds."""
    seeds = f"{claim['successes']} of {claim['seeds']}"
    verdict = f"{SYMBOLS[claim['verdict']]} {claim['verdict']}"
    figures = "; ".join(_figure(label, figure) for label, figure in claim["figures"].items())
    cells = [name(claim), claim["statement"], verdict, seeds, f"{claim['claimed_share']:.0%}", figures]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table(claims: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of the claims that were judged over seeds, and how many others there are."""
    judged = [claim for claim in claims if claim["seeds"] is not None]
    others = Counter(claim["verdict"] for claim in claims if claim["seeds"] is None)
    lines = [_HEAD, "| --- | --- | --- | --- | --- | --- |", *map(row, judged)] if judged else []
    if others:
        told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(others.items()))
        lines += ["", f"Facts, pictures and changed calls: {told}."]
    return "\n".join(lines).strip()


def counts(claims: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many of the claims that were judged over seeds hold, are refuted and are undecided."""
    found = Counter(claim["verdict"] for claim in claims if claim["seeds"] is not None)
    return {verdict: found[verdict] for verdict in ("holds", "refuted", "undecided")}


def _figure(label: str, figure: Mapping[str, Any]) -> str:
    typical = "typical" if figure["typical"] else "not typical"
    return f"{label} {figure['documented']:g}: {typical}, median {figure['quantiles'][2]:.4g}"
