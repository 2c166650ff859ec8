"""What cells showed when a notebook was run: written cell by cell beside what they trained, and read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from nnspec.basics.plain_data import plain, read
from nnspec.notebook.cells import Output

SHOWN = "shown.jsonl"


def write_shown(folder: Path, cell: int, outputs: Sequence[Output]) -> None:
    """Write what a cell showed; nothing of one that showed nothing."""
    if outputs:
        with (folder / SHOWN).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"cell": cell, "outputs": plain(tuple(outputs))}) + "\n")


def read_shown(folder: Path) -> dict[int, tuple[Output, ...]]:
    """Return what cells showed, by their numbers, as far as it was written."""
    path = folder / SHOWN
    found: dict[int, tuple[Output, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            told = json.loads(line)
            found[told["cell"]] = tuple(read(Output, one) for one in told["outputs"])
        except (ValueError, LookupError, TypeError, AttributeError):  # cut off while it was written
            continue
    return found
