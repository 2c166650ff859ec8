"""Files of arrays: their parts by the names of keras.datasets, or two arrays by names of one's own."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from nnspec import Adam, Dense, InvalidValue, NPZDataset, Recipe
from nnspec.recipes.script import keras_script

X, Y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2


def test_parts_are_read_by_their_names(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x_train=X, y_train=Y, x_test=X[:4], y_test=Y[:4], notes=np.array("any"))
    found = NPZDataset(tmp_path / "a.npz", validation_size=5).arrays()
    assert [len(found.part(part)[0]) for part in ("train", "test", "validation")] == [15, 4, 5]
    np.testing.assert_array_equal(found.x_test, X[:4])


def test_two_arrays_of_any_names_are_split(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", images=X, labels=Y, x_test=X)
    found = NPZDataset(tmp_path / "a.npz", x="images", y="labels", test_size=0.25, shuffle=False).arrays()
    np.testing.assert_array_equal(found.x_test, X[15:])


@pytest.mark.parametrize(
    "options", [{}, {"validation_size": 5}, {"x": "x_test", "y": "y_test", "test_size": 2}]
)
def test_the_script_reads_the_same_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str]
) -> None:
    np.savez(tmp_path / "a.npz", x_train=X, y_train=Y, x_test=X[:4], y_test=Y[:4])
    data = NPZDataset("a.npz", folder=str(tmp_path), **options)  # type: ignore[arg-type]
    script = keras_script(Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=1))
    monkeypatch.chdir(tmp_path)
    found: dict[str, np.ndarray] = {}
    exec(script[: script.index("model = ")].replace("import keras\n", ""), found)  # noqa: S102  # that it runs
    for part in ("train", "test"):
        np.testing.assert_array_equal(found[f"x_{part}"], data.arrays().part(part)[0])


def archive(**arrays: object) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


WRONG = [
    (b"", "is empty"),
    (b"hello", "expected an .npz file"),
    (archive(x_train=X, y_train=Y)[:-40], "expected an .npz file"),
    (archive(x_train=np.array([1, "a"], object), y_train=Y), "arrays of objects are not read"),
    (
        archive(x=X, y=Y),
        r"""a.npz="an archive of 'x', 'y'"; expected an array 'x_train' for x; say""",
    ),
    (archive(x_train=X, y=Y), r"an array 'y_train' for y; say which ones are meant: NPZDataset\(path"),
    (archive(x_train=X, y_train=Y, x_test=X), "one of x and y alone"),
    (archive(x_train=X, y_train=Y[:3]), "as many inputs as targets"),
    (archive(x_train=X * np.nan, y_train=Y), "a.npz='NaN or infinity'"),
    (archive(x_train=X[:0], y_train=Y[:0]), "at least one to train on"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_what_is_wrong_with_a_file_is_one_message(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(InvalidValue, match=message):
        NPZDataset("a.npz", folder=str(tmp_path)).arrays()
