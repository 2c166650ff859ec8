"""The Keras scripts of a report: each once, by its lines alone where it is near another of its document."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nnspec.results.claim_result import ClaimResult

_WORTH_IT = 0.5  # of a script's words; where more differ, it is read faster as a whole


@dataclass(frozen=True)
class Script:
    """An arm with its recipe in words, and the number of its script, 0 where there is none.

    `text` is the script, empty where another claim shows it. With a `base` these are the lines in which it
    differs from the script of that number, but for the recipe in the first line; that one may be told by its
    lines as well.
    """

    arm: str
    recipe: str
    number: int
    text: str = ""
    base: int = 0


def scripts(items: Iterable[ClaimResult]) -> list[tuple[Script, ...]]:
    """Return the arms of every item with their scripts, in their order."""
    numbers: dict[str, int] = {}
    told: dict[str, dict[str, int]] = {}  # of every document
    found = []
    for item in items:
        own: list[Script] = []
        for arm in dict.fromkeys([*item.recipes, *item.scripts]):
            text, recipe = item.scripts.get(arm, ""), item.recipes.get(arm, "")
            if not text or text in numbers:
                own.append(Script(arm, recipe, numbers.get(text, 0)))
                continue
            numbers[text] = len(numbers) + 1
            known = told.setdefault(item.document, {})
            lines, base = _difference(text, known)
            known[text] = numbers[text]
            own.append(Script(arm, recipe, numbers[text], lines or text, base))
        found.append(tuple(own))
    return found


def _difference(text: str, known: Mapping[str, int]) -> tuple[str, int]:
    """Return the lines that differ from the nearest known script, and its number; 0 where none is near."""
    each = [(_lines(one, text), number) for one, number in known.items()]
    lines, number = min(each, key=lambda pair: _words(pair[0]), default=([], 0))
    return ("\n".join(lines), number) if lines and _words(lines) <= _WORTH_IT * len(text.split()) else ("", 0)


def _lines(old: str, new: str) -> list[str]:
    texts = [text.splitlines()[text.startswith("# ") :] for text in (old, new)]
    told = difflib.unified_diff(texts[0], texts[1], lineterm="", n=0)
    return [line for line in told if not line.startswith(("---", "+++", "@@"))]


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)
