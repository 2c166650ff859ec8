"""Dataclasses as plain data: what is written is read back, and what is of another kind is refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.basics.plain_data import mapped, plain, read


@dataclass(frozen=True)
class Part:
    """What a whole has under a name."""

    name: str
    ends: tuple[float, float] | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """Older ones have no ends."""
        return ("ends",) if self.ends is None else ()


@dataclass(frozen=True)
class Whole:
    """One field of each kind."""

    seeds: int
    kind: Literal["one", "two"]
    known: bool
    values: tuple[float | None, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)


WHOLE = Whole(3, "two", True, (0.5, None), {"a": Part("x", (0.0, 1.0)), "b": Part("y")})
STORED: dict[str, Any] = {
    "seeds": 3,
    "kind": "two",
    "known": True,
    "values": [0.5, None],
    "parts": {"a": {"name": "x", "ends": [0.0, 1.0]}, "b": {"name": "y"}},
}


def test_plain_data_have_the_fields_in_their_order_without_what_is_left_out() -> None:
    assert json.dumps(plain(WHOLE)) == json.dumps(STORED)


def test_what_is_written_is_read_back_and_unknown_fields_are_left_out() -> None:
    assert read(Whole, json.loads(json.dumps(STORED)) | {"later": 1}) == WHOLE
    assert read(Whole, {"seeds": 0, "kind": "one", "known": False}) == Whole(0, "one", False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seeds": -1}, "x: seeds=-1; expected a whole number, 0 or more"),
        ({"seeds": 3.5}, "x: seeds=3.5; expected"),
        ({"seeds": True}, "x: seeds=True; expected"),
        ({"kind": "three"}, "x: kind='three'; expected one of one, two"),
        ({"kind": []}, "x: kind=.*; expected one of"),
        ({"known": 1}, "x: known=1; expected true or false"),
        ({"values": 0.5}, "x: values=0.5; expected a list"),
        ({"values": [float("nan")]}, "x: value=nan; expected a finite number"),
        ({"values": [10**400]}, "x: value=1.*; expected a finite number"),
        ({"values": ["high"]}, "x: value='high'; expected a finite number"),
        ({"parts": [1]}, "x: parts=.*; expected names with their values"),
        ({"parts": {"a": 1}}, "x: parts=1; expected names with their values"),
        ({"parts": {"a": {"name": None}}}, "x: name=None; expected a text"),
        ({"parts": {"a": {"name": "x", "ends": [0.0]}}}, "x: ends=.*; expected a list of 2"),
    ],
)
def test_what_is_of_another_kind_is_refused_by_name(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        read(Whole, STORED | changes, "x: ")


def test_a_field_without_a_default_must_be_there() -> None:
    with pytest.raises(KeyError, match="seeds"):
        read(Whole, {"kind": "one", "known": True})


def test_every_text_and_number_is_mapped_and_everything_keeps_its_type() -> None:
    changed = mapped(lambda leaf: leaf.upper() if isinstance(leaf, str) and leaf != "two" else leaf, WHOLE)
    assert changed == Whole(3, "two", True, (0.5, None), {"A": Part("X", (0.0, 1.0)), "B": Part("Y")})
    assert mapped(lambda leaf: leaf + 1, [(1, 2), [3]]) == [(2, 3), [4]]
