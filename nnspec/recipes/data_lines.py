"""Lines of a Keras script that make the data, and what they need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NUMPY = "import numpy as np"


@dataclass
class DataLines:
    """Lines of code: `lines` that make the arrays, and `imports`.

    `has_test` says whether there is a test part, None where only the arrays tell.
    """

    lines: list[str]
    imports: list[str]
    has_test: bool | None = True


def in_order(imports: Iterable[str]) -> list[str]:
    """Return lines of imports once each, as isort has them: modules before names."""
    return sorted(set(imports), key=lambda line: (line.startswith("from "), line))
