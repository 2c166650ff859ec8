"""All notebooks by name, in two sets: rules were settled on the first and measured on the second."""

from __future__ import annotations

from collections.abc import Mapping

from spec.mutation.notebooks.fresh import FRESH
from spec.mutation.notebooks.sources import DEVELOPMENT, Cells

SETS: Mapping[str, Mapping[str, Cells]] = {"development": DEVELOPMENT, "fresh": FRESH}
NOTEBOOKS: Mapping[str, Cells] = {name: cells for one in SETS.values() for name, cells in one.items()}
