"""Repairs are written, read back and merged by claim; a file without them is refused in one line."""

from __future__ import annotations

from pathlib import Path

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
