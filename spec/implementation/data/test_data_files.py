"""The files of downloaded data: where they are sought, what is verified, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from nnspec import InvalidValue, MissingData
from nnspec.data import files as data_files
from spec.implementation.data.data_samples import STORED, WORDS, npz, small_data

NAMES = [*STORED, "imdb_word_index.json"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_data(tmp_path, monkeypatch, stored=True) as found:
        yield found


@pytest.mark.parametrize("name", data_files.FILES)
def test_a_real_file_is_the_known_one(name: str) -> None:
    data_files.verify(name)  # without the file this raises MissingData, which skips the test
    assert data_files.looks_whole(name)


def test_the_folder_is_the_chosen_one_or_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNSPEC_DATA", "somewhere")
    assert data_files.data_folder() == Path("somewhere")
    for unset in (lambda: monkeypatch.setenv("NNSPEC_DATA", ""), lambda: monkeypatch.delenv("NNSPEC_DATA")):
        unset()
        assert data_files.data_folder() == Path(platformdirs.user_data_dir("nnspec")) / "datasets"


@pytest.mark.parametrize("name", STORED)
def test_arrays_come_as_they_were_stored_and_write_protected(folder: Path, name: str) -> None:
    arrays = data_files.load_arrays(name)
    assert list(arrays) == list(STORED[name])
    for key, array in arrays.items():
        np.testing.assert_array_equal(array, STORED[name][key], strict=True)
        with pytest.raises(ValueError, match="read-only"):
            array[:1] = 0


def test_arrays_are_read_once_for_as_long_as_the_file_stays_the_same(folder: Path) -> None:
    first = data_files.load_arrays("mnist.npz")
    assert data_files.load_arrays("mnist.npz") is first
    (folder / "mnist.npz").write_bytes(b"")
    with pytest.raises(InvalidValue):
        data_files.load_arrays("mnist.npz")


def test_words_come_as_they_were_stored(folder: Path) -> None:
    assert data_files.load_words("imdb_word_index.json") == WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_named_with_folder_and_remedy(folder: Path, name: str) -> None:
    (folder / name).unlink()
    dataset = data_files.FILES[name].dataset
    with pytest.raises(MissingData) as caught:
        data_files.verify(name)
    assert str(caught.value) == (
        f"{name} is not in {folder}; run `nnspec data fetch {dataset}`, "
        "or set NNSPEC_DATA to the folder that has it"
    )


def test_a_folder_that_is_a_file_has_no_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNSPEC_DATA", str(folder / "mnist.npz"))
    with pytest.raises(MissingData):
        data_files.verify("mnist.npz")


IMAGES = STORED["mnist.npz"]


@pytest.mark.parametrize(
    ("content", "received"),
    [
        (b"", "File is not a zip file"),
        (b"PK\x05\x06" + bytes(18), "holds nothing"),
        (npz(x_train=IMAGES["x_train"]), "holds x_train.npy"),
        (npz(**IMAGES, more=np.zeros(1)), "holds more.npy"),
        (npz(**IMAGES | {"y_train": np.zeros(20, "V99")}), "y_train takes 2108 bytes"),
        (npz(**IMAGES | {"y_train": IMAGES["y_train"].astype(np.int8)}), r"y_train int8 \(20,\)"),
        (npz(**IMAGES | {"y_train": IMAGES["y_train"][:, None]}), r"y_train uint8 \(20, 1\)"),
        (npz(**IMAGES | {"y_train": IMAGES["y_train"][::-1]}), "arrays of SHA-256"),
        (npz(**IMAGES | {"y_train": np.array([print], dtype=object)}), "Object arrays cannot be loaded"),
    ],
)
def test_a_damaged_file_is_refused_with_the_remedy(folder: Path, content: bytes, received: str) -> None:
    (folder / "mnist.npz").write_bytes(content)
    with pytest.raises(
        InvalidValue, match=rf"mnist\.npz='.*{received}.*expected .*`nnspec data fetch mnist`"
    ):
        data_files.verify("mnist.npz")


def test_a_damaged_word_index_is_refused_with_the_remedy(folder: Path) -> None:
    path = folder / "imdb_word_index.json"
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    assert data_files.looks_whole(path.name)
    with pytest.raises(
        InvalidValue, match=r"SHA-256 .*; expected SHA-256 .*`nnspec data fetch imdb` replaces"
    ):
        data_files.load_words(path.name)


def test_every_flipped_or_missing_byte_is_harmless_or_found(folder: Path) -> None:
    path = folder / "imdb.npz"
    whole = path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), 7)]
    damaged += [whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] for at in range(0, len(whole), 3)]
    refused = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            data_files.verify("imdb.npz")
        except InvalidValue:
            refused += 1
    # what passes has the right arrays: a date in the archive, say, is not verified
    assert refused > len(damaged) / 2


@pytest.mark.parametrize("name", NAMES)
def test_the_quick_look_tells_a_truncated_file(folder: Path, name: str) -> None:
    assert data_files.looks_whole(name)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:-1])
    assert not data_files.looks_whole(name)


def test_the_checksum_tells_names_types_shapes_and_values_but_not_layouts_or_the_order_of_names() -> None:
    array = np.arange(6, dtype=np.int32).reshape(2, 3)
    one, other = {"a": array, "b": array[:0]}, {"b": array[:0], "a": np.asfortranarray(array).astype(">i4")}
    assert data_files.checksum(one) == data_files.checksum(other)
    changed = [{"c": array}, {"a": array + 1}, {"a": array.T}, {"a": array.astype(np.uint32)}, {}]
    assert len({data_files.checksum(found) for found in [{"a": array}, *changed]}) == 6
