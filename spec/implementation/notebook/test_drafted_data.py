"""The data of a draft: a data set that nnspec has, or a file beside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.data import IMDB, Arrays, Circles, Dataset, Moons
from nnspec.notebook.writing import data_code as drafted
from nnspec.notebook.writing import known_images, known_reviews
from nnspec.notebook.writing.data_code import DataCode, data_code
from spec.implementation.notebook.notebook_samples import code, read

_RAW = np.random.default_rng(0).integers(0, 256, (20, 28, 28))
_LABELS = np.arange(20) % 10


@dataclass(frozen=True)
class Images(Dataset):
    """Twelve images for training and eight for testing, in the place of sixty and ten thousand."""

    scale: float = 1 / 255
    one_hot: bool = False

    def split(self) -> Arrays:  # noqa: D102  # as in its base
        x, y = (_RAW * self.scale).astype(np.float32), np.eye(10)[_LABELS] if self.one_hot else _LABELS
        return Arrays(x[:12], y[:12], x[12:], y[12:])


@pytest.fixture
def images(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_images, "_SETS", {"mnist": Images})


def told(tmp_path: Path, arrays: Arrays, source: str = "", served: tuple[str, ...] = ()) -> DataCode:
    found = data_code(arrays, read(tmp_path, code(source)), served)
    assert isinstance(found, DataCode)
    return found


@pytest.mark.parametrize(
    ("source", "dataset", "expression"),
    [
        ("make_circles(40, noise=0.03, random_state=42)", Circles(40), "Circles(n_samples=40)"),
        (
            "n = 50\nmake_moons(n, noise=0.2, random_state=1)",
            Moons(50, 0.2, 1, train_size=40),
            "Moons(n_samples=50, noise=0.2, random_state=1, train_size=40)",
        ),
    ],
)
def test_points_of_a_generator_are_its_data_set(
    tmp_path: Path, source: str, dataset: Dataset, expression: str
) -> None:
    found = told(tmp_path, dataset.arrays(), source)
    assert found.expression == expression
    assert found.imports == (type(dataset).__name__,)
    assert found.validation is None


def test_points_that_were_changed_are_written_beside(tmp_path: Path) -> None:
    x, y = Circles(40).examples()
    found = told(tmp_path, Arrays(2 * x, y), "make_circles(40, noise=0.03, random_state=42)")
    assert found.expression == 'NPZDataset("{file}")'
    assert list(found.arrays) == ["x_train", "y_train"]
    assert np.array_equal(found.arrays["x_train"], 2 * x)


def test_large_arrays_that_nobody_knows_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafted, "LARGEST", 1000)
    found = data_code(Arrays(np.ones((999, 2)), np.ones(999)), read(tmp_path, code("")), ())
    assert isinstance(found, str)
    assert "too large for a file beside" in found


def parts(one_hot: bool = False, shape: tuple[int, ...] = (28, 28), scale: float = 1 / 255) -> Any:
    made = Images(scale, one_hot).split()
    return [values.reshape(-1, *shape) if values.ndim == 3 else values for values in
            (made.x_train, made.y_train, made.x_test, made.y_test)]  # fmt: skip


@pytest.mark.parametrize(
    ("arrays", "expression", "validation"),
    [
        (Arrays(*parts()), "Images()", None),
        (Arrays(*parts(scale=1.0)), "Images(scale=1.0)", None),
        (Arrays(*parts(one_hot=True)), "Images(one_hot=True)", None),
        (Arrays(*parts()[:2]), "Images()", None),
        (Arrays(*parts(), *parts()[2:]), "Images()", "test"),
        (Arrays(parts()[0][:5], parts()[1][:5]), "Images(train_size=5)", None),
    ],
)
def test_published_images_are_their_data_set(
    tmp_path: Path, images: None, arrays: Arrays, expression: str, validation: str | None
) -> None:
    found = told(tmp_path, arrays, served=("mnist",))
    assert (found.expression, found.validation, found.lines) == (expression, validation, ())


def test_parts_of_published_images_in_another_shape_are_a_function(tmp_path: Path, images: None) -> None:
    x, y, x_test, y_test = parts(shape=(28, 28, 1))
    found = told(tmp_path, Arrays(x[4:], y[4:], x_test, y_test, x[:4], y[:4]), served=("mnist",))
    assert found.expression == "FunctionDataset(mnist_parts)"
    assert found.validation == "validation"
    assert found.lines == (
        "def mnist_parts():",
        "    found = Images().arrays()",
        "    return Arrays(",
        "        x_train=found.x_train[4:].reshape(-1, 28, 28, 1),",
        "        y_train=found.y_train[4:],",
        "        x_test=found.x_test.reshape(-1, 28, 28, 1),",
        "        y_test=found.y_test,",
        "        x_validation=found.x_train[:4].reshape(-1, 28, 28, 1),",
        "        y_validation=found.y_train[:4],",
        "    )",
    )


@pytest.mark.parametrize("change", ["shuffled", "other labels", "brighter", "not served"])
def test_images_that_are_not_the_published_ones_are_written_beside(
    tmp_path: Path, images: None, change: str
) -> None:
    x, y = parts()[:2]
    if change == "shuffled":
        x, y = x[::-1], y[::-1]
    y = 9 - y if change == "other labels" else y
    x = 1.1 * x if change == "brighter" else x
    found = told(tmp_path, Arrays(x, y), served=() if change == "not served" else ("mnist",))
    assert found.expression == 'NPZDataset("{file}")'


def test_film_reviews_are_their_data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = np.random.default_rng(1).integers(0, 2, (9, 5)).astype(np.uint8)
    labels = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1])

    @dataclass(frozen=True)
    class Reviews(IMDB):
        def split(self) -> Arrays:
            size = self.validation_size
            return Arrays(words[size:6], labels[size:6], words[6:], labels[6:], words[:size], labels[:size])

    monkeypatch.setattr(known_reviews, "IMDB", Reviews)
    arrays = Reviews(5, 2).split()
    assert told(tmp_path, arrays, served=("imdb",)).expression == "IMDB(num_words=5, validation_size=2)"
    other = Arrays(arrays.x_train[::-1], arrays.y_train)
    assert told(tmp_path, other, served=("imdb",)).expression == 'NPZDataset("{file}")'
