"""Repairs are written, read back and merged by claim; a file without them is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec import InvalidValue
from nnspec.recipes.changes import UNCHANGED, neighbourhood
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.record import Confirmation, Counted, Repair, Trial

CHANGES = {str(change): change for change in neighbourhood()}
TWICE, FASTER = CHANGES["epochs ×2"], CHANGES["learning rate ×3"]
FOUND = Repair(
    "circles-1", "circles", 0.8, 1e-3, 6, 10, 0.01,
    (Trial(UNCHANGED, Counted(16, 64)), Trial(TWICE, Counted(64, 64))),
    (Confirmation(TWICE, "holds", "refuted", Counted(128, 128)),),
    Counted(30, 128), "-    epochs=10,\n+    epochs=20,",
)  # fmt: skip
OPEN = Repair(
    "other", "circles", 0.9, 1e-3, 6, 25, None,
    (Trial(UNCHANGED, Counted(3, 24)), Trial(TWICE, None, "one rate for each epoch")),
    (Confirmation(FASTER, "undecided", "refuted", Counted(118, 128)),),
    Counted(3, 24), "",
)  # fmt: skip


def test_what_is_written_is_read_back_and_merged_by_claim(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "repairs.json"
    repair_record.write(path, [FOUND, OPEN], {"keras": "3.15"})
    assert repair_record.read(path) == (FOUND, OPEN)
    assert FOUND.found is not None
    newer = Repair(**vars(OPEN) | {"before": Counted(4, 24)})
    assert repair_record.merged(path, [newer]) == [FOUND, newer]
    assert repair_record.merged(tmp_path / "none.json", [newer]) == [newer]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(schema=2), "schema=2; expected 1; it was written by another version"),
        (lambda d: d.update(claims=None), "expected repairs of `nnspec repair`"),
        (lambda d: d["claims"][0].pop("before"), "a field is missing: 'before'"),
        (lambda d: d["claims"][0].update(before=[5, 4]), "5 successes among 4 seeds"),
        (lambda d: d["claims"][0].update(trials=[]), "not tried as it stands"),
        (lambda d: d["claims"][0]["trials"][1].update(change={"epochs": "1e999999999"}), "epochs ×1e9"),
        (lambda d: d["claims"][0]["trials"][1].update(change={"seed": "2"}), "change='seed'"),
        (lambda d: d["claims"][0]["confirmations"][0].update(verdict="maybe"), "verdict='maybe'"),
    ],
)
def test_a_file_that_has_no_repairs_is_refused_in_one_line(tmp_path: Path, change: Any, message: str) -> None:
    path = tmp_path / "repairs.json"
    repair_record.write(path, [FOUND], {})
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(InvalidValue, match=message) as caught:
        repair_record.read(path)
    assert "\n" not in str(caught.value)
