"""What a predicate compared, in words: "lower loss for “small” than “large”"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnspec.report.words.wording import number

_ARM = re.compile(r" of (\w+)")
_NOUN = re.compile(
    r"(?:(?:test|val|validation|training|lowest|highest|mean) )*"
    r"(?:accuracy|loss|error|absolute error|cross-entropy|rate)(?: in epoch \d+)?"
)
DIFFERENCE = "difference in "  # how the label of a difference of two arms begins
_ORDER = {"<": "lower", "≤": "no higher", ">": "higher", "≥": "no lower"}
_PLACE = {"<": "below", "≤": "at most", ">": "above", "≥": "at least"}


def comparison_in_words(label: str, operator: str, limit: float) -> Iterator[str]:
    """Yield one comparison in words that begin a title, the longest first; none where they would not read.

    A difference of two arms that is above or below nothing is said of both arms, then of the first alone.
    """
    if "|" in label or "(" in label or "·" in label:
        return
    parts, arms = _difference(label), _arms(label)
    if arms is not None and limit == 0:
        what = f"{_ORDER[operator]} {arms[0]} for “{arms[1]}”"
        yield f"{what} than “{arms[2]}”"
        yield what
    elif parts is None:
        yield f"{label} {_PLACE[operator]} {number(limit)}"


def is_a_noun(label: str) -> bool:
    """Return whether the label of a quantity reads as a noun, such as accuracy, or loss in epoch 5."""
    return _NOUN.fullmatch(label) is not None


def quantity_in_words(label: str) -> str:
    """Return the label of a quantity; a difference of two arms as what it is of and which arm minus which."""
    arms = _arms(label)
    return (
        label.replace(" - ", " − ") if arms is None else f"{DIFFERENCE}{arms[0]} ({arms[1]} minus {arms[2]})"
    )


def _arms(label: str) -> tuple[str, str, str] | None:
    """Return of what a label is the difference between two arms, and their names; None where it is not."""
    parts = _difference(label)
    if parts is None:
        return None
    left, right = (dict.fromkeys(_ARM.findall(part)) for part in parts)
    for first in left:
        for second in (name for name in right if name not in left):
            if re.sub(rf" of {first}\b", f" of {second}", parts[0]) == parts[1]:
                common = re.sub(rf" of {first}\b", "", parts[0]).replace(" - ", " minus ")
                return common, first, second
    return None


def _difference(label: str) -> tuple[str, str] | None:
    """Return the two sides of the last minus outside of all brackets, without brackets of their own."""
    depth, places = 0, []
    for place, character in enumerate(label):
        depth += (character == "(") - (character == ")")
        if depth == 0 and label.startswith(" - ", place):
            places.append(place)
    if not places or "|" in label:
        return None
    left, right = label[: places[-1]], label[places[-1] + 3 :]
    return left, right[1:-1] if right.startswith("(") and right.endswith(")") else right
