"""Upkeep of the store: entries are verified, removed and bounded, and nothing else is touched."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from nnspec.basics.size import parse_size, shown_size
from nnspec.commands.main import main
from nnspec.store import store as store_module
from nnspec.store import upkeep as store_upkeep
from nnspec.store.store import Store
from spec.implementation.store.test_store import RECIPE, SEEDS, Training


def filled(folder: Path, number: int = 4) -> list[Path]:
    """Return the entries of a store, the one used longest ago first."""
    store = Store(folder)
    for seed in range(number):
        seeds = [seed, 100 + seed]
        store.runs(RECIPE, seeds, "stacked", Training(RECIPE, seeds))
    paths = [entry.path for entry in reversed(store_upkeep.survey(folder))]
    for age, path in enumerate(paths):
        os.utime(path, (1000 + age, 1000 + age))
    return paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NNSPEC_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def rewritten(path: Path, **changes: Any) -> None:
    """Write an entry anew with other facts or arrays, as whoever wants to deceive would; sums stay valid."""
    with np.load(path, allow_pickle=False) as entry:
        arrays = {name: entry[name] for name in entry.files}
    facts = json.loads(arrays.pop("facts").tobytes()) | changes.pop("facts", {})
    told = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez(file, facts=told, **arrays | changes)


DECEPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "another schema": ({"facts": {"schema": 1}}, "schema 1"),
    "another provenance": ({"facts": {"provenance": {"engine": "keras"}}}, "its checksum is another one"),
    "another number": ({"metrics/loss": np.float32([0, 0])}, "its checksum is another one"),
    "another dtype": ({"seeds": np.array([0, 100], np.int32)}, "other arrays than it says"),
    "another shape": ({"metrics/loss": np.float32([0])}, "other arrays than it says"),
    "one array more": ({"metrics/accuracy": np.float32([1, 1])}, "other arrays than it says"),
    "made of something else": ({"facts": {"made_of": {"schema": 2}}}, "gives another name"),
}


@pytest.mark.parametrize("deception", DECEPTIONS)
def test_an_entry_with_valid_parts_that_does_not_add_up_is_not_believed(folder: Path, deception: str) -> None:
    (path,) = filled(folder, 1)
    changes, problem = DECEPTIONS[deception]
    rewritten(path, **dict(changes))
    (entry,) = store_upkeep.survey(folder, whole=True)
    assert entry.facts is None
    assert problem in entry.problem
    training = Training(RECIPE, [0, 100])
    assert Store(folder).runs(RECIPE, [0, 100], "stacked", training) == (training.runs, False)


def test_an_entry_under_the_name_of_another_is_not_believed(folder: Path) -> None:
    first, second = filled(folder, 2)
    first.write_bytes(second.read_bytes())
    assert [entry.problem for entry in store_upkeep.survey(folder)].count(
        "what it was made of gives another name"
    ) == 1
    for seeds in ([0, 100], [1, 101]):
        found, _ = Store(folder).runs(RECIPE, seeds, "stacked", Training(RECIPE, seeds))
        assert found.seeds.tolist() == seeds


def test_parts_that_unpack_to_more_than_the_file_has_are_not_unpacked(folder: Path) -> None:
    (path,) = filled(folder, 1)
    with path.open("wb") as file:
        np.savez_compressed(file, facts=np.zeros(10**8, np.uint8))
    (entry,) = store_upkeep.survey(folder, whole=True)
    assert entry.problem == "its parts are larger than the file"


def test_a_pickle_in_an_entry_is_never_run(folder: Path) -> None:
    class Trap:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(folder / "was run"),)

    (path,) = filled(folder, 1)
    with path.open("wb") as file:
        np.savez(file, allow_pickle=True, facts=np.array([Trap()], dtype=object))
    (entry,) = store_upkeep.survey(folder, whole=True)
    assert "allow_pickle=False" in entry.problem
    assert not (folder / "was run").exists()


def test_show_and_verify_tell_damaged_entries_and_those_of_other_versions(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "engine_version", lambda: "another")
    filled(folder, 1)
    monkeypatch.undo()
    monkeypatch.setenv("NNSPEC_STORE", str(folder))
    paths = filled(folder, 3)
    assert main(["store", "verify"]) == 0
    assert capsys.readouterr().out == "4 of 4 entries are whole\n"
    content = bytearray(paths[0].read_bytes())
    content[content.index(b"PK\x01\x02") - 40] ^= 1
    paths[0].write_bytes(content)
    assert main(["store", "verify"]) == 1
    said = capsys.readouterr().out
    assert f"{paths[0].name}: " in said
    assert said.endswith("3 of 4 entries are whole; `nnspec store prune` removes them\n")
    for command in (["store"], ["store", "show"]):
        assert main(command) == 0
        said = capsys.readouterr().out
        assert "of other versions        1" in said
        assert "together                 4" in said
        assert f"folder {folder}" in said


def test_prune_leaves_whole_entries_of_these_versions_and_files_that_are_not_the_stores(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "engine_version", lambda: "another")
    filled(folder, 1)
    monkeypatch.undo()
    monkeypatch.setenv("NNSPEC_STORE", str(folder))
    paths = filled(folder, 3)[1:]
    paths[-1].write_bytes(paths[-1].read_bytes()[:-5])
    others = ["mine.npz", "notes.txt", "0123.npz", "x" * 40 + ".npz"]
    for name in others:
        (folder / name).write_text("mine")
    (folder / f"{'0' * 40}-abc.partial").write_text("left")
    (folder / f"{'0' * 40}.lock").touch()
    assert main(["store", "prune"]) == 0
    assert "2 of 4 entries removed" in capsys.readouterr().out
    left = {path.name for path in folder.iterdir() if path.suffix != ".lock"}
    assert left == {*others, *(path.name for path in folder.glob("*.npz") if path.stem not in others)}
    assert f"{'0' * 40}-abc.partial" not in left
    assert all(path.with_suffix(".npz").exists() for path in folder.glob("*.lock"))
    assert len([entry for entry in store_upkeep.survey(folder) if entry.facts]) == 2


def test_what_is_being_written_is_left_alone(folder: Path) -> None:
    (path,) = filled(folder, 1)
    partial = folder / f"{path.stem}-x1.partial"
    partial.write_text("half")
    with FileLock(path.with_suffix(".lock")):
        store_upkeep.remove(folder, lambda entry: False)
        assert partial.exists()
    store_upkeep.remove(folder, lambda entry: False)
    assert not partial.exists()


def test_what_was_used_longest_ago_is_removed_first(folder: Path) -> None:
    paths = filled(folder)
    size = paths[0].stat().st_size
    assert Store(folder).runs(RECIPE, [0, 100], "stacked", Training())[1]  # is used again now
    survivors = {entry.path for entry in store_upkeep.survey(folder)[:2]}
    assert main(["store", "prune", f"--size={2 * size + 10}B"]) == 0
    assert {entry.path for entry in store_upkeep.survey(folder)} == survivors
    assert Store(folder).runs(RECIPE, [0, 100], "stacked", Training())[1]


def test_the_store_stays_within_its_limit_and_keeps_what_it_just_wrote(folder: Path) -> None:
    size = filled(folder, 1)[0].stat().st_size
    store = Store(folder, limit=3 * size + 10)
    for seed in range(10):
        store.runs(RECIPE, [seed, 50], "stacked", Training(RECIPE, [seed, 50]))
        assert sum(path.stat().st_size for path in folder.glob("*.npz")) <= store.limit
        assert store.has(RECIPE, [seed, 50], "stacked")
    tiny = Store(folder, limit=0)
    tiny.runs(RECIPE, SEEDS, "stacked", Training())
    assert tiny.has(RECIPE, SEEDS, "stacked")


def test_a_clock_that_goes_backwards_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = filled(folder)
    os.utime(paths[0], (2**33, 2**33))  # written by a clock two centuries ahead
    os.utime(paths[1], (0, 0))
    for seed in range(4):
        found, was_there = Store(folder).runs(RECIPE, [seed, 100 + seed], "stacked", Training())
        assert was_there
        assert found.seeds.tolist() == [seed, 100 + seed]


@pytest.mark.parametrize(("text", "size"), [("500MB", 5 * 10**8), ("2.5 gb", 25 * 10**8), ("1000", 1000)])
def test_sizes_are_read_as_people_write_them(text: str, size: int) -> None:
    assert parse_size("limit", text) == size
    assert parse_size("limit", shown_size(size)) == size


@pytest.mark.parametrize("text", ["", "much", "-1GB", "1 XB", "nan", "1e9", "9" * 99])
def test_what_is_no_size_is_refused(text: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["store", "prune", f"--size={text}"]) == 2
    assert "expected a size such as 500MB or 4GB" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["2", "0", "1000000"])
def test_a_size_to_prune_to_needs_its_unit(
    size: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    filled(folder, 2)
    assert main(["store", "prune", "--size", size]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"nnspec: --size={size!r}; expected a size such as 500MB or 4GB\n")
    assert len(store_upkeep.survey(folder)) == 2


@pytest.mark.parametrize(
    ("options", "going"), [([], 0), (["--all"], 3), (["--size=0B"], 3), (["--size=8KB"], 2)]
)
def test_what_will_go_is_said_first(
    options: list[str], going: int, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    sizes = [path.stat().st_size for path in filled(folder, 3)]
    assert max(sizes) < 8000 < 2 * min(sizes)
    amount = f"{going} of 3 entries"
    size = shown_size(sum(sizes[:going]))
    assert main(["store", "prune", *options]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first == f"removing {amount}, {size}, from {folder}"
    assert last == f"{amount} removed, {size}; {3 - going} are left in {folder}"
    assert len(store_upkeep.survey(folder)) == 3 - going


def test_a_wrong_limit_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNSPEC_STORE_LIMIT", "a lot")
    assert main(["store"]) == 2
