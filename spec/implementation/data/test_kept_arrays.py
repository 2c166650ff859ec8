"""Arrays stay in memory as long as there is room, and what data sets share is there once."""

from __future__ import annotations

import gc

import numpy as np

from nnspec.data.kept_arrays import SharedWhileUsed, UsedLast


def made_by(kept: UsedLast[str, int], names: str) -> str:
    """Return which of these, one after another, were made."""
    made = ""
    for name in names:

        def make(name: str = name) -> int:
            nonlocal made
            made += name
            return {"a": 4, "b": 3, "c": 5, "L": 9}[name]

        kept.get(name, make)
    return made


def test_what_was_used_longest_ago_makes_room() -> None:
    kept = UsedLast[str, int](lambda size: size, lambda key: False, most_bytes=8)
    assert made_by(kept, "abab") == "ab"
    assert made_by(kept, "ac") == "c"  # which is 9 with a, and 8 with b, that was used before a
    assert made_by(kept, "c") == ""
    assert made_by(kept, "ab") == "ab"


def test_the_last_one_stays_however_large_it_is() -> None:
    kept = UsedLast[str, int](lambda size: size, lambda key: False, most_bytes=8)
    assert made_by(kept, "aLL") == "aL"
    assert made_by(kept, "aL") == "aL"


def test_what_is_to_last_stays_up_to_a_number() -> None:
    kept = UsedLast[str, int](lambda size: size, str.isupper, most_bytes=2)
    assert made_by(kept, "Laba") == "Laba"
    assert made_by(kept, "L") == ""
    for number in range(15):
        kept.get(f"X{number}", lambda: 1)
    assert made_by(kept, "a") == "a"
    assert made_by(kept, "L") == "L"


def test_an_array_is_shared_as_long_as_somebody_has_it() -> None:
    made = []

    @SharedWhileUsed
    def zeros(number: int) -> np.ndarray:
        made.append(number)
        return np.zeros(number)

    first = zeros(3)
    part = zeros(3)[:2]
    assert part.base is first
    del first
    assert zeros(3)[:2].base is part.base
    del part
    gc.collect()
    assert zeros(3).shape == (3,)
    assert made == [3, 3]
