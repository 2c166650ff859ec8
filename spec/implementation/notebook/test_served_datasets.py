"""`keras.datasets` from the verified folder, held against Keras's own loaders."""

from __future__ import annotations

import importlib
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.notebook.inside.datasets import serving

IMAGES = {
    f"{name}_{part}": np.random.default_rng(1).integers(0, 256, size, dtype=np.uint8)
    for part, count in (("train", 5), ("test", 3))
    for name, size in (("x", (count, 28, 28)), ("y", (count,)))
}


REVIEWS = {"train": [[1, 14, 22], [1, 5, 2, 9], [1, 30]], "test": [[1, 7], [1, 8, 8, 8]]}


def stored(name: str) -> dict[str, Any]:
    """Return small arrays as the verified files have them."""
    if name != "imdb.npz":
        return IMAGES
    found: dict[str, Any] = {}
    for part, reviews in REVIEWS.items():
        found[f"x_{part}_words"] = np.concatenate(reviews).astype(np.uint32)
        found[f"x_{part}_len"] = np.asarray(list(map(len, reviews)), np.int32)
        found[f"y_{part}"] = np.arange(len(reviews), dtype=np.uint8)
    return found


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "imdb"])
def test_datasets_come_from_the_verified_folder_as_keras_has_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tensorflow()
    monkeypatch.setattr("nnspec.notebook.inside.datasets.load_arrays", stored)
    module = importlib.import_module(f"keras.src.datasets.{name}")
    monkeypatch.setattr(module, "get_file", module.get_file)
    told: list[str] = []
    serving(tmp_path, told.append)(module)
    train, test = module.load_data()
    assert set(told) == {name}
    if name != "imdb":
        for found, part in ((train, "train"), (test, "test")):
            np.testing.assert_array_equal(found[0], IMAGES[f"x_{part}"])
            np.testing.assert_array_equal(found[1], IMAGES[f"y_{part}"])
        return
    # the words of the file are those of Keras's defaults, in Keras's order
    assert [list(review) for review in train[0]] == REVIEWS["train"]
    assert [list(review) for review in test[0]] == REVIEWS["test"]
    assert train[1].tolist() == [0, 1, 2]
    few, _ = module.load_data(num_words=9)
    assert [list(review) for review in few[0]] == [[1, 2, 2], [1, 5, 2, 2], [1, 2]]


def test_what_is_not_in_the_verified_folder_is_asked_of_keras(tmp_path: Path) -> None:
    asked: list[str] = []
    module: Any = types.ModuleType("keras.src.datasets.cifar10")
    module.get_file = asked.append
    serving(tmp_path, asked.append)(module)
    module.get_file("cifar-10-batches-py")
    assert asked == ["cifar-10-batches-py"]
