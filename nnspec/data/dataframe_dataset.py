"""A DataFrame of pandas as a data set: the target's column by its name, and the inputs' columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data.array_dataset import HeldDataset
from nnspec.data.table import Labels, Table, check_finite, labels, wanted


@dataclass(frozen=True, eq=False, repr=False)
class DataFrameDataset(HeldDataset):
    """The numbers of a DataFrame: inputs (rows, columns), targets (rows,) or (rows, targets).

    `target` is the name of the target's column, or a list of several names; `columns` names those of the
    inputs, by default all others, in their order. Parts are split off as `SplitDataset` says. The numbers are
    copied, and pandas is not imported for it.

    Raises
    ------
    InvalidValue
        If it is no DataFrame, has no column of a name, or a column has no numbers or misses a value.
    """

    frame: Any
    target: Labels
    columns: Labels | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "target", labels("target", self.target))
        if self.columns is not None:
            object.__setattr__(self, "columns", labels("columns", self.columns))
        known = list(_checked(self.frame))
        picked = wanted("the DataFrame", known, self.target, self.columns)
        table = Table((label, _numbers(label, self.frame[label])) for label in picked)
        self.hold("DataFrameDataset", table.examples(self.target))
        object.__setattr__(self, "frame", table)  # what was given may change


def _checked(frame: Any) -> Any:
    """Return the labels of all columns."""
    if isinstance(frame, Table):  # that another data set has made of a DataFrame
        return frame
    if not type(frame).__module__.startswith("pandas") or not hasattr(frame, "columns"):
        raise InvalidValue("frame", frame, "a DataFrame of pandas", "arrays are an ArrayDataset(x, y)")
    if not len(frame):
        raise InvalidValue("frame", "a DataFrame without rows", "at least one row")
    return frame.columns


def _numbers(label: Any, column: Any) -> NDArray[Any]:
    if isinstance(column, np.ndarray):
        return column
    name, kind = f"column {label!r}", getattr(column.dtype, "kind", "O")
    if kind not in "biuf":
        raise InvalidValue(name, f"dtype {column.dtype}", "numbers", _remedy(str(column.dtype), kind))
    missing = np.asarray(column.isna(), bool)
    check_finite(name, np.where(missing, np.nan, 0.0), range(len(missing)), "row")
    values = np.asarray(column.to_numpy())
    if values.dtype.kind not in "biuf":  # of pandas's own numbers, which know missing ones
        values = values.astype({"b": bool, "i": np.int64, "u": np.uint64, "f": np.float64}[kind])
    check_finite(name, values, range(len(values)), "row")
    return np.array(values)


def _remedy(dtype: str, kind: str) -> str:
    if kind in "mM":
        return "make it a number, such as .dt.year or .dt.days, or leave it out of `columns`"
    if dtype == "category":
        return ".cat.codes numbers its categories, pandas.get_dummies makes a column of each"
    return (
        "pandas.get_dummies makes a column of each text, pandas.factorize numbers them, pandas.to_numeric "
        "reads digits; or leave it out of `columns`"
    )
