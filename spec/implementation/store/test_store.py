"""The store: what comes back, what counts as absent, and what failures leave behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from nnspec.store import store as store_module
from nnspec.store.store import Store, default_folder

RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=2, metrics=[])
SEEDS = [4, 11]


def made(recipe: Recipe = RECIPE, seeds: Sequence[int] = SEEDS) -> Runs:
    n = len(seeds)
    numbers = np.random.default_rng(n).normal(size=(n, 40)).astype(np.float32)
    numbers[0, 0] = np.nan
    return Runs(
        recipe=recipe,
        seeds=np.array(seeds, np.int64),
        history={"loss": numbers[:, :2], "val_loss": numbers[:, 2:4]},
        metrics={"loss": numbers[:, 4], "test_loss": numbers[:, 5]},
        # more arrays than digits, so that their order cannot be that of their names by accident
        weights=tuple(numbers[:, i : i + 2] for i in range(6, 18)),
        provenance={"engine": "fake", "why keras": "„weil“"},
        seconds=0.1,
    )


class Training:
    """Counts how often it is asked to train."""

    def __init__(self, recipe: Recipe = RECIPE, seeds: Sequence[int] = SEEDS) -> None:
        self.runs = made(recipe, seeds)
        self.times = 0

    def __call__(self) -> Runs:
        """Return the runs."""
        self.times += 1
        return self.runs


def same(first: Runs, second: Runs) -> bool:
    def bits(runs: Runs) -> Any:
        arrays = {"seeds": runs.seeds, **{f"h {k}": v for k, v in runs.history.items()}}
        arrays |= {f"m {k}": v for k, v in runs.metrics.items()}
        arrays |= {f"w {k}": v for k, v in enumerate(runs.weights)}
        content = {name: (a.dtype, a.shape, a.tobytes()) for name, a in arrays.items()}
        return runs.recipe, content, dict(runs.provenance), runs.seconds

    return bool(bits(first) == bits(second))


def entry_of(store: Store) -> Path:
    (entry,) = store.folder.glob("*.npz")
    return entry


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a" / "store")


def test_what_was_trained_comes_back_bit_for_bit_and_is_trained_once(store: Store) -> None:
    training = Training()
    assert store.runs(RECIPE, SEEDS, "stacked", training) == (training.runs, False)
    found, was_there = Store(store.folder).runs(RECIPE, SEEDS, "stacked", training)
    assert was_there
    assert training.times == 1
    assert found is not training.runs
    assert same(found, training.runs)


@pytest.mark.parametrize(
    ("recipe", "seeds", "engine"),
    [
        (RECIPE, [4, 12], "stacked"),
        (RECIPE, [11, 4], "stacked"),
        (RECIPE, [4], "stacked"),
        (RECIPE, SEEDS, "keras"),
        (RECIPE.with_epochs(3), SEEDS, "stacked"),
        (RECIPE.with_(data=StraightLine(train_size=100)), SEEDS, "stacked"),
    ],
)
def test_other_seeds_engines_and_recipes_are_other_entries(
    store: Store, recipe: Recipe, seeds: list[int], engine: str
) -> None:
    store.runs(RECIPE, SEEDS, "stacked", Training())
    other = Training(recipe, seeds)
    found, was_there = store.runs(recipe, seeds, engine, other)
    assert not was_there
    assert other.times == 1
    assert same(found, other.runs)
    assert len(list(store.folder.glob("*.npz"))) == 2


@pytest.mark.parametrize("function", ["engine_version", "library_versions"])
def test_other_versions_are_other_entries(
    store: Store, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    store.runs(RECIPE, SEEDS, "stacked", Training())
    monkeypatch.setattr(store_module, function, lambda: "another")
    assert not store.runs(RECIPE, SEEDS, "stacked", Training())[1]


def flipped(content: bytes, position: int, bit: int = 0x10) -> bytes:
    return content[:position] + bytes([content[position] ^ bit]) + content[position + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "first byte alone": lambda content: content[:1],
    "cut in half": lambda content: content[: len(content) // 2],
    "last byte missing": lambda content: content[:-1],
    "zeros": lambda content: bytes(len(content)),
    "text": lambda content: b"not an archive",
    "a pickle": lambda content: b"\x80\x04K\x01.",
    "a bit of a weight": lambda content: flipped(content, content.index(made().weights[3].tobytes())),
    # bytes 8 and 10 of an entry in a ZIP file's directory are its flags and its method of compression
    "flagged as encrypted": lambda content: flipped(content, content.index(b"PK\x01\x02") + 8, 0x01),
    "compressed in an unknown way": lambda content: flipped(content, content.index(b"PK\x01\x02") + 10, 0x63),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_counts_as_absent_and_is_replaced(store: Store, damage: str) -> None:
    store.runs(RECIPE, SEEDS, "stacked", Training())
    entry = entry_of(store)
    sound = entry.read_bytes()
    damaged = DAMAGE[damage](sound)
    assert damaged != sound
    entry.write_bytes(damaged)
    training = Training()
    assert store.runs(RECIPE, SEEDS, "stacked", training) == (training.runs, False)
    found, was_there = store.runs(RECIPE, SEEDS, "stacked", training)
    assert was_there
    assert training.times == 1
    assert same(found, training.runs)


def test_whatever_bit_flips_nothing_wrong_is_ever_returned(store: Store) -> None:
    store.runs(RECIPE, SEEDS, "stacked", Training())
    entry = entry_of(store)
    sound = entry.read_bytes()
    absent = 0
    for number in range(150):
        entry.write_bytes(flipped(sound, number * len(sound) // 150))
        found, was_there = store.runs(RECIPE, SEEDS, "stacked", Training())
        assert same(found, made())
        absent += not was_there
    # the flips that change nothing hit dates, padding and attributes
    assert absent >= 50


@pytest.mark.parametrize(
    "wrong",
    [
        made(seeds=[4, 12]),
        made(seeds=[11, 4]),
        made(seeds=[4]),
        replace(made(), weights=(np.ones((3, 1), np.float32),)),
        replace(made(), history={"loss": np.ones((1, 2), np.float32)}),
        replace(made(), metrics={"loss": np.ones(3, np.float32)}),
    ],
)
def test_an_entry_with_other_seeds_inside_counts_as_absent(store: Store, wrong: Runs) -> None:
    store.runs(RECIPE, SEEDS, "stacked", lambda: wrong)
    training = Training()
    assert store.runs(RECIPE, SEEDS, "stacked", training) == (training.runs, False)
    assert store.runs(RECIPE, SEEDS, "stacked", training)[1]


def left_over(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir() if path.suffix not in (".npz", ".lock"))


def test_a_training_that_fails_leaves_nothing_behind_and_may_be_tried_again(store: Store) -> None:
    def failing() -> Runs:
        raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError, match="out of memory"):
        store.runs(RECIPE, SEEDS, "stacked", failing)
    assert list(store.folder.glob("*.npz")) == []
    assert left_over(store) == []
    assert not store.runs(RECIPE, SEEDS, "stacked", Training())[1]


@pytest.mark.parametrize("step", ["numpy.savez", "os.fsync", "pathlib.Path.replace"])
def test_writing_that_fails_gives_the_runs_and_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def failing(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, failing)
        training = Training()
        assert store.runs(RECIPE, SEEDS, "stacked", training) == (training.runs, False)
        assert "No space left on device; what was trained is used, and trained again" in store.problem
    assert list(store.folder.glob("*.npz")) == []
    assert left_over(store) == []
    assert not store.runs(RECIPE, SEEDS, "stacked", Training())[1]


def test_what_is_kept_leaves_no_temporary_file(store: Store) -> None:
    store.runs(RECIPE, SEEDS, "stacked", Training())
    assert left_over(store) == []


def test_a_folder_that_cannot_be_made_is_rejected_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file is no folder")
    with pytest.raises(InvalidValue) as caught:
        Store(tmp_path / "file" / "store")
    assert f"store='{tmp_path}/file/store'; expected a folder that can be written; " in str(caught.value)
    assert str(caught.value).endswith("set NNSPEC_STORE to a folder that can be written")


def test_the_environment_chooses_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNSPEC_STORE", str(tmp_path / "chosen"))
    assert Store().folder == tmp_path / "chosen"
    monkeypatch.delenv("NNSPEC_STORE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert default_folder().name == "runs"
    assert "nnspec" in default_folder().parts
