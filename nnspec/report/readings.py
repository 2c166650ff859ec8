"""The claims of a document by the sentences that they read, with what is told of several of them once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nnspec.basics.grouping import grouped
from nnspec.report.badge import Badge
from nnspec.report.claim import ShownClaim
from nnspec.report.words.comparisons import DIFFERENCE

MANY = 4  # readings of one sentence; fewer have room to stand each for itself
_ALIKE = ("says", "section", "detail")
_NUMBERED = ("reading_sentence", "because", "beyond", "together")
_APART = re.compile(r"(?<=[;.]) +(?=\S)")  # between the parts of a reason
_NUMBERS = "(–, 0123456789)"


@dataclass(frozen=True)
class Readings:
    """Claims that read one sentence, and what they have in common: empty where there is one claim alone.

    `says` is the sentence, with its `section` and `detail`. `reading_sentence`, `because`, `beyond` and
    `together` have what is told of more than one claim, and of which, by their numbers. None of it stands in
    `items` again. `ours` is whether no sentence of the document says any of them.
    """

    items: tuple[ShownClaim, ...]
    anchor: str = ""
    says: str = ""
    section: str = ""
    detail: str = ""
    reading_sentence: str = ""
    because: str = ""
    beyond: str = ""
    together: str = ""
    ours: bool = False

    @property
    def badges(self) -> list[tuple[Badge, int]]:
        """The verdicts, with how many of the claims have each."""
        return Counter(item.badge for item in self.items).most_common()

    @property
    def rows(self) -> list[tuple[int, ShownClaim]]:
        """The claims, with their numbers, that are rows of a table: of many readings those that are plain."""
        found = [(at, item) for at, item in enumerate(self.items, 1) if item.in_row]
        return found if len(self.items) >= MANY and len(found) > 1 else []

    @property
    def apart(self) -> list[tuple[int, ShownClaim]]:
        """The claims, with their numbers, that are told each for itself."""
        rows = {number for number, _ in self.rows}
        return [(at, item) for at, item in enumerate(self.items, 1) if at not in rows]

    @property
    def only_nulls(self) -> bool:
        """Whether every row is compared with an arm beside itself."""
        return all(item.counterfactual and item.counterfactual.null for _, item in self.rows)

    @property
    def arms(self) -> str:
        """Which arm minus which other every quantity of the rows is; empty where they are not all alike."""
        labels = [strip.label for _, item in self.rows for strip in item.strips]
        ends = {label.rpartition(" (")[2].rstrip(")") for label in labels if label.startswith(DIFFERENCE)}
        alike = len(ends) == 1 and all(label.startswith(DIFFERENCE) for label in labels)
        return ends.pop() if alike else ""

    @property
    def fresh_seeds(self) -> list[tuple[str, str]]:
        """What fresh seeds say of rows that they do not confirm, with the numbers of those rows."""
        blocks = [(number, item.fresh_seeds) for number, item in self.rows if not item.confirmed]
        told = [(number, fresh.text) for number, fresh in blocks if fresh]
        alike = grouped(told, lambda one: one[1])
        return [(_numbers([number for number, _ in group]), text) for text, group in alike.items()]

    @property
    def trained(self) -> list[tuple[str, ShownClaim]]:
        """The rows that train something of their own, each with the numbers of those that train the same."""
        trained = [(number, item) for number, item in self.rows if item.recipes]
        alike = grouped(trained, lambda one: tuple(one[1].recipes.items()))
        return [(_numbers([number for number, _ in group]), group[0][1]) for group in alike.values()]

    @property
    def stands_out(self) -> bool:
        """Whether one of the claims does."""
        return any(item.stands_out for item in self.items)


def by_sentence(items: Sequence[ShownClaim]) -> list[Readings]:
    """Return claims grouped by the sentences of their document, in the order in which these come up."""
    groups = grouped(items, lambda item: (item.says, "" if item.says else item.anchor))
    return [_readings(group) for group in groups.values()]


def _readings(items: Sequence[ShownClaim]) -> Readings:
    if len(items) == 1:
        return Readings(tuple(items))
    first = items[0]
    same = [name for name in _ALIKE if len({getattr(one, name) for one in items}) == 1]
    common = {name: getattr(first, name) for name in same}
    nothing: dict[str, Any] = dict.fromkeys(common, "")
    numbers = {item.anchor: f"{at}" for at, item in enumerate(items, 1)}
    own = [replace(item, **nothing, arms_as=_by_number(item.arms_as, numbers)) for item in items]
    for name in _NUMBERED:
        told = [_parts(getattr(item, name)) for item in items]
        often = Counter(part for parts in told for part in set(parts))
        common[name] = _joined(_shared(told, often))
        left = (_joined(part for part in parts if often[part] == 1) for parts in told)
        changes: list[dict[str, Any]] = [{name: text} for text in left]
        own = [replace(item, **change) for item, change in zip(own, changes, strict=True)]
    anchor = first.anchor.replace("claim-", "sentence-", 1)
    return Readings(tuple(own), anchor, **common, ours=all(item.beyond for item in items))


def _by_number(arms: tuple[str, str] | None, numbers: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the claim that trains the same, named by its number where it reads the same sentence."""
    return arms and (arms[0], numbers.get(arms[0], arms[1]))


def _parts(reason: str) -> list[str]:
    return [part.rstrip(";.") for part in _APART.split(reason) if part]


def _joined(parts: Iterable[str]) -> str:
    """Return parts of reasons as one, each that begins like a sentence after a full stop."""
    told = ""
    for part in parts:
        told += (". " if part.lstrip(_NUMBERS)[:1].isupper() else "; ") * bool(told) + part
    return told


def _shared(told: Sequence[Sequence[str]], often: Counter[str]) -> Iterator[str]:
    """Yield what is told of more than one, first what is told of all, then with the numbers of the others."""
    parts = dict.fromkeys(part for one in told for part in one if often[part] > 1)
    by_whom = grouped(parts, lambda part: tuple(at for at, one in enumerate(told, 1) if part in one))
    for whose, said in sorted(by_whom.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        yield _joined(said) if len(whose) == len(told) else f"({_numbers(whose)}) {_joined(said)}"


def _numbers(whole: Sequence[int]) -> str:
    """Return rising numbers in short: 1–3, 5."""
    ranges: list[list[int]] = []
    for one in whole:
        if ranges and one == ranges[-1][-1] + 1:
            ranges[-1].append(one)
        else:
            ranges.append([one])
    return ", ".join(f"{one[0]}–{one[-1]}" if len(one) > 1 else f"{one[0]}" for one in ranges)
