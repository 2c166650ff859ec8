"""DataFrames: their numbers are copied, and what is no number is refused with what to do."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nnspec import Adam, DataFrameDataset, Dense, InvalidValue, Recipe
from nnspec.recipes.script import keras_script

FRAME = pd.DataFrame(
    {
        "width": [1.5, 2.5, 3.5],
        "count": pd.array([1, 2, 3], dtype="Int64"),
        "kind": ["a", "b", "c"],
        "above": [0, 1, 1],
        "group": pd.Categorical(["x", "y", "x"]),
        "day": pd.to_datetime(["2020-01-01"] * 3),
        "gap": [1.0, None, np.inf],
        "masked": pd.array([1, None, 3], dtype="Int64"),
        "yes": pd.array([True, False, True], dtype="boolean"),
    },
    index=[10, 20, 30],
)


def test_columns_become_inputs_and_the_target_the_targets() -> None:
    found = DataFrameDataset(FRAME, target="above", columns=["count", "width", "yes"]).arrays()
    assert found.x_train.tolist() == [[1, 1.5, 1], [2, 2.5, 0], [3, 3.5, 1]]
    assert (found.y_train.tolist(), found.y_train.dtype) == ([0, 1, 1], np.int64)
    several = DataFrameDataset(FRAME, ["above", "width"], "count").arrays()
    assert several.y_train.tolist() == [[0, 1.5], [1, 2.5], [1, 3.5]]
    every = DataFrameDataset(FRAME[["above", "count", "width"]], "above").arrays()
    assert every.x_train.tolist() == [[1, 1.5], [2, 2.5], [3, 3.5]]


def test_columns_with_numbers_for_names_are_columns() -> None:
    found = DataFrameDataset(pd.DataFrame([[1, 2, 0], [3, 4, 1]]), target=2).arrays()
    assert found.x_train.tolist() == [[1, 2], [3, 4]]


def test_what_becomes_of_the_frame_afterwards_changes_nothing_and_it_travels() -> None:
    frame = FRAME[["above", "width"]].copy()
    data = DataFrameDataset(frame, "above", test_size=1, random_state=3)
    known = data.content_hash, data.arrays().checksum()
    frame.loc[10, "width"] = 99.0
    for one in (data, replace(data), pickle.loads(pickle.dumps(data))):  # noqa: S301  # our own
        assert (one.content_hash, one.arrays().checksum()) == known
    assert replace(data, random_state=4) != data


def test_the_script_names_the_columns() -> None:
    data = DataFrameDataset(FRAME, "above", ["width", "count"])
    script = keras_script(Recipe(data, [Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=1))
    assert 'a DataFrame, columns ["width", "count"] and target "above"' in script


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"frame": [[1, 2]]}, "a DataFrame of pandas"),
    ({"frame": FRAME["width"]}, "a DataFrame of pandas"),
    ({"frame": FRAME[:0]}, "a DataFrame without rows"),
    ({"frame": pd.concat([FRAME, FRAME], axis=1)}, "two columns 'above'"),
    ({"columns": None}, "column 'kind'=.*get_dummies"),
    ({"columns": ["group"]}, "column 'group'='dtype category'.*cat.codes"),
    ({"columns": ["day"]}, "column 'day'='dtype datetime64.*dt.year"),
    ({"columns": ["gap"]}, "1 missing or infinite value, the first in row 1"),
    ({"columns": ["masked"]}, "1 missing or infinite value, the first in row 1"),
    ({"columns": ["widht"]}, "columns='widht'; expected a column of the DataFrame.*did you mean 'width'"),
    ({"columns": ["width", "width"]}, "every column once"),
    ({"columns": ["width", "above"]}, "columns without the target"),
    ({"columns": []}, "the name of a column, or a list of names"),
    ({"target": None}, "target=None; expected the name of a column"),
    ({"target": "kind"}, "column 'kind'"),
    ({"frame": FRAME[["above"]], "columns": None}, "at least one column beside the target"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_what_is_wrong_with_a_frame_is_one_message(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message) as caught:
        DataFrameDataset(**{"frame": FRAME, "target": "above", "columns": ["width"]} | wrong)
    assert "\n" not in str(caught.value)
