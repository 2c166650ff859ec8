"""Which of the known names may be meant by one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def suggestion(wanted: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return which of the known names may be meant, or `otherwise` where none is near.

    Names such as `id[part]` are also known by their ids.
    """
    names = list(dict.fromkeys(part for name in known for part in (name.partition("[")[0], name)))
    near = difflib.get_close_matches(wanted, names, n=3)
    # an id of which only a part was typed is not close by its letters
    near += [name for name in names if wanted and wanted in name and name not in near][: 3 - len(near)]
    return "did you mean " + " or ".join(map(repr, near)) + "?" if near else otherwise
