"""Whether a repair changes what a sentence is about: with that changed, it would be another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nnspec.recipes.changes import BATCH_SIZE, EPOCHS, INITIALIZATION, LEARNING_RATE, UNITS

_NAMES = {
    EPOCHS: r"\bepochs?\b",
    LEARNING_RATE: r"\b(learning )?rates?\b",
    UNITS: r"\b(units?|neurons?|layers? of \w+)\b",
    BATCH_SIZE: r"\bbatch",
    INITIALIZATION: r"\binitial|\brandom weights\b",
}


def names_what_changes(statement: str, kinds: Iterable[str]) -> bool:
    """Return whether a statement names one of the kinds of things that a change changes."""
    return any(re.search(_NAMES[kind], statement, re.IGNORECASE) for kind in kinds if kind in _NAMES)
