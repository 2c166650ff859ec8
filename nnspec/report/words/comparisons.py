"""What a predicate compared, in words that an author may print: "a lower loss for small than for large"."""

from __future__ import annotations

import re

from nnspec.report.words.wording import number
from nnspec.results.claim_result import ClaimResult

_DIGITS, _PRINTED = 3, 6  # of a tolerance, which may have a little more for round-off; of a threshold
_ARM = re.compile(r" of (\w+)")
_ORDER = {"<": "a lower", "≤": "no higher", ">": "a higher", "≥": "no lower"}
_PLACE = {"<": "below", "≤": "at most", ">": "above", "≥": "at least"}


def predicate_in_words(claim: ClaimResult) -> str:
    """Return the predicate of a claim with each of its comparisons in words.

    Two limits of one quantity are a range; what is no plain comparison stays as it is.
    """
    compared = [(one.label, one.operator, one.threshold) for one in claim.values]
    limits: dict[str, float] = {operator: limit for _, operator, limit in compared}
    if len(compared) == 2 and set(limits) == {"≥", "≤"} and compared[0][0] == compared[1][0]:
        return f"{compared[0][0]} between {number(limits['≥'])} and {number(limits['≤'])}"
    return " and ".join(_comparison(*one) for one in compared) or claim.predicate


def quantity_in_words(label: str) -> str:
    """Return the label of a quantity; a difference of two arms as what it is of and which arm minus which."""
    arms = _arms(label)
    return label if arms is None else f"difference in {arms[0]} ({arms[1]} minus {arms[2]})"


def _comparison(label: str, operator: str, limit: float) -> str:
    if label.startswith("|") and label.endswith("|") and label.count("|") == 2 and operator in "<≤":
        return _nearness(label[1:-1], limit) or f"{label} {operator} {number(limit, _PRINTED)}"
    parts, arms = _difference(label), _arms(label)
    if parts is None or limit < 0 or (limit > 0 and operator not in ">≥"):
        return f"{label} {operator} {number(limit, _PRINTED)}"
    if limit == 0:
        if arms is not None:
            return f"{_ORDER[operator]} {arms[0]} for {arms[1]} than for {arms[2]}"
        return f"{parts[0]} {_PLACE[operator]} {parts[1]}"
    least = f"{'at least' if operator == '≥' else 'more than'} {number(limit, _DIGITS)}"
    if arms is not None:
        return f"{arms[0]} {least} higher for {arms[1]} than for {arms[2]}"
    return f"{parts[0]} {least} above {parts[1]}"


def _nearness(inner: str, limit: float) -> str:
    if ratio := re.fullmatch(r"([^()]+) / ([0-9.e+-]+) - 1", inner):
        return f"{ratio[1]} within {number(100 * limit, _DIGITS)} % of {ratio[2]}"
    parts = _difference(inner)
    return "" if parts is None else f"{parts[0]} within {number(limit, _DIGITS)} of {parts[1]}"


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
