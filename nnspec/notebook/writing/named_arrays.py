"""Several inputs or targets by name as code: a function that reads them from the file beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from numpy.typing import NDArray

from nnspec.data import Arrays
from nnspec.data.by_name import ByName

PARTS = ("train", "test", "validation")


def arrays_of(arrays: Arrays) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the arrays that there are, by the names that they have in a file."""
    for part in PARTS:
        if not len(arrays.part(part)[0]):
            continue
        for letter, values in zip("xy", arrays.part(part), strict=True):
            if isinstance(values, ByName):
                yield from ((f"{letter}_{part}_{name}", one) for name, one in values.arrays.items())
            else:
                yield f"{letter}_{part}", values


def are_named(arrays: Arrays) -> bool:
    """Return whether there are several inputs, or several targets."""
    return any(isinstance(values, ByName) for part in PARTS for values in arrays.part(part))


def reading_lines(arrays: Arrays) -> tuple[str, ...]:
    """Return a function that reads arrays from `{file}`, which is put in its place, and returns them."""
    given = [
        f"        {letter}_{part}={_value(values, f'{letter}_{part}')},"
        for part in PARTS
        if len(arrays.part(part)[0])
        for letter, values in zip("xy", arrays.part(part), strict=True)
    ]
    return (
        "def several():",
        "    from pathlib import Path",
        "",
        "    import numpy as np",
        "",
        '    held = np.load(Path(__file__).with_name("{file}"))',
        "    return Arrays(",
        *given,
        "    )",
    )


def _value(values: Any, name: str) -> str:
    if not isinstance(values, ByName):
        return f'held["{name}"]'
    told = ", ".join(f'{json.dumps(key)}: held["{name}_{key}"]' for key in values.arrays)
    return f"{{{told}}}"
