"""The part of a Keras script that reads an author's own data: files as they are, the rest from arrays.npz."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnspec.data import (
    ArrayDataset,
    Arrays,
    CSVDataset,
    DataFrameDataset,
    Dataset,
    FunctionDataset,
    NPZDataset,
    TensorFlowDataset,
)
from nnspec.data.by_name import ByName, each_array
from nnspec.data.splitting import SplitDataset
from nnspec.recipes.data_lines import NUMPY, DataLines

_PARTS = ("train", "test", "validation")


def _arrays(data: ArrayDataset) -> DataLines:
    return _split(data, _held("arrays", data.given_parts()))


def _dataframe(data: DataFrameDataset) -> DataLines:
    targets = [data.target] if not isinstance(data.target, tuple) else data.target
    inputs = [label for label in data.frame if label not in targets]
    told = f"numbers of a DataFrame, columns {_code(inputs)} and target {_code(data.target)}"
    return _split(data, _held(told, data.given_parts()))


def _tensorflow(data: TensorFlowDataset) -> DataLines:
    told = f"examples of a tf.data.Dataset, in batches of {data.batch_size}"
    return _split(data, _held(told, data.given_parts()))


def _function(data: FunctionDataset) -> DataLines:
    told = f"arrays, made by {data}"
    if splitting := data.splitting():
        told += ", split off by " + ", ".join(f"{name}={value}" for name, value in splitting.items())
    return _held(told, data.arrays())


def _csv(data: CSVDataset) -> DataLines:
    options = "" if data.header else ", header=None"
    options += "" if data.delimiter == "," else f", sep={_code(data.delimiter)}"
    targets = _code(data.target)
    inputs = f"table.drop(columns={targets})"
    if data.columns is not None:
        columns = data.columns if isinstance(data.columns, tuple) else (data.columns,)
        inputs = f"table[{_code(list(columns))}]"
    lines = [
        f"# the author's file, SHA-256 {data.checksum}",
        f"table = pd.read_csv({_code(data.path)}{options})",
        f"x_train, y_train = {inputs}.to_numpy(), table[{targets}].to_numpy()",
    ]
    return _split(data, DataLines(lines, ["import pandas as pd"], has_test=False))


def _npz(data: NPZDataset) -> DataLines:
    parts = _present(data.arrays()) if data.x == "x_train" else ["train"]
    lines = [
        f"# the author's file, SHA-256 {data.checksum}",
        f"arrays = np.load({_code(data.path)})",
        f"x_train, y_train = arrays[{_code(data.x)}], arrays[{_code(data.y)}]",
    ]
    split_off = {name for name in _PARTS[1:] if getattr(data, f"{name}_size")}
    lines += [_taken(part) for part in parts if part != "train" and part not in split_off]
    return _split(data, DataLines(lines, [NUMPY], has_test="test" in parts))


def _held(told: str, arrays: Arrays) -> DataLines:
    """Return code that reads arrays which nobody but their author has."""
    parts = _present(arrays)
    names = [
        (f"{key}_{name}" if name else key, f'{key}["{name}"]' if name else key)
        for key in (f"{letter}_{part}" for part in parts for letter in "xy")
        for name, _ in each_array(getattr(arrays, key))
    ]
    lines = [
        f"# the author's own {told},",
        f"# x_train {arrays.x_train.shape}, SHA-256 {arrays.checksum()};",
        "# where there are none, write your own to such a file:",
        f'# np.savez("arrays.npz", {", ".join(f"{key}={value}" for key, value in names)})',
        'arrays = np.load("arrays.npz")',
        *(line for part in parts for line in _taken_of(arrays, part)),
    ]
    return DataLines(lines, [NUMPY], has_test="test" in parts)


def _taken_of(arrays: Arrays, part: str) -> list[str]:
    if not any(isinstance(values, ByName) for values in arrays.part(part)):
        return [_taken(part)]
    lines = []
    for key in (f"x_{part}", f"y_{part}"):
        held = each_array(getattr(arrays, key))
        told = ", ".join(f'"{name}": arrays["{key}_{name}"]' for name, _ in held)
        lines.append(f"{key} = {{{told}}}" if held[0][0] else f'{key} = arrays["{key}"]')
    return lines


def _present(arrays: Arrays) -> list[str]:
    return [part for part in _PARTS if len(arrays.part(part)[0])]


def _taken(part: str) -> str:
    return f'x_{part}, y_{part} = arrays["x_{part}"], arrays["y_{part}"]'


def _split(data: SplitDataset, code: DataLines) -> DataLines:
    """Return code with the lines that split parts off."""
    how = f"random_state={data.random_state}" if data.shuffle else "shuffle=False"
    how += ", stratify=y_train" if data.stratify else ""
    for part in ("test", "validation"):
        if size := getattr(data, f"{part}_size"):
            code.lines += [
                f"x_train, x_{part}, y_train, y_{part} = train_test_split(",
                f"    x_train, y_train, test_size={size!r}, {how}",
                ")",
            ]
            code.has_test = code.has_test or part == "test"
    if data.test_size or data.validation_size:
        code.imports.append("from sklearn.model_selection import train_test_split")
    return code


def _code(value: Any) -> str:
    plain = list(value) if isinstance(value, tuple) else value
    told = repr(plain)
    return told if '"' in told else told.replace("'", '"')


OWN: dict[type[Dataset], Callable[[Any], DataLines]] = {
    ArrayDataset: _arrays,
    CSVDataset: _csv,
    DataFrameDataset: _dataframe,
    FunctionDataset: _function,
    NPZDataset: _npz,
    TensorFlowDataset: _tensorflow,
}
