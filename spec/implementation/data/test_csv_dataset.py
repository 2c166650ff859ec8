"""CSV files: the numbers that pandas reads, beside the file that declares them, and never a stale one."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nnspec import Adam, CSVDataset, Dense, InvalidValue, Recipe
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script

TEXT = 'width,height,"kind, in words",above\n1.5,2,"a, b",0\n-3e-2,4,c,1\n\n0.1,6,d,1\n7,8,e,0\n'


@pytest.fixture
def points(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def recipe(data: CSVDataset) -> Recipe:
    return Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=1)


def test_the_numbers_are_those_that_pandas_reads(points: Path) -> None:
    found = CSVDataset(points, target="above", columns=["height", "width"]).arrays()
    table = pd.read_csv(points)
    np.testing.assert_array_equal(found.x_train, table[["height", "width"]].to_numpy(np.float32))
    np.testing.assert_array_equal(found.y_train, table["above"])
    assert found.y_train.dtype == np.int64


def test_all_columns_but_the_target_are_inputs_unless_some_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b;c\n1;2;0.5\n3;4;1\n", encoding="utf-8-sig")
    data = CSVDataset(tmp_path / "a.csv", target="c", delimiter=";")
    assert data.arrays().x_train.tolist() == [[1, 2], [3, 4]]
    assert data.arrays().y_train.dtype == np.float32
    several = replace(data, target=["c", "a"]).arrays()
    assert (several.x_train.tolist(), several.y_train.tolist()) == ([[2], [4]], [[0.5, 1], [1, 3]])


def test_a_file_without_header_has_columns_with_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1,2,0\n3,4,1\n", encoding="utf-8")
    found = CSVDataset(tmp_path / "a.csv", target=2, header=False).arrays()
    assert (found.x_train.tolist(), found.y_train.tolist()) == ([[1, 2], [3, 4]], [0, 1])


DECLARED = (
    "from nnspec import CSVDataset\nDATA = CSVDataset('points.csv', target='above', columns=['width'])\n"
)


def test_the_path_starts_beside_the_file_that_declares_it_and_not_at_the_current_folder(
    points: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    scope: dict[str, object] = {"__name__": "test_post", "__file__": str(tmp_path / "test_post.py")}
    exec(DECLARED, scope)  # noqa: S102  # as a specification is imported
    data = scope["DATA"]
    assert isinstance(data, CSVDataset)
    assert len(data.arrays().x_train) == 4
    assert len(replace(data, columns=["height"]).arrays().x_train) == 4
    with pytest.raises(InvalidValue, match="a file beside the one that declares it"):
        CSVDataset("points.csv", target="above")


def test_what_says_where_it_is_on_this_machine_is_no_part_of_it(points: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "points.csv").write_text(TEXT, encoding="utf-8")
    one, other = (
        CSVDataset("points.csv", "above", "width", folder=str(f)) for f in (tmp_path, tmp_path / "copy")
    )
    assert one == other
    assert one.content_hash == other.content_hash
    assert str(tmp_path) not in str(one.get_config()) + repr(one)


def test_a_changed_file_is_another_data_set(points: Path) -> None:
    before = CSVDataset(points, "above", "width")
    known = identity(recipe(before))
    points.write_text(TEXT.replace("1.5", "1.25"), encoding="utf-8")
    after = CSVDataset(points, "above", "width")
    assert after != before
    assert after.arrays().x_train[0, 0] == 1.25
    changed = identity(recipe(after))
    assert changed.content != known.content
    assert changed.data != known.data


def test_a_file_that_changed_after_it_was_declared_is_refused_in_one_line(points: Path) -> None:
    data = CSVDataset(points, "above", "width", test_size=1)
    travelled = pickle.loads(pickle.dumps(data))  # noqa: S301  # our own
    points.write_text(TEXT + "1,1,f,1\n", encoding="utf-8")
    for one in (data, travelled):
        with pytest.raises(InvalidValue, match="it has changed meanwhile; run again"):
            one.arrays()


def test_a_checksum_that_the_author_gives_is_asked_for(points: Path) -> None:
    checksum = CSVDataset(points, "above", "width").checksum
    assert CSVDataset(points, "above", "width", checksum=checksum).checksum == checksum
    with pytest.raises(InvalidValue, match="the file that is meant"):
        CSVDataset(points, "above", "width", checksum="0" * 64)


def test_it_travels_and_is_the_same_there(points: Path) -> None:
    data = CSVDataset(points, "above", ["width"], test_size=1)
    there = pickle.loads(pickle.dumps(recipe(data)))  # noqa: S301  # our own
    assert identity(there) == identity(recipe(data))


@pytest.mark.parametrize("splitting", [{}, {"test_size": 1, "validation_size": 0.3, "random_state": 5}])
def test_the_script_reads_the_same_numbers_with_pandas(
    points: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, splitting: dict[str, float]
) -> None:
    data = CSVDataset("points.csv", "above", ["width", "height"], folder=str(tmp_path), **splitting)  # type: ignore[arg-type]
    script = keras_script(recipe(data))
    assert script.startswith("# points.csv: 1 sigmoid")
    monkeypatch.chdir(tmp_path)
    found: dict[str, np.ndarray] = {}
    exec(script[: script.index("model = ")].replace("import keras\n", ""), found)  # noqa: S102  # that it runs
    for part in ("train", "test", "validation"):
        if len(data.arrays().part(part)[0]):
            x, y = data.arrays().part(part)
            np.testing.assert_array_equal(found[f"x_{part}"].astype(np.float32), x)
            np.testing.assert_array_equal(found[f"y_{part}"], y)
    assert ('print("test part:"' in script) == bool(splitting)


def test_reading_takes_neither_pandas_nor_tensorflow(points: Path) -> None:
    code = (
        "import sys; from nnspec import CSVDataset; "
        f"CSVDataset({str(points)!r}, 'above', 'width').arrays(); "
        "sys.exit(bool({'pandas', 'tensorflow', 'keras', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own


WRONG = {
    "": "is empty",
    "a,b\n": "no row of numbers",
    "a,y\n1,0\n2\n": "line 3='1 values'; expected 2 values, as in line 1",
    "a,y\n1,0\n,1\n": "column 'a'='no value in line 3'",
    "a,y\n1,0\nNA,1\n": "column 'a'=.*no value in line 3, 'NA'",
    "a,y\n1,0\nnan,1\n": "1 missing or infinite value, the first in line 3",
    "a,y\n1,0\ninf,1\n-inf,1\n": "2 missing or infinite values, the first in line 3",
    "a,y\n1,0\n1_000,1\n": "'1_000' in line 3.*expected numbers",
    "a,y\n1,0\n\n\nred,1\n": "'red' in line 5.*leave the column out",
    "a;y\n1;0\n": "the delimiter may be another one",
    "a,b\n1,0\n": "target='y'; expected a column of .*: 'a', 'b'",
    "a,y,a\n1,0,2\n": "two columns 'a'",
    ",a,y\n0,1,0\n": "a column without a name",
    'a,y\n1,"0\n': "line 2=.*expected a line of CSV",
    "a,y\n,\n": "no value in line 2",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_file_is_one_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidValue, match=WRONG[text]) as caught:
        CSVDataset("a.csv", target="y", folder=str(tmp_path)).arrays()
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("a,y\n1,ä\n".encode("latin-1"))
    with pytest.raises(InvalidValue, match="byte 6 that is no UTF-8"):
        CSVDataset(tmp_path / "a.csv", target="y").arrays()
