"""The record of mutation testing: what is written is read back, and files that are none are refused."""

from __future__ import annotations

import json
from pathlib import Path

from nnspec.studies.mutation.record import Mutated, read, write

ONE = Mutated("a", "training", "Something.", ("m:f: x → y",), ("tfc-history",), (), 2, 3, 1.5)
SURVIVOR = Mutated("b", "metrics", "Nothing.", ("m:f: x → y",), (), (), 2, 3, 1.5)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mutants.json"
    write(path, [ONE, SURVIVOR], {"keras": "3.15"})
    assert read(path) == [ONE, SURVIVOR]
    assert [one.survives for one in read(path)] == [False, True]
    assert json.loads(path.read_text())["environment"] == {"keras": "3.15"}
