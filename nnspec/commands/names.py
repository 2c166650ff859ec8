"""The names of claims in the arguments of commands: an id stands for all its parts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from nnspec.basics.errors import InvalidValue


def stands_for(wanted: str, name: str) -> bool:
    """Tell whether `wanted` is the name of a claim, `id[part]`, or the id of all its parts."""
    return wanted in (name, name.partition("[")[0])


def named(ids: Sequence[str], known: Sequence[str], label: str) -> list[str]:
    """Return the names that ids stand for, an id for all its parts; `label` says what has them.

    Raises
    ------
    InvalidValue
        If one stands for none.
    """
    names: list[str] = []
    for wanted in ids:
        found = [name for name in known if stands_for(wanted, name)]
        if not found:
            raise InvalidValue("id", wanted, f"an id of {label}")
        names += [name for name in found if name not in names]
    return names


def suggestion(wanted: str, known: Iterable[str], otherwise: str) -> str:
    """Return which of the known names may be meant, or `otherwise` where none is near."""
    names = list(dict.fromkeys(part for name in known for part in (name.partition("[")[0], name)))
    near = difflib.get_close_matches(wanted, names, n=3)
    # an id of which only a part was typed is not close by its letters
    near += [name for name in names if wanted and wanted in name and name not in near][: 3 - len(near)]
    return "did you mean " + " or ".join(map(repr, near)) + "?" if near else otherwise
