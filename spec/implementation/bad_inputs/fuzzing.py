"""Documents with one value changed, files cut, changed and replaced, for the readers to answer to."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from copy import deepcopy
from typing import Any

# for a longer search: NNSPEC_FUZZ_EXAMPLES=2000 pytest spec/implementation/bad_inputs
EXAMPLES = int(os.environ.get("NNSPEC_FUZZ_EXAMPLES", "25"))
_TEXTS = ["", "\x00", "\ud800", "<b>&", "a\nb", "../../x", "\x1b[31m"]
ODD = [10**400, -1, 1e308, -0.0, 2**63, [], {}, [[]], *_TEXTS]


def places(document: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value of a document; of long lists to the first three."""
    found = [so_far]
    steps: Any = document if isinstance(document, dict) else ()
    if isinstance(document, list):
        steps = range(min(3, len(document)))
    for step in steps:
        found += places(document[step], (*so_far, step))
    return found


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a document with another value in a place; `...` takes it away."""
    if not place:
        return value
    copy = deepcopy(document)
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return copy


def fuzz(check: Callable[[bytes], None], document: Any, examples: int) -> None:
    """Hand over the document with one value changed, and its bytes cut, changed and replaced."""
    from hypothesis import strategies as st

    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(ODD),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    sound = json.dumps(document).encode()
    one_changed = st.builds(
        lambda place, value: json.dumps(changed(document, place, value)).encode(),
        st.sampled_from(places(document)[1:]),
        values | st.just(...),
    )
    replaced = values.map(json.dumps).map(str.encode)
    _run(check, st.one_of(one_changed, one_changed, one_changed, _damaged(sound), replaced), examples)


def fuzz_bytes(check: Callable[[bytes], None], sound: bytes, examples: int) -> None:
    """Hand over these bytes cut, changed and replaced."""
    _run(check, _damaged(sound).map(_Shortened), examples)


class _Shortened(bytes):
    """Bytes of which a failing test shows the beginning."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes: {bytes(self[:60])!r} …>"


def _damaged(sound: bytes) -> Any:
    from hypothesis import strategies as st

    last = len(sound) - 1
    cut = st.integers(0, last).map(lambda length: sound[:length])
    flipped = st.builds(
        lambda place, byte: sound[:place] + bytes([byte]) + sound[place + 1 :],
        st.integers(0, last),
        st.integers(0, 255),
    )
    turned = st.integers(0, last).map(lambda place: sound[place:] + sound[:place])
    return st.one_of(flipped, flipped, cut, turned, st.binary(max_size=40))


def _run(check: Callable[[bytes], None], contents: Any, examples: int) -> None:
    from hypothesis import HealthCheck, given, settings

    @settings(
        max_examples=examples,
        deadline=None,  # other work on the machine may hold any one example up
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(contents)
    def each(content: bytes) -> None:
        check(content)

    each()
