"""The names of claims in the arguments of commands: an id stands for all its parts."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.basics.errors import InvalidValue
from nnspec.basics.nearest import suggestion


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
            raise InvalidValue("id", wanted, f"an id of {label}", suggestion(wanted, known))
        names += [name for name in found if name not in names]
    return names
